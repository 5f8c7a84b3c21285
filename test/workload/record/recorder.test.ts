import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aboutProcesses } from '../../../src/workload/record/about.ts';
import { record } from '../../../src/workload/record/recorder.ts';
import { Recording } from '../../../src/workload/record/recording.ts';
import { NOTHING_YET, type Source } from '../../../src/workload/record/sample.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Looks in the second minute at what reads so many bytes a second, and how long the longest pause was, ms. */
async function looks(rate: number, interval: number): Promise<{ count: number; longest: number }> {
  const began = Date.now();
  const seen: number[] = [];
  const source: Source = {
    look: (time) => {
      seen.push(time / 1e6);
      return { ...NOTHING_YET, time, read: Math.floor((rate * time) / 1e9) };
    },
    notes: new Set(),
    close: () => {},
  };
  const recording = new Recording('/dev/null', aboutProcesses('a', 'a', `${interval}ms`, null), null);
  const clock = () => Date.now() - began;
  const ended = record(source, recording, { interval, most: 120_000, clock }, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(121_000);
  expect(await ended).toBe('enough');
  const second = seen.filter((time) => time >= 60_000);
  const pauses = second.slice(1).map((time, i) => time - (second[i] ?? 0));
  return { count: second.length, longest: Math.max(...pauses) };
}

it('looks as often as it is told to while something happens', async () => {
  const { count, longest } = await looks(1 << 20, 50);
  expect(count).toBeGreaterThan(1_190);
  expect(longest).toBe(50);
});

it('looks a quarter as often at what does nothing', async () => {
  const { count, longest } = await looks(0, 50);
  expect(count).toBeLessThan(310);
  expect(longest).toBe(200);
});

it('never looks later than it is told to, if that is late already', async () => {
  expect((await looks(0, 1_000)).longest).toBe(1_000);
});
