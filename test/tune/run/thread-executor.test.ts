import { describe, expect, test } from 'vitest';
import { pages } from '../../../src/kernel/units.ts';
import { ExecutorFailure } from '../../../src/tune/run/executor.ts';
import { ThreadExecutor } from '../../../src/tune/run/thread-executor.ts';
import type { Finished, Task } from '../../../src/tune/sweep.ts';
import { tune } from '../../../src/tune/tune.ts';
import { inThisThread, jobOf, READER, SETTINGS, TOUCHER } from '../jobs.ts';

const MIB = 256;
const tasks = (count: number): Task[] =>
  Array.from({ length: count }, (_, i) => {
    const high = pages(14 * MIB - i);
    return { script: 0, point: { policy: 'rfc', limit: pages(16 * MIB), high, low: high, seed: 1 } };
  });

describe('worker threads', () => {
  test('come to the same sweep, to the byte, however many they are', { timeout: 120_000 }, async () => {
    const job = await jobOf(TOUCHER);
    const sweeps: string[] = [];
    const alone = inThisThread(job, (round) => [...round].reverse());
    for (const executor of [alone, ...[1, 2, 3].map((jobs) => new ThreadExecutor(job, jobs))]) {
      const planned = await tune({ job, plan: SETTINGS, executor, signal: null, progress: () => {} });
      await executor.close();
      sweeps.push(JSON.stringify(planned));
    }
    expect(sweeps[0]).toContain('"is":"done"');
    expect(new Set(sweeps).size).toBe(1);
  });

  test('tell of each task once', async () => {
    const executor = new ThreadExecutor(await jobOf(TOUCHER), 2);
    const asked = tasks(20);
    const finished: Finished[] = [];
    await executor.run(asked, (each) => finished.push(each), null);
    await executor.close();
    const highs = finished.map(({ point }) => point.high).sort((a, b) => b - a);
    expect(highs).toEqual(asked.map(({ point }) => point.high));
  });

  test.each([
    ['what drew no random number is known with every seed', READER, 3],
    ['what drew some is run with each', TOUCHER, 0],
  ])('%s', async (_, script, known) => {
    const executor = new ThreadExecutor(await jobOf(script), 1);
    const finished: Finished[] = [];
    const asked = tasks(3);
    await executor.run(asked, (each) => finished.push(each), null);
    const others = asked.map(({ script, point }) => ({ script, point: { ...point, seed: 2 } }));
    const again: Finished[] = [];
    // Nothing is run any more.
    await executor.run(others, (each) => again.push(each), AbortSignal.abort());
    await executor.close();
    const byHigh = (all: readonly Finished[]) =>
      new Map(all.map(({ point, measurement }) => [point.high, measurement]));
    expect(again).toHaveLength(known);
    for (const { point, measurement } of again) {
      expect(point.seed).toBe(2);
      expect(measurement).toEqual(byHigh(finished).get(point.high));
    }
  });

  test('stop when they are told to, and what had finished is known', async () => {
    const executor = new ThreadExecutor(await jobOf(TOUCHER), 1);
    const stop = new AbortController();
    let finished = 0;
    await executor.run(
      tasks(10_000),
      () => {
        finished += 1;
        stop.abort();
      },
      stop.signal,
    );
    await executor.close();
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(10_000);
  });

  test('say what is wrong with the world', async () => {
    const job = await jobOf('spawn a\nrun a stream data.img 1M\n');
    const broken = { ...job, texts: { ...job.texts, '-': 'spawn a\nrun a trace nowhere.csv\n' } };
    const executor = new ThreadExecutor(broken, 1);
    const run = executor.run(tasks(1), () => {}, null);
    await expect(run).rejects.toThrow(ExecutorFailure);
    await expect(run).rejects.toThrow('nowhere.csv');
    await executor.close();
  });
});
