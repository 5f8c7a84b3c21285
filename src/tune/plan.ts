import type { Pages } from '../kernel/units.ts';
import type { Axis } from './axis.ts';
import type { Job } from './job.ts';
import type { Known } from './known.ts';
import type { Point } from './point.ts';
import { Rounds } from './rounds.ts';
import type { Sweep, Trial } from './sweep.ts';

/** What is to be found out. Plain data but for `better` and `beside`. */
export interface PlanSettings {
  readonly policies: readonly string[];
  /** null: 80 % of the peak of a run without a limit, for each script its own. */
  readonly limit: Pages | null;
  /** Where the marks are looked for. */
  readonly high: Axis;
  readonly low: Axis;
  /** About so many marks are tried for each script and policy. */
  readonly points: number;
  readonly seeds: readonly number[];
  /** Below 0: the first is better. */
  readonly better: (a: Trial, b: Trial) => number;
  /** Marks to try beside the best, for what a report says about it. */
  readonly beside: (sweep: Sweep, best: Trial) => readonly Omit<Trial, 'outcomes'>[];
}

/** Where a script's plan stands. */
export type Planned =
  /** The next round: these are to be run, in this order. `sweep`: what is known up to here. */
  | {
      readonly is: 'open';
      readonly needs: readonly Point[];
      readonly sweep: Sweep | null;
      /** Runs of all rounds, about: what later ones need depends on these. */
      readonly expected: number;
    }
  | { readonly is: 'done'; readonly sweep: Sweep }
  | Refused;

/** Nothing can be found out: why, in one sentence. `mistake`: it was asked wrongly; `refused`: the script fails. */
export interface Refused {
  readonly is: 'refused';
  readonly kind: 'mistake' | 'refused';
  readonly message: string;
}

const UNFINISHED = 'not all of it was run';

/**
 * The plan of one script's sweep: its next round, from what is known and nothing else. Whoever ran the earlier
 * rounds, in whatever order they finished, the next is the same.
 */
export class Plan {
  readonly #rounds: Rounds;
  readonly #steps: ReturnType<Rounds['all']>;
  readonly #script: number;
  readonly #known: Known;
  /** Of the round in hand, what was not known when it was last looked at. */
  #needs: readonly Point[] = [];
  #end: Planned | null = null;

  constructor(job: Job, script: number, settings: PlanSettings, known: Known) {
    this.#rounds = new Rounds(job, script, settings, known);
    this.#steps = this.#rounds.all();
    this.#script = script;
    this.#known = known;
  }

  /** Where it stands by now. */
  look(): Planned {
    for (;;) {
      if (this.#end !== null) return this.#end;
      this.#needs = this.#needs.filter(
        (point) => this.#known.of({ script: this.#script, point }) === undefined,
      );
      if (this.#needs.length > 0) {
        const { expected } = this.#rounds;
        return { is: 'open', needs: this.#needs, sweep: this.#rounds.sweep(UNFINISHED), expected };
      }
      const step = this.#steps.next();
      if (step.done) this.#end = step.value;
      else this.#needs = step.value;
    }
  }
}
