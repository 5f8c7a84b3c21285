import type { Job } from './job.ts';
import type { Planned, PlanSettings } from './plan/plan.ts';
import { Rounds } from './plan/rounds.ts';
import type { Executor } from './run/executor.ts';
import { type Measurement, type Task, taskKey } from './sweep.ts';

/** Told after each finished run. */
export interface Progress {
  readonly done: number;
  /** Of all, as far as can be told: what later rounds need depends on these. */
  readonly expected: number;
  /** Where each sweep stands by now. */
  readonly planned: () => readonly Planned[];
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
  const known = new Map<string, Measurement>();
  const all = job.scripts.map((_, script) => script);
  const plans = (settings.plan.same ? [all] : all.map((script) => [script])).map(
    (scripts) => new Plan(job, scripts, settings.plan, known),
  );
  const look = (): Planned[] => plans.map((each) => each.look());
  let done = 0;
  for (;;) {
    const planned = look();
    const tasks = planned.flatMap((each) => (each.is === 'open' ? each.needs : []));
    if (tasks.length === 0 || signal?.aborted) return planned;
    const expected = planned.reduce((sum, each) => sum + (each.is === 'open' ? each.expected : 0), 0);
    let finished = 0;
    await executor.run(
      tasks,
      (each) => {
        known.set(taskKey(each), each.measurement);
        finished += 1;
        done += 1;
        progress({ done, expected: Math.max(done, expected), planned: look });
      },
      signal,
    );
    if (finished < tasks.length) return look();
  }
}

const UNFINISHED = 'not all of it was run';

/**
 * The plan of one sweep, of a script or of several recordings of one program: its next round, from what is known and nothing else. Whoever ran the earlier
 * rounds, in whatever order they finished, the next is the same.
 */
class Plan {
  readonly #rounds: Rounds;
  readonly #steps: ReturnType<Rounds['all']>;
  readonly #known: ReadonlyMap<string, Measurement>;
  /** Of the round in hand, what was not known when it was last looked at. */
  #needs: readonly Task[] = [];
  #end: Planned | null = null;

  constructor(
    job: Job,
    scripts: readonly number[],
    settings: PlanSettings,
    known: ReadonlyMap<string, Measurement>,
  ) {
    this.#rounds = new Rounds(job, scripts, settings, known);
    this.#steps = this.#rounds.all();
    this.#known = known;
  }

  /** Where it stands by now. */
  look(): Planned {
    for (;;) {
      if (this.#end !== null) return this.#end;
      this.#needs = this.#needs.filter((task) => !this.#known.has(taskKey(task)));
      if (this.#needs.length > 0) {
        const { expected } = this.#rounds;
        return { is: 'open', needs: this.#needs, sweep: this.#rounds.sweep(UNFINISHED), expected };
      }
      const step = this.#steps.next();
      if (step.done) this.#end = step.value;
      else this.#needs = this.#rounds.bounded(step.value);
    }
  }
}
