import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../src/tune/analysis/figures.ts';
import { analyse } from '../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE, mostWaited, parseObjective } from '../../src/tune/analysis/objective.ts';
import { isRecommended } from '../../src/tune/analysis/recommendation.ts';
import { planBy } from '../../src/tune/plan/options.ts';
import type { PlanSettings } from '../../src/tune/plan/plan.ts';
import { renderTune } from '../../src/tune/report/render.ts';
import { waits } from '../../src/tune/report/words.ts';
import type { Executor } from '../../src/tune/run/executor.ts';
import { marksKey, type Sweep, type Task } from '../../src/tune/sweep.ts';
import { tune } from '../../src/tune/tune.ts';
import { inThisThread, jobOf, SETTINGS } from './jobs.ts';
import { m, measurement, stalled, sweep, trial, variety } from './made-sweeps.ts';

/** Most of its memory can't be reclaimed: under memory.high it is held for minutes where that is too low. */
const HOLDER = `
spawn holder
run holder alloc 14M
run holder stream data.img 10M
wait 10ms
run holder stream data.img 10M
`;

async function swept(plan: Partial<PlanSettings>): Promise<Sweep> {
  const job = await jobOf(HOLDER);
  const settings = { ...SETTINGS, ...planBy(DEFAULT_OBJECTIVE), policies: ['memory.high', 'rfc'], ...plan };
  const [planned] = await tune({
    job,
    plan: settings,
    executor: inThisThread(job),
    signal: null,
    progress: () => {},
  });
  if (planned.is !== 'done') throw new Error(`it is ${planned.is}`);
  return planned.sweep;
}

describe('a run that can not be the best any more', () => {
  test('is stopped; what is not, and what is recommended, stay as they are', async () => {
    const [stopping, plain] = [await swept({}), await swept({ mostWaited: () => null })];
    const stopped = stopping.trials.filter((each) => figuresOf(each).stopped !== null);
    expect(stopped.length).toBeGreaterThan(0);
    expect(figuresOf(plain.without).stallTotal).toBeLessThan(figuresOf(stopped[0]).stallTotal);
    const whole = new Map(plain.trials.map((each) => [marksKey(each), each]));
    for (const each of stopping.trials)
      if (!stopped.includes(each)) expect(each).toEqual(whole.get(marksKey(each)));
    const [found, wanted] = [stopping, plain].map((each) => analyse(each, DEFAULT_OBJECTIVE));
    expect(isRecommended(found)).toBe(true);
    expect([found.best, found.robustness, found.cheapest]).toEqual([
      wanted.best,
      wanted.robustness,
      wanted.cheapest,
    ]);
    expect(found.front.every(({ figures }) => figures.stopped === null)).toBe(true);
  });

  test('on another day is stopped by what no marks wait on that day', async () => {
    const job = await jobOf(HOLDER);
    const waited = (task: Task): number => {
      const { policy, limit, variant } = task.point;
      if (limit === job.scripts[0].memory) return 0;
      return (policy === 'none' ? 2 : 1) * (variant === undefined ? 1e6 : 100e9);
    };
    const executor: Executor = {
      async run(tasks, onFinished) {
        for (const task of tasks) {
          const [all, most = Infinity] = [waited(task), task.point.mostWaited];
          const ends = all > most ? { stallTotal: most + 1, stopped: most } : { stallTotal: all };
          onFinished({ ...task, measurement: measurement(stalled(all > 0 ? 9 : 0, ends)) });
        }
      },
      async close() {},
    };
    const plan = { ...SETTINGS, ...planBy(DEFAULT_OBJECTIVE) };
    const [planned] = await tune({ job, plan, executor, signal: null, progress: () => {} });
    if (planned.is !== 'done') throw new Error(`it is ${planned.is}`);
    const { best, robustness } = analyse(planned.sweep, DEFAULT_OBJECTIVE);
    expect(best?.figures.stallTotal).toBe(1e6);
    expect(robustness).toEqual({ held: 40, of: 40, failed: 0, beside: true, isRelative: true });
  });

  const figures = (...of: Parameters<typeof trial>[2][]) => figuresOf(trial(100, 100, ...of));
  test.each([
    ['no-stalls', {}, 3, 3 * 2 * (24e6 + 10e9)],
    ['no-stalls', { oomKills: 1 }, 1, null],
    ['p99<=1ms', {}, 1, null],
    ['refaults', {}, 1, null],
  ])('waits more than a trial of any use in mean: %s %o', (objective, changes, runs, most) => {
    const goal = parseObjective(objective);
    if (goal instanceof Error) throw goal;
    expect(mostWaited(goal, figures({}), figures(stalled(1200, changes)), runs)).toBe(most);
  });

  test('is told of as such', async () => {
    const made = sweep([...variety(), trial(50, 50, stalled(2000, { stopped: 40_000_000 - 1 }))]);
    const all = [{ sweep: made, findings: analyse(made, DEFAULT_OBJECTIVE) }];
    const look = { width: 100, color: false, unicode: true };
    expect(await renderTune('text', all, look)).toContain('1 trial was stopped when tasks had waited 40 ms');
    expect(await renderTune('html', all, look)).toMatch(/≥ 40\.0<.*≥ 2,000</s);
    const { trials } = JSON.parse(await renderTune('json', all, look)).scripts[0];
    expect(trials.filter((each: { stopped_ns: number | null }) => each.stopped_ns !== null)).toEqual([
      expect.objectContaining({ high: m(50) * 4096, stopped_ns: 39_999_999, stalls: 2000 }),
    ]);
  });

  test('waited more than the mean of its runs up to there, where others were not stopped', () => {
    const one = stalled(2000, { stopped: 39_999_999 });
    expect(waits(figures(one, {}, {}, {}))).toBe(
      'more than 10 ms waited when it was stopped, in 500 stalls, 40 us the longest',
    );
  });

  test.each(['text', 'html'] as const)(
    'is told of where the recommended policy has no bad marks: %s',
    async (format) => {
      const held = { ...trial(50, 50, stalled(2000, { stopped: 40_000_000 })), policy: 'memory.high' };
      const made = sweep([trial(80, 60), held]);
      const all = [{ sweep: made, findings: analyse(made, DEFAULT_OBJECTIVE) }];
      const told = await renderTune(format, all, { width: 100, color: false, unicode: true });
      expect(told.replaceAll('\u00a0', ' ')).toContain('1 trial was stopped when tasks had waited 40 ms');
    },
  );
});
