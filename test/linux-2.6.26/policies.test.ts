import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, pages } from '../../src/kernel/units.ts';
import { policyNamed } from '../../src/linux-2.6.26/policy/names.ts';
import { POLICIES, type PolicyName } from '../../src/machine/machine.ts';
import { boot } from '../support/boot.ts';

const MIB = 256;
const marks = (limit: number, high: number, low: number) => ({
  limit: pages(limit * MIB),
  high: pages(high * MIB),
  low: pages(low * MIB),
});
const M = (count: number): string => `${bytesOf(pages(count * MIB))}`;

describe('start above 56M and stop at 48M under 64M', () => {
  test.each<[PolicyName, readonly string[]]>([
    ['rfc', [`low_wmark_in_bytes=${M(48)}`, `high_wmark_in_bytes=${M(56)}`, `limit_in_bytes=${M(64)}`]],
    ['none', [`limit_in_bytes=${M(64)}`]],
    // 87.5 % goes to 88, and from there low to 75 % in steps of 0.01 %, at most 10 % below.
    ['alinux', [`limit_in_bytes=${M(64)}`, 'wmark_ratio=88', 'wmark_scale_factor=1000']],
    ['kswapd2011', [`limit_in_bytes=${M(64)}`, `high_wmark_distance=${M(16)}`, `low_wmark_distance=${M(8)}`]],
    ['memory.high', [`limit_in_bytes=${M(64)}`, `high=${M(56)}`]],
    [
      'reclaim-loop',
      [`limit_in_bytes=${M(64)}`, `reclaim_loop.start=${M(56)}`, `reclaim_loop.target=${M(48)}`],
    ],
  ])('is said to %s in its own knobs', (policy, expected) => {
    const said = policyNamed(policy)
      .knobs(marks(64, 56, 48))
      .map(({ file, value }) => `${file}=${value}`);
    expect(said).toEqual(expected.map((each) => `memory.${each}`));
  });
});

test.each<[number, number, string, string]>([
  [95, 94, '95', '100'],
  [95, 95, '95', '1'],
  [99, 89, '99', '1000'],
  [100, 95, '100', '500'],
])('alinux: %i and %i per cent are a ratio of %s and a scale of %s', (high, low, ratio, scale) => {
  const knobs = policyNamed('alinux').knobs({
    limit: pages(10_000),
    high: pages(high * 100),
    low: pages(low * 100),
  });
  expect(knobs.slice(1).map(({ value }) => value)).toEqual([ratio, scale]);
});

test('the writes are allowed in their order, and the machine has the marks that were meant', () => {
  const anyMarks = fc
    .tuple(
      fc.integer({ min: 4, max: 5000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([limit, a, b]) => {
      const high = Math.max(2, Math.round(limit * Math.max(a, b)));
      return {
        limit: pages(limit),
        high: pages(high),
        low: pages(Math.min(high, Math.round(limit * Math.min(a, b)))),
      };
    });
  fc.assert(
    fc.property(fc.constantFrom(...POLICIES), anyMarks, (policy, wanted) => {
      const sh = boot({ policy });
      sh.mkdir('/a');
      for (const { file, value } of policyNamed(policy).knobs(wanted)) {
        expect(sh.write(`/a/${file}`, value)).toMatchObject({ ok: true });
      }
      const { limit, high, low } = sh.machine.usage('/a');
      expect(limit).toBe(wanted.limit);
      const { start, stop } = policyNamed(policy);
      if (start === null) return;
      // alinux has steps of a per cent.
      const near = policy === 'alinux' ? wanted.limit / 100 + 2 : 0;
      if (policy !== 'kswapd2011' || wanted.high < wanted.limit) {
        expect(Math.abs(high - wanted.high)).toBeLessThanOrEqual(policy === 'kswapd2011' ? 1 : near);
      }
      if (stop !== null && policy !== 'alinux' && wanted.low >= 1 && wanted.low < wanted.high) {
        expect(low).toBe(wanted.low);
      }
    }),
    { numRuns: 300, seed: 9 },
  );
});
