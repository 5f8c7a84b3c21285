import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactSize } from '../../src/kernel/numbers.ts';
import { bytes, LLONG_MAX, pages } from '../../src/kernel/units.ts';
import {
  BELOW_HIGH,
  BELOW_LIMIT,
  BELOW_LOW,
  type Mark,
  newResCounter,
  OVER_LIMIT,
  type ResCounter,
  type ResState,
  resCounterState,
  setMark,
} from '../../src/linux-2.6.26/res-counter.ts';

/** A counter with marks in pages, and a usage. */
function counter(low: number, high: number, limit: number, usage: number): ResCounter {
  const made = newResCounter();
  const sizes: [Mark, number][] = [
    ['low', low],
    ['high', high],
    ['limit', limit],
  ];
  for (const [mark, size] of sizes) expect(setMark(made, mark, bytes(BigInt(size) * 4096n), true)).toBeNull();
  made.usage = pages(usage);
  return made;
}

describe('a new counter', () => {
  test('is empty, with all marks at LLONG_MAX', () => {
    expect(newResCounter()).toMatchObject({
      usage: 0,
      maxUsage: 0,
      failcnt: 0,
      low: LLONG_MAX,
      high: LLONG_MAX,
      limit: 9223372036854775807n,
    });
  });

  test('is below low, whatever a machine can hold', () => {
    expect(resCounterState({ ...newResCounter(), usage: pages(2 ** 30) }, false)).toBe(BELOW_LOW);
  });
});

describe('the state', () => {
  test.each<[number, ResState]>([
    [0, BELOW_LOW],
    [32, BELOW_LOW],
    [33, BELOW_HIGH],
    [48, BELOW_HIGH],
    [49, BELOW_LIMIT],
    [64, BELOW_LIMIT],
    [65, OVER_LIMIT],
  ])('at %d pages with marks 32, 48 and 64 is %d: equal counts as below', (usage, state) => {
    expect(resCounterState(counter(32, 48, 64, usage), false)).toBe(state);
  });

  test('with the erratum state-never-over-limit stays below the limit', () => {
    expect(resCounterState(counter(32, 48, 64, 65), true)).toBe(BELOW_LIMIT);
  });

  test.each<[number, ResState]>([
    [9, BELOW_HIGH],
    [10, BELOW_LIMIT],
  ])('at %d pages heeds a mark that is no whole page', (usage, state) => {
    const made = counter(0, 20, 20, usage);
    made.high = bytes(9n * 4096n + 4095n);
    setMark(made, 'high', made.high, true);
    expect(resCounterState(made, false)).toBe(state);
  });
});

describe('setting a mark', () => {
  test.each<[Mark, number, boolean]>([
    ['low', 0, true],
    ['low', 48, true],
    ['low', 49, false],
    ['high', 31, false],
    ['high', 32, true],
    ['high', 64, true],
    ['high', 65, false],
    ['limit', 47, false],
    ['limit', 48, true],
    ['limit', 100, true],
  ])('%s to %d pages, with marks 32, 48 and 64: %s', (mark, size, taken) => {
    const made = counter(32, 48, 64, 0);
    const before = { ...made };
    const refusal = setMark(made, mark, bytes(BigInt(size) * 4096n), true);
    expect(refusal?.errno ?? null).toBe(taken ? null : 'EINVAL');
    if (taken) expect(made[mark]).toBe(BigInt(size) * 4096n);
    else expect(made).toEqual(before);
  });

  test('a refusal names the file that stands in the way, and its value', () => {
    const made = counter(32, 48, 64, 0);
    expect(setMark(made, 'high', bytes(1n << 30n), true)?.why).toBe(
      '1G is above limit_in_bytes (256K): raise the limit first',
    );
  });

  test('the limit may be set below the usage', () => {
    const made = counter(0, 0, 64, 50);
    expect(setMark(made, 'limit', bytes(40960n), true)).toBeNull();
    expect(resCounterState(made, false)).toBe(OVER_LIMIT);
  });

  test('without the series any limit is taken', () => {
    const made = newResCounter();
    expect(setMark(made, 'limit', bytes(0n), false)).toBeNull();
    expect(made.limit).toBe(0n);
  });

  test('LLONG_MAX, rounded up, can not be written back to a fresh mark', () => {
    const up = bytes(9223372036854775808n);
    const made = newResCounter();
    expect([setMark(made, 'low', up, true)?.errno, setMark(made, 'high', up, true)?.errno]).toEqual([
      'EINVAL',
      'EINVAL',
    ]);
    expect(setMark(made, 'limit', up, true)).toBeNull();
  });

  test('keeps low <= high <= limit, and pages that say the same as the bytes', () => {
    const anyMark = fc.constantFrom<Mark>('low', 'high', 'limit');
    const anySize = fc.oneof(
      fc.bigInt({ min: 0n, max: 1n << 20n }),
      fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(anyMark, anySize)), fc.nat(300), (writes, usage) => {
        const made = newResCounter();
        for (const [mark, size] of writes) {
          const before = { ...made };
          const wanted = { ...before, [mark]: size };
          const allowed = wanted.low <= wanted.high && wanted.high <= wanted.limit;
          expect(setMark(made, mark, bytes(size), true) === null).toBe(allowed);
          if (!allowed) expect(made).toEqual(before);
        }
        const used = BigInt(usage) * 4096n;
        for (const mark of ['low', 'high', 'limit'] as const) {
          expect(usage <= made[`${mark}Pages`]).toBe(used <= made[mark]);
        }
      }),
    );
  });
});

test.each<[bigint, string]>([
  [0n, '0'],
  [1023n, '1023'],
  [4096n, '4K'],
  [1n << 20n, '1M'],
  [(1n << 20n) + 4096n, '1028K'],
  [5n << 30n, '5G'],
  [LLONG_MAX, 'unset'],
])('%d is shown as %s', (size, text) => {
  expect(exactSize(bytes(size))).toBe(text);
});
