import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { sizeTicks, timeTicks } from '../../src/report/axis.ts';
import { mib } from './runs.ts';

const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);

it.each([
  [mib(64), ['0', '16M', '32M', '48M', '64M']],
  [mib(100), ['0', '32M', '64M', '96M']],
  [mib(1.5 * 1024), ['0', '0.5G', '1G', '1.5G']],
  [pages(3), ['0', '4K', '8K', '12K']],
  [pages(1), ['0', '4K']],
])('sizes up to %s pages are marked at %s', (top, texts) => {
  expect(labels(sizeTicks(top, 5))).toEqual(texts);
});

it.each([
  [2.14e9, 6, ['0', '0.5 s', '1 s', '1.5 s', '2 s']],
  [2.14e9, 3, ['0', '1 s', '2 s']],
  [90e9, 4, ['0', '50 s']],
  [600e9, 5, ['0', '2 min', '4 min', '6 min', '8 min', '10 min']],
  [86400e9, 5, ['0', '5 h', '10 h', '15 h', '20 h']],
  [214e6, 5, ['0', '50 ms', '100 ms', '150 ms', '200 ms']],
  [1, 5, ['0', '1 ns']],
  [0, 5, ['0']],
])('%s ns with room for %s are marked at %s', (until, most, texts) => {
  expect(labels(timeTicks(until, most))).toEqual(texts);
});

it('ticks ascend within the axis, and are never more than asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 3, max: 10 }), (end, most) => {
      for (const ticks of [sizeTicks(pages(end), most), timeTicks(end, most)]) {
        const at = ticks.map((tick) => tick.at);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        expect(at.length).toBeLessThanOrEqual(most + 1);
        expect(at.at(-1)).toBeLessThanOrEqual(end * (1 + 1e-9));
      }
    }),
  );
});
