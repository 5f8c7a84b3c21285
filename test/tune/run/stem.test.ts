import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ns, pages } from '../../../src/kernel/units.ts';
import { runAlone, runPoint } from '../../../src/tune/run/run-point.ts';
import { byStem, stemKey } from '../../../src/tune/run/stem.ts';
import type { Point, Task } from '../../../src/tune/sweep.ts';
import { jobOf } from '../jobs.ts';

/** Pages of a MiB. */
const MIB = 256;
const TASKS = ['a', 'b'];

const anyTask = fc.constantFrom(...TASKS);
const anySize = fc.integer({ min: 1, max: 1500 });

/** Lines that charge, read again, free and let time pass, alone and side by side; some of which end what is common. */
const anyLine = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(anyTask, anySize).map(([task, size]) => `run ${task} alloc ${4 * size}K`),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(anyTask, anySize, fc.constantFrom('', ' --write', ' --random'))
      .map(([task, size, how]) => `run ${task} stream f${size % 4} ${4 * size}K${how}`),
  },
  { weight: 2, arbitrary: anyTask.map((task) => `run ${task} free all`) },
  { weight: 2, arbitrary: fc.nat(300).map((ms) => `wait ${ms}ms`) },
  { weight: 2, arbitrary: fc.nat(3000).map((ms) => `at ${ms}ms --late`) },
  { weight: 2, arbitrary: anySize.map((size) => `start c stream g ${16 * size}K --rate 8M\nwait c`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('drop all', 'sync', 'write max_usage_in_bytes ""', 'kill b\nspawn b'),
  },
  { weight: 1, arbitrary: fc.constant('wait usage_in_bytes <= 4M --within 1s') },
);

const anyScript = fc
  .array(anyLine, { minLength: 3, maxLength: 14, size: 'max' })
  .map((lines) => `${[...TASKS, 'c'].map((task) => `spawn ${task}`).join('\n')}\n${lines.join('\n')}\n`);

const anyMarks = fc
  .record({
    limit: fc.constantFrom(5, 8, 12).map((size) => size * MIB),
    high: fc.oneof(fc.constant(1), fc.double({ min: 0.4, max: 1, noNaN: true })),
    gap: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.5, noNaN: true })),
    seed: fc.constantFrom(1, 1, 1, 2),
    variant: fc.constantFrom(undefined, undefined, undefined, 3),
  })
  .map(({ limit, high, gap, seed, variant }) => ({
    limit: pages(limit),
    high: pages(Math.round(limit * high)),
    low: pages(Math.round(limit * high * (1 - gap))),
    seed,
    ...(variant !== undefined && { variant }),
  }));

/** Points of one policy, in any order. */
const anyPoints = fc
  .tuple(
    fc.constantFrom('rfc', 'rfc', 'rfc', 'none', 'alinux', 'kswapd2011', 'memory.high', 'reclaim-loop'),
    fc.array(anyMarks, { minLength: 2, maxLength: 8, size: 'max' }),
  )
  .map(([policy, all]): Point[] =>
    all.map((marks) =>
      policy === 'none' ? { ...marks, policy, high: marks.limit, low: marks.limit } : { ...marks, policy },
    ),
  );

describe('runs that have a stem in common', () => {
  test('come to what each comes to alone, whatever was run before them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, anyPoints, fc.constantFrom(0, 100), async (script, points, warmup) => {
        const job = await jobOf(script, { warmup: ns(warmup * 1e6) });
        for (const point of points) {
          const task = { script: 0, point };
          expect(await runPoint(job, task)).toEqual(await runAlone(job, task));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('go on to their end, or to where more is waited than they may', { timeout: 120_000 }, async () => {
    let stopped = 0;
    const anyShare = fc.double({ min: 0, max: 1.2, noNaN: true });
    const anyWarmup = fc.constantFrom(0, 100e6);
    await fc.assert(
      fc.asyncProperty(anyScript, anyPoints, anyShare, anyWarmup, async (script, points, share, warmup) => {
        const job = await jobOf(script, { warmup: ns(warmup) });
        for (const point of points) {
          const { measurement: whole } = await runAlone(job, { script: 0, point });
          // Over before the warm-up is: that is refused.
          if (whole.elapsed <= warmup) continue;
          const mostWaited = Math.floor(share * whole.stallTotal);
          const task = { script: 0, point: { ...point, mostWaited } };
          const { measurement } = await runPoint(job, task);
          expect(measurement).toEqual((await runAlone(job, task)).measurement);
          if (measurement.stopped === undefined) {
            expect(measurement).toEqual(whole);
            expect(whole.stallTotal).toBeLessThanOrEqual(mostWaited);
            continue;
          }
          stopped += 1;
          expect(measurement.stopped).toBe(mostWaited);
          for (const figure of ['stalls', 'stallTotal', 'stallMax', 'cpu', 'passes'] as const)
            expect(measurement[figure]).toBeLessThanOrEqual(whole[figure]);
        }
      }),
      { numRuns: 15 },
    );
    expect(stopped).toBeGreaterThan(0);
  });

  test('are those of one script, policy, seed and variant; the last to reach its marks comes first', () => {
    const task = (high: number, others: Partial<Point> = {}): Task => ({
      script: 0,
      point: { policy: 'rfc', limit: pages(100), high: pages(high), low: pages(9), seed: 1, ...others },
    });
    const tasks = [task(50), task(20, { variant: 1 }), task(90), task(70), task(40, { variant: 1 })];
    expect(byStem(tasks).map((stem) => stem.map(({ point }) => point.high))).toEqual([
      [90, 50, 70],
      [40, 20],
    ]);
    expect(new Set(tasks.map(stemKey)).size).toBe(2);
  });
});
