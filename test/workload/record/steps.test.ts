import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_SIZE } from '../../../src/kernel/units.ts';
import { parseLine } from '../../../src/script/vocabulary.ts';
import { NOTHING_YET, type Sample } from '../../../src/workload/record/sample.ts';
import { StepText } from '../../../src/workload/record/step-text.ts';
import { type Step, Steps } from '../../../src/workload/record/steps.ts';

const INTERVAL = 50e6;
const MIB = 2 ** 20;

/** Samples at even intervals, by what each has beside the one before. */
function samples(changes: readonly Partial<Sample>[]): Sample[] {
  let last = NOTHING_YET;
  return changes.map((change, i) => {
    const merged = { ...last, ...change, time: (i + 1) * INTERVAL };
    last = { ...merged, peak: Math.max(merged.anon, change.peak ?? 0) };
    return last;
  });
}

function steps(from: readonly Sample[]): { steps: Step[]; text: string } {
  const all: Step[] = [];
  const text = new StepText('app');
  let written = '';
  const maker = new Steps((step) => {
    all.push(step);
    const lines = text.lines(step);
    written += lines;
    return lines.length;
  }, null);
  for (const sample of from) maker.add(sample);
  maker.end();
  return { steps: all, text: written };
}

const pagesRead = (all: readonly Step[]): number =>
  all.flatMap(({ read }) => read).reduce((sum, { pages, times }) => sum + pages * times, 0);
const pagesWritten = (all: readonly Step[]): number =>
  all.reduce((sum, { write }) => sum + (write?.pages ?? 0), 0);

/** The highest point, and where it ends, in pages. */
function anonymous(all: readonly Step[]): { top: number; end: number } {
  let [top, end] = [0, 0];
  for (const { alloc, free } of all) {
    end += alloc;
    top = Math.max(top, end);
    end -= free;
  }
  return { top, end };
}

describe('steps', () => {
  it('are none where nothing changes', () => {
    const all = steps(samples(Array.from({ length: 100 }, () => ({ anon: 8 * MIB })))).steps;
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ time: INTERVAL, alloc: 2048, free: 0 });
  });

  it('go up to a spike between two samples, and down again', () => {
    const [, spike] = steps(samples([{ anon: 8 * MIB }, { anon: 8 * MIB, peak: 20 * MIB }])).steps;
    expect(spike).toMatchObject({ alloc: 3072, free: 3072 });
  });

  it('make one step with a rate of even reading', () => {
    const { text } = steps(samples(Array.from({ length: 40 }, (_, i) => ({ read: (i + 1) * 5 * MIB }))));
    expect(text).toBe('at 0s --late\nrun app stream app.in 200M --at 0 --rate 102400K/s\n');
  });

  it('write down a trickle once a second', () => {
    const { steps: all } = steps(samples(Array.from({ length: 100 }, (_, i) => ({ written: i * 5000 }))));
    expect(all.length).toBeLessThanOrEqual(6);
    expect(pagesWritten(all)).toBe(Math.round((99 * 5000) / PAGE_SIZE));
  });

  it('spread what a long interval did over all of it', () => {
    const long = [1, 2].map((i) => ({
      ...NOTHING_YET,
      time: i * 15e9,
      anon: i * MIB,
      peak: i * MIB,
      read: i * 30 * MIB,
    }));
    expect(steps(long).text).toContain(
      'at 15s --late\nrun app alloc 1M\nrun app stream app.in 30M --at 30M --rate 2M/s'.replace(
        '2M/s',
        '2048K/s',
      ),
    );
  });

  const size = fc.integer({ min: 0, max: 400 * MIB });
  const change = fc.record({
    anon: size,
    peak: size,
    read: fc.nat(3 * MIB),
    written: fc.nat(MIB),
    mapped: fc.nat(30 * MIB),
  });

  it('lose no byte that was read or written, and keep the highest point', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 200 }), (changes) => {
        let [read, written] = [0, 0];
        const all = samples(
          changes.map((each) => {
            read += each.read;
            written += each.written;
            return { ...each, read, written };
          }),
        );
        const { steps: made, text } = steps(all);
        expect(pagesRead(made)).toBe(Math.round(read / PAGE_SIZE));
        expect(pagesWritten(made)).toBe(Math.round(written / PAGE_SIZE));
        const peak = Math.max(...all.map((each) => each.peak)) / PAGE_SIZE;
        expect(Math.abs(anonymous(made).top - peak)).toBeLessThanOrEqual(Math.max(17, peak / 50));
        expect(anonymous(made).end).toBeGreaterThanOrEqual(0);
        const times = made.map(({ time }) => time);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const wrong = text.split('\n').filter((line) => parseLine(line).kind === 'mistake');
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('of an hour that changes all the time are less than 5 MB, and none of it is lost', () => {
    let state = 1;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    let [read, written] = [0, 0];
    const hour = samples(
      Array.from({ length: 72_000 }, () => {
        read += Math.floor(random() * MIB);
        written += Math.floor(random() * MIB);
        return { anon: Math.floor(random() * 300 * MIB), read, written };
      }),
    );
    const { steps: made, text } = steps(hour);
    expect(text.length).toBeLessThan(5e6);
    expect(pagesRead(made)).toBe(Math.round(read / PAGE_SIZE));
    expect(pagesWritten(made)).toBe(Math.round(written / PAGE_SIZE));
    const peak = Math.max(...hour.map(({ anon }) => anon)) / PAGE_SIZE;
    expect(Math.abs(anonymous(made).top - peak)).toBeLessThan(peak / 50);
  });
});
