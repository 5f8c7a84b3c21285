import { describe, expect, test } from 'vitest';
import { pages } from '../../../src/kernel/units.ts';
import { Batches } from '../../../src/tune/run/thread-executor.ts';
import type { Task } from '../../../src/tune/sweep.ts';

const tasks = (count: number): Task[] =>
  Array.from({ length: count }, (_, seed) => ({
    script: 0,
    point: { policy: 'rfc', limit: pages(9), high: pages(8), low: pages(7), seed },
  }));

/** Takes everything, each task taking so long; the lengths of the batches. */
function lengths(count: number, workers: number, ms: number): number[] {
  const all = tasks(count);
  const batches = new Batches(all, workers);
  const taken: Task[] = [];
  const found: number[] = [];
  for (let batch = batches.take(); batch.length > 0; batch = batches.take()) {
    taken.push(...batch);
    found.push(batch.length);
    batches.took(batch.length, batch.length * ms);
  }
  expect(taken).toEqual(all);
  return found;
}

describe('batches', () => {
  test('are of one task while nobody knows how long one takes, and where each takes long', () => {
    expect(lengths(10, 2, 1000)).toEqual(Array(10).fill(1));
  });

  test('are of many tasks where they are quick, and of few at the end', () => {
    const found = lengths(1000, 2, 2);
    expect(found[0]).toBe(1);
    expect(Math.max(...found)).toBe(100);
    expect(found.at(-1)).toBe(1);
    expect(found.length).toBeLessThan(30);
  });

  test('leave every worker something', () => {
    expect(Math.max(...lengths(8, 4, 0.1))).toBe(1);
  });
});
