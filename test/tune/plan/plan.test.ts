import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pages } from '../../../src/kernel/units.ts';
import { figuresOf } from '../../../src/tune/analysis/figures.ts';
import { analyse } from '../../../src/tune/analysis/findings.ts';
import { limitsOf } from '../../../src/tune/analysis/limits.ts';
import { compareTrials, DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import type { Axis } from '../../../src/tune/plan/axis.ts';
import { planBy } from '../../../src/tune/plan/options.ts';
import type { Planned, PlanSettings } from '../../../src/tune/plan/plan.ts';
import type { Sweep, Trial } from '../../../src/tune/sweep.ts';
import { taskKey } from '../../../src/tune/sweep.ts';
import { tune } from '../../../src/tune/tune.ts';
import { SETTINGS } from '../jobs.ts';
import { JOB, type Landscape, MadeUpRuns, measurementAt, PEAK, PLAIN } from '../landscape.ts';
import { measurement } from '../made-sweeps.ts';

const MANY: PlanSettings = { ...SETTINGS, points: 120 };

async function planned(executor: MadeUpRuns, plan = MANY, job = JOB): Promise<readonly Planned[]> {
  return tune({ job, plan, executor, signal: null, progress: () => {} });
}

async function swept(landscape: Landscape, plan = MANY, job = JOB): Promise<Sweep> {
  const [first] = await planned(new MadeUpRuns(landscape), plan, job);
  if (first.is !== 'done') throw new Error(`it is ${first.is}`);
  return first.sweep;
}

const bestOf = ({ trials, limit }: Sweep): Trial =>
  [...trials.filter((each) => each.limit === limit)].sort((a, b) =>
    compareTrials(DEFAULT_OBJECTIVE, a, b),
  )[0];

describe('the limit', () => {
  test('that is auto is 80 % of the peak, in a readable size', async () => {
    const { peak, limit, autoLimit } = await swept(PLAIN);
    expect(peak).toBe(PEAK);
    expect(autoLimit).toBe(true);
    expect(limit % 256).toBe(0);
    expect(limit / PEAK).toBeCloseTo(0.8, 2);
  });

  test('that is auto goes up when the workload does not outlive 80 %', async () => {
    const { limit, without } = await swept({ ...PLAIN, least: 88_000 });
    expect(limit / PEAK).toBeCloseTo(0.9, 2);
    expect(without.measurements[0].error).toBeNull();
  });

  test('that is auto goes up when the workload does not outlive it on another day: no marks would mend that', async () => {
    const { limit } = await swept({ ...PLAIN, least: 78_000, leastSomeday: 88_000 });
    expect(limit / PEAK).toBeCloseTo(0.9, 2);
  });

  test('that is auto is what the workload itself outlives where no limit below its peak is enough on all days', async () => {
    const { limit } = await swept({ ...PLAIN, least: 83_000, leastSomeday: 99_000 });
    expect(limit / PEAK).toBeCloseTo(0.85, 2);
  });

  test('without any pair of marks under it is refused', async () => {
    const list = (share: number): Axis => ({ kind: 'list', marks: [{ share }] });
    const [refused] = await planned(new MadeUpRuns(PLAIN), { ...MANY, high: list(0.5), low: list(0.9) });
    expect(refused).toHaveProperty('message', 'a.memcg: every --low is above every --high');
  });

  test('that is never reached is refused, with the peak', async () => {
    const [refused] = await planned(new MadeUpRuns(PLAIN), { ...MANY, limit: pages(PEAK) });
    expect(refused).toMatchObject({ is: 'refused', kind: 'mistake' });
    expect(refused).toHaveProperty('message', expect.stringContaining('its peak is 390.6M'));
  });
});

describe('several limits', () => {
  const several = {
    ...MANY,
    ...planBy(DEFAULT_OBJECTIVE),
    candidates: () => ({ marks: [], isRelative: false }),
  };
  const sizes = (...limits: number[]): Axis => ({
    kind: 'list',
    marks: limits.map((limit) => ({ pages: pages(limit) })),
  });

  test('stand side by side, with the smallest that nobody dies of and the smallest that nobody waits under', async () => {
    const landscape = { ...PLAIN, burst: 5000, least: 45_000 };
    const asked = sizes(30_000, 40_000, 50_000, 60_000, PEAK + 1);
    const sweep = await swept(landscape, { ...several, limits: asked });
    const { limits, best } = analyse(sweep, DEFAULT_OBJECTIVE);
    expect(limits?.rows.map((row) => [row.limit, row.best?.region])).toEqual([
      [30_000, 'failed'],
      [40_000, 'failed'],
      [50_000, expect.not.stringMatching('failed')],
      [60_000, expect.not.stringMatching('failed')],
    ]);
    expect(limits?.alive).toBeLessThanOrEqual(50_000);
    expect(limits?.alive).toBeGreaterThanOrEqual(45_000);
    expect(limits?.calm).toBeGreaterThanOrEqual(limits?.alive ?? 0);
    expect([50_000, 60_000]).toContain(best?.marks.limit);
  });

  test('between two ends are eight, and shares are of the peak', async () => {
    const range: Axis = { kind: 'range', from: { share: 0.5 }, to: { share: 0.9 } };
    const { limits } = await swept(PLAIN, { ...several, limits: range });
    expect(limits.map(({ limit }) => limit / PEAK)).toEqual(
      Array.from({ length: 8 }, (_, i) => expect.closeTo(0.5 + (0.4 * i) / 7, 2)),
    );
  });

  test('that are never reached are refused', async () => {
    const [refused] = await planned(new MadeUpRuns(PLAIN), { ...several, limits: sizes(PEAK, 2 * PEAK) });
    expect(refused).toHaveProperty('message', expect.stringContaining('never reaches any of these limits'));
  });

  test('have their knee where less begins to cost much more', () => {
    const lost = [900, 400, 60, 50, 40].map((refaults, i) => {
      const limit = pages(1000 * (i + 1));
      return { policy: 'rfc', limit, high: limit, low: limit, measurements: [measurement({ refaults })] };
    });
    expect(limitsOf(lost, lost, DEFAULT_OBJECTIVE)?.knee).toBe(3000);
    const even = lost.map((each, i) => ({
      ...each,
      measurements: [measurement({ refaults: 500 - 100 * i })],
    }));
    expect(limitsOf(even, even, DEFAULT_OBJECTIVE)?.knee).toBeNull();
  });
});

describe('what is wanted', () => {
  test('is refused where it hangs on re-reads and the recording does not know them', async () => {
    const landscape = { ...PLAIN, rereads: 'unknown' as const };
    const [refused] = await planned(new MadeUpRuns(landscape), { ...MANY, needsRereads: true });
    expect(refused).toMatchObject({ is: 'refused', kind: 'mistake' });
    expect(refused).toHaveProperty('message', expect.stringContaining('record --trace'));
    const { without } = await swept(landscape);
    expect(figuresOf(without).refaults).toBeNull();
  });
});

describe('seeds', () => {
  test('are all run when the first two differ', async () => {
    const { seeds, trials, agreeingSeeds } = await swept(
      { ...PLAIN, luck: 100 },
      { ...MANY, seeds: [1, 2, 3] },
    );
    expect(seeds).toEqual([1, 2, 3]);
    expect(agreeingSeeds).toBeUndefined();
    expect(trials.every(({ measurements }) => measurements.length === 3)).toBe(true);
  });

  test('are one when the first two come to the same', async () => {
    const { seeds, trials, agreeingSeeds } = await swept(PLAIN, { ...MANY, seeds: [5, 6, 7] });
    expect(seeds).toEqual([5]);
    expect(agreeingSeeds).toBe(3);
    expect(trials.every(({ measurements }) => measurements.length === 1)).toBe(true);
  });
});

describe('chance that shows under marks alone', () => {
  test('is found out, and all seeds are run', async () => {
    const executor = new MadeUpRuns(PLAIN);
    const run = executor.run.bind(executor);
    executor.run = (tasks, onFinished) =>
      run(tasks, (each) => {
        const { policy, seed } = each.point;
        const cpu = each.measurement.cpu + (policy === 'rfc' ? seed : 0);
        onFinished({ ...each, measurement: { ...each.measurement, cpu } });
      });
    const [done] = await planned(executor, { ...MANY, seeds: [1, 2, 3] });
    expect(done).toMatchObject({ is: 'done', sweep: { seeds: [1, 2, 3] } });
    expect(
      done.is === 'done' && done.sweep.trials.every(({ measurements }) => measurements.length === 3),
    ).toBe(true);
  });
});

describe('what is recommended', () => {
  const robust = { ...MANY, ...planBy(DEFAULT_OBJECTIVE) };

  test('holds on other days, where the cheapest marks stall in most of them', async () => {
    const { best, robustness, cheapest } = analyse(await swept(PLAIN, robust), DEFAULT_OBJECTIVE);
    expect(robustness).toMatchObject({ held: 40, of: 40, beside: true });
    expect((best?.marks.limit ?? 0) - (best?.marks.high ?? 0)).toBeGreaterThanOrEqual(PLAIN.burst * 1.1);
    expect(cheapest?.robustness?.held).toBeLessThan(cheapest?.robustness?.of ?? 0);
  });

  test('is the first that holds: marks that leave more room than that are run on no other day', async () => {
    const executor = new MadeUpRuns(PLAIN);
    const [done] = await planned(executor, robust);
    const held = done.is === 'done' ? done.sweep.held : [];
    expect(held.map(({ perturbed }) => perturbed.length)).toEqual([...held.slice(1).map(() => 8), 40]);
    const others = executor.asked.filter(
      ({ point }) => point.variant !== undefined && point.policy === 'rfc',
    );
    const rooms = others.map(({ point: { limit, high } }) => limit - high);
    const last = held.at(-1);
    expect(Math.max(...rooms)).toBe(last && last.limit - last.high);
  });

  test('is measured by no marks on the same days, where what is wanted is out of reach', async () => {
    const executor = new MadeUpRuns(PLAIN);
    const run = executor.run.bind(executor);
    executor.run = (tasks, onFinished) =>
      run(tasks, (each) => {
        const stallTotal = 1000 * each.measurement.stalls;
        onFinished({ ...each, measurement: { ...each.measurement, stallTotal } });
      });
    const near: Axis = { kind: 'list', marks: [{ share: 0.995 }] };
    const [done] = await planned(executor, { ...robust, high: near });
    const found = done.is === 'done' ? analyse(done.sweep, DEFAULT_OBJECTIVE) : null;
    expect(found?.robustness).toEqual({ held: 40, of: 40, failed: 0, beside: true, isRelative: true });
    const none = executor.asked.filter(({ point }) => point.policy === 'none' && point.variant !== undefined);
    expect(none).toHaveLength(40);
  });

  test('is tried on other days by every policy’s own marks, in an order that does not matter', async () => {
    const plan = { ...robust, policies: ['rfc', 'alinux'], points: 30 };
    const [one] = await planned(new MadeUpRuns(PLAIN), plan);
    const [other] = await planned(new MadeUpRuns(PLAIN, (tasks) => tasks.toReversed()), plan);
    expect(one).toEqual(other);
    const held = one.is === 'done' ? one.sweep.held : [];
    expect(new Set(held.map(({ policy }) => policy))).toEqual(new Set(['rfc', 'alinux']));
  });
});

describe('several recordings of one program', () => {
  const scripts = [...JOB.scripts, { ...JOB.scripts[0], name: 'b.memcg', sha256: 'bb'.repeat(32) }];
  /** The second has larger bursts. */
  const runs = (): MadeUpRuns => {
    const executor = new MadeUpRuns(PLAIN);
    const run = executor.run.bind(executor);
    executor.run = (tasks, onFinished) =>
      run(tasks, (each) =>
        onFinished({
          ...each,
          measurement: measurementAt(each, { ...PLAIN, burst: PLAIN.burst * (1 + each.script) }),
        }),
      );
    return executor;
  };
  const same = { ...MANY, ...planBy(DEFAULT_OBJECTIVE), same: true };

  test('have one answer, which holds for all of them', async () => {
    const [first, ...others] = await planned(runs(), same, { ...JOB, scripts });
    expect(others).toEqual([]);
    if (first.is !== 'done') throw new Error(`it is ${first.is}`);
    const { best, robustness } = analyse(first.sweep, DEFAULT_OBJECTIVE);
    expect(first.sweep.scripts).toEqual(['a.memcg', 'b.memcg']);
    expect(robustness).toMatchObject({ held: 40, of: 40, beside: true });
    expect((best?.marks.limit ?? 0) - (best?.marks.high ?? 0)).toBeGreaterThanOrEqual(PLAIN.burst * 2);
    expect(first.sweep.seeds).toHaveLength(1);
    expect(first.sweep.trials.every(({ measurements }) => measurements.length === 2)).toBe(true);
  });

  test('have an answer each, where nobody says that they are of one', async () => {
    const two = await planned(runs(), { ...same, same: false }, { ...JOB, scripts });
    const room = two.map((each) => {
      const best = each.is === 'done' ? analyse(each.sweep, DEFAULT_OBJECTIVE).best : null;
      return (best?.marks.limit ?? 0) - (best?.marks.high ?? 0);
    });
    expect(room[0]).toBeLessThan(room[1]);
  });
});

describe('the search', () => {
  const landscapes = fc.record({
    burst: fc.integer({ min: 50, max: 20_000 }),
    floor: fc.integer({ min: 0, max: 60_000 }),
    least: fc.constant(20_000),
    luck: fc.constant(0),
  });

  test('comes within 5 % of the best of a grid of 4,000, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(landscapes, async (landscape) => {
        const sweep = await swept(landscape);
        const { limit } = sweep;
        const [found] = bestOf(sweep).measurements;
        expect(found.stalls).toBe(0);
        let least = Infinity;
        for (let high = 0; high < 80; high += 1) {
          for (let gap = 0; gap < 50; gap += 1) {
            const at = pages(Math.floor(limit * (1 - high / 160)));
            const low = pages(Math.max(0, at - Math.floor((limit * gap) / 100)));
            const point = { policy: 'rfc', limit, high: at, low, seed: 1 };
            const { stalls, cpu, floor } = measurementAt({ script: 0, point }, landscape);
            if (stalls === 0 && floor === null) least = Math.min(least, cpu);
          }
        }
        expect(found.cpu).toBeLessThanOrEqual(least * 1.05);
      }),
      { numRuns: 40 },
    );
  });

  test('tries about as many marks as it was given', async () => {
    for (const points of [20, 60, 400]) {
      const { trials, limit } = await swept(PLAIN, { ...MANY, points });
      const tried = trials.filter((each) => each.limit === limit).length;
      expect(tried).toBeGreaterThan(points * 0.6);
      expect(tried).toBeLessThan(points + 30);
    }
  });

  test('calls what it tries beside the marks that it was given outside', async () => {
    const list = (share: number): Axis => ({ kind: 'list', marks: [{ share }] });
    const { trials, limit } = await swept(PLAIN, { ...MANY, high: list(0.5), low: list(0.4) });
    const inside = trials.filter((each) => each.limit === limit && !each.outside);
    expect(inside.map(({ high, low }) => [high / limit, low / limit])).toEqual([
      [expect.closeTo(0.5, 3), expect.closeTo(0.4, 3)],
    ]);
    expect(trials.some(({ outside }) => outside)).toBe(true);
  });

  test('stays on the marks that it was given', async () => {
    const high = { kind: 'list', marks: [{ share: 0.9 }, { pages: pages(70_000) }] } as const;
    const low = { kind: 'range', from: { share: 0.5 }, to: { share: 0.6 } } as const;
    const noSlips: PlanSettings = { ...MANY, high, low, beside: () => [] };
    const { trials, limit } = await swept(PLAIN, noSlips);
    const tried = trials.filter((each) => each.limit === limit);
    expect(new Set(tried.map((each) => each.high))).toEqual(new Set([70_000, Math.floor(limit * 0.9)]));
    expect(tried.every((each) => each.low >= Math.floor(limit * 0.5) && each.low <= limit * 0.6)).toBe(true);
    expect(tried.length).toBeGreaterThan(20);
  });

  test('gives a policy that has one mark points with one mark', async () => {
    const { trials } = await swept(PLAIN, { ...MANY, policies: ['memory.high'], beside: () => [] });
    expect(trials.every(({ high, low }) => high === low)).toBe(true);
  });

  test('never asks for the same run twice, nor for marks that are out of order', async () => {
    const executor = new MadeUpRuns({ ...PLAIN, luck: 100 });
    await planned(executor);
    const keys = executor.asked.map(taskKey);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { point } of executor.asked) {
      expect(point.low).toBeLessThanOrEqual(point.high);
      expect(point.high).toBeLessThanOrEqual(point.limit);
    }
  });

  test('finds the smallest limit without stalls', async () => {
    const { trials } = await swept({ ...PLAIN, least: 43_210 });
    const calm = trials.filter(({ measurements: [each] }) => each.stalls === 0 && each.error === null);
    const smallest = Math.min(...calm.map(({ limit }) => limit));
    expect(smallest).toBeGreaterThanOrEqual(43_210);
    expect(smallest).toBeLessThan(43_210 + PEAK / 100);
  });
});

describe('a sweep', () => {
  const shuffles = fc.infiniteStream(fc.integer({ min: 0, max: 1e9 }));

  test('is the same in whatever order its runs finish', async () => {
    const sweep = await swept({ ...PLAIN, luck: 30 });
    await fc.assert(
      fc.asyncProperty(shuffles, async (numbers) => {
        const shuffled = <T>(tasks: readonly T[]): T[] =>
          tasks
            .map((task) => ({ task, by: numbers.next().value }))
            .sort((a, b) => a.by - b.by)
            .map(({ task }) => task);
        const [other] = await planned(new MadeUpRuns({ ...PLAIN, luck: 30 }, shuffled));
        expect(JSON.stringify(other)).toBe(JSON.stringify({ is: 'done', sweep }));
      }),
      { numRuns: 10 },
    );
  });

  test('that is interrupted anywhere holds the trials that are whole, and says that it is partial', async () => {
    const all = new MadeUpRuns(PLAIN);
    await planned(all);
    for (let most = 0; most < all.asked.length; most += 7) {
      const [open] = await planned(new MadeUpRuns(PLAIN, (tasks) => tasks, most));
      expect(open.is).toBe('open');
      if (open.is !== 'open' || open.sweep === null) continue;
      expect(open.sweep.partial).not.toBeNull();
      expect(open.sweep.trials.length).toBeLessThanOrEqual(most);
    }
  });

  test('of several scripts goes on when one is refused', async () => {
    const scripts = [
      ...JOB.scripts,
      { name: 'b.memcg', sha256: 'bb'.repeat(32), memory: pages(PEAK - 1), policy: 'rfc' },
    ];
    const refusing = new MadeUpRuns(PLAIN);
    const run = refusing.run.bind(refusing);
    refusing.run = (tasks, onFinished) =>
      run(tasks, (each) =>
        onFinished(
          each.script === 1
            ? { ...each, measurement: { ...each.measurement, error: 'b.memcg:3: run: killed' } }
            : each,
        ),
      );
    const [first, second] = await planned(refusing, MANY, { ...JOB, scripts });
    expect(first.is).toBe('done');
    expect(second).toMatchObject({ is: 'refused', kind: 'refused' });
    expect(second).toHaveProperty('message', expect.stringContaining('b.memcg:3: run: killed'));
  });

  test.each([
    ['that charges nothing', { peak: pages(0) }, 0, 'nothing is charged to default'],
    ['that is over before its warm-up is', {}, 2e9, 'nothing is left of it'],
  ])('of a workload %s is refused', async (_, changes, warmup, message) => {
    const executor = new MadeUpRuns(PLAIN);
    const run = executor.run.bind(executor);
    executor.run = (tasks, onFinished) =>
      run(tasks, (each) => onFinished({ ...each, measurement: { ...each.measurement, ...changes } }));
    const [refused] = await planned(executor, MANY, { ...JOB, warmup });
    expect(refused).toMatchObject({ is: 'refused', kind: 'mistake' });
    expect(refused).toHaveProperty('message', expect.stringContaining(message));
  });
});
