import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceClock, wholeNumber } from '../../src/workload/trace-clock.ts';
import type { TimeUnit } from '../../src/workload/trace-format.ts';

function read(clock: TraceClock, text: string): number {
  const bytes = Buffer.from(text);
  return clock.read(bytes, 0, bytes.length);
}

describe('the time of a trace record', () => {
  it.each<[TimeUnit, string, string, number]>([
    ['s', '0', '1', 1e9],
    ['s', '1700000000.123456789', '1700000000.123456790', 1],
    ['s', '1700000000', '1700000000.5', 5e8],
    ['s', '5633898', '5641098', 7200e9],
    ['s', '0.9999999999', '1', 1],
    ['s', '.5', '1.', 5e8],
    ['s', '0', '1e-05', 10_000],
    ['s', '0', '2.5E+3', 2500e9],
    ['ms', '1700000000123.25', '1700000000123.75', 500_000],
    ['us', '10', '10.001', 1],
    ['ns', '1700000000123456788', '1700000000123456789', 1],
    ['ns', '999999999', '1000000000', 1],
  ])('in %s, %s to %s is %i ns', (unit, first, second, nanoseconds) => {
    const clock = new TraceClock(unit);
    expect(read(clock, first)).toBe(0);
    expect(read(clock, second)).toBe(nanoseconds);
  });

  it.each(['', '.', '-1', '+1', '0x10', 'NaN', 'Infinity', '1e', '1.2.3', '1 2', '1e99', '9'.repeat(25)])(
    '%j is no time',
    (text) => {
      expect(read(new TraceClock('s'), text)).toBeNaN();
    },
  );

  it('is exact whatever the epoch', () => {
    const time = fc.bigInt({ min: 0n, max: 10n ** 20n });
    fc.assert(
      fc.property(time, fc.nat(), (first, later) => {
        const clock = new TraceClock('ns');
        read(clock, String(first));
        return read(clock, String(first + BigInt(later))) === later;
      }),
    );
  });

  it.each<[TimeUnit, string]>([
    ['s', '1700000000.05'],
    ['s', '12'],
    ['ns', '1700000000123456788'],
    ['ms', '0.5'],
  ])('in %s, %s is remembered as it was written', (unit, text) => {
    const clock = new TraceClock(unit);
    read(clock, text);
    read(clock, '0');
    expect(clock.former).toBe(text);
  });
});

describe('a whole number of a trace record', () => {
  it.each(['', '-1', '1.0', ' 1', '0x1', '1e3'])('is not %j', (text) => {
    const bytes = Buffer.from(text);
    expect(wholeNumber(bytes, 0, bytes.length)).toBeNaN();
  });
  it('is every decimal up to 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => wholeNumber(Buffer.from(String(n)), 0, String(n).length) === n),
    );
  });
});
