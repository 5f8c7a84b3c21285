import type { Executor } from './executor.ts';
import type { Job } from './job.ts';
import { Known } from './known.ts';
import { Plan, type Planned, type PlanSettings } from './plan.ts';

/** Told after each finished run. */
export interface Progress {
  readonly done: number;
  /** Of all, as far as can be told: what later rounds need depends on these. */
  readonly expected: number;
}

export interface TuneSettings {
  readonly job: Job;
  readonly plan: PlanSettings;
  readonly executor: Executor;
  readonly signal: AbortSignal | null;
  readonly progress: (progress: Progress) => void;
}

/**
 * Runs the rounds of every script until all are done or refused, or nothing more comes of the executor (it was
 * interrupted, or the rest is another's share): then some are open. By script. Rejects with an ExecutorFailure.
 */
export async function tune(settings: TuneSettings): Promise<readonly Planned[]> {
  const { job, executor, signal, progress } = settings;
  const known = new Known();
  const plans = job.scripts.map((_, script) => new Plan(job, script, settings.plan, known));
  let done = 0;
  for (;;) {
    const planned = plans.map((each) => each.look());
    const tasks = planned.flatMap((each, script) =>
      each.is === 'open' ? each.needs.map((point) => ({ script, point })) : [],
    );
    if (tasks.length === 0 || signal?.aborted) return planned;
    const expected = planned.reduce((sum, each) => sum + (each.is === 'open' ? each.expected : 0), 0);
    let finished = 0;
    await executor.run(
      tasks,
      (each) => {
        known.add(each);
        finished += 1;
        done += 1;
        progress({ done, expected: Math.max(done, expected) });
      },
      signal,
    );
    if (finished < tasks.length) return plans.map((each) => each.look());
  }
}
