import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PAGE_SIZE, pagesOf } from '../../../src/kernel/units.ts';
import { NOTHING_YET, type Sample } from '../../../src/workload/record/sample.ts';
import { type Step, Steps } from '../../../src/workload/record/steps.ts';
import { withinPeak } from '../../../src/workload/samples/within-peak.ts';

/** Pages in memory at most while the steps are done, nothing ever being reclaimed. */
function most(steps: readonly Step[]): number {
  let [anon, files, peak] = [0, 0, 0];
  for (const { alloc, read, rewrite, write, free } of steps) {
    anon += alloc;
    for (const { at, pages } of [...read, ...rewrite]) files = Math.max(files, at + pages);
    expect(write).toBeNull();
    peak = Math.max(peak, anon + files);
    anon -= free;
  }
  return peak;
}

const level = fc.integer({ min: 0, max: 2 ** 28 });
const row = fc.record({
  seconds: fc.integer({ min: 0, max: 60 }),
  anon: level,
  cached: level,
  read: level,
  written: level,
});

function samplesOf(
  rows: readonly { seconds: number; anon: number; cached: number; read: number; written: number }[],
) {
  let last = NOTHING_YET;
  return rows.map(({ seconds, anon, cached, read, written }): Sample => {
    const moved = { read: last.read + read, written: last.written + written };
    last = { ...last, time: last.time + seconds * 1e9, anon, peak: anon, cached, ...moved };
    return last;
  });
}

it('a replay has never more in memory than the table had, whatever was read and written', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const samples = samplesOf(rows);
      const steps: Step[] = [];
      const maker = new Steps((step) => steps.push(step), null, true);
      for (const sample of withinPeak(samples)) maker.add(sample);
      maker.end();
      const peak = samples.reduce((max, { anon, cached }) => Math.max(max, anon + (cached ?? 0)), 0);
      // One page is there for what is read and written where the table has none.
      expect(most(steps)).toBeLessThanOrEqual(pagesOf(peak) + 1);
      const pages = (pieces: Step['read']) =>
        pieces.reduce((sum, piece) => sum + piece.pages * piece.times, 0);
      const moved = steps.reduce((sum, { read, rewrite }) => sum + pages(read) + pages(rewrite), 0);
      const last = samples.at(-1) ?? NOTHING_YET;
      expect(Math.abs(moved - (last.read + last.written) / PAGE_SIZE)).toBeLessThanOrEqual(2);
    }),
  );
});

it('what was in memory stays as far as there is room for it, and grows to what the table had', () => {
  const levels = [
    [100, 50],
    [100, 200],
    [250, 20],
    [10, 90],
  ];
  const rows = levels.map(([anon, cached]) => ({
    seconds: 1,
    anon: anon * PAGE_SIZE,
    cached: cached * PAGE_SIZE,
    read: 0,
    written: 0,
  }));
  expect(withinPeak(samplesOf(rows)).map(({ cached }) => (cached ?? 0) / PAGE_SIZE)).toEqual([
    50, 50, 50, 50,
  ]);
});

it('samples without file memory stay as they are', () => {
  const samples = [{ ...NOTHING_YET, anon: 5 }];
  expect(withinPeak(samples)).toEqual(samples);
});
