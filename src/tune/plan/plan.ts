import type { Pages } from '../../kernel/units.ts';
import type { RuledForm } from '../analysis/apply.ts';
import type { Robustness } from '../analysis/robust.ts';
import type { Held, Marks, Sweep, Task, Trial } from '../sweep.ts';
import type { Axis } from './axis.ts';

/** What is to be found out. Plain data but for its functions, which an objective makes. */
export interface PlanSettings {
  readonly policies: readonly string[];
  /** null: 80 % of the peak of a run without a limit, or more to live in, for each script its own. */
  readonly limit: Pages | null;
  /** Several, which are set side by side: then the sweep is about one of them. null: one. */
  readonly limits: Axis | null;
  /** That one, by how it goes under each without background reclaim, and what was tried there. */
  readonly mainLimit: (asked: readonly Trial[], trials: readonly Trial[]) => Pages;
  /** Where the marks are looked for. */
  readonly high: Axis;
  readonly low: Axis;
  /** About so many marks are tried for each script and policy. */
  readonly points: number;
  readonly seeds: readonly number[];
  /** The scripts are recordings of one program: what is recommended is for all of them together. */
  readonly same: boolean;
  /** What is wanted hangs on what is read again: it can't be told of a recording that does not know. */
  readonly needsRereads: boolean;
  /** Below 0: the first is better. */
  readonly better: (a: Trial, b: Trial) => number;
  /**
   * What each of so many runs of a trial may wait at most, ns, for the trial to be worth anything, by how it goes without
   * a limit, and without marks; null: that can't be told.
   */
  readonly mostWaited: (
    unlimited: Trial,
    without: Pick<Trial, 'measurements'>,
    runs: number,
  ) => number | null;
  /** Which of one policy's trials, the best first, are worth trying whether they hold. */
  readonly candidates: (trials: readonly Trial[], without: Trial) => Candidates;
  /** How marks held, as far as it was run. */
  readonly robustness: (held: Held) => Robustness;
  /** Marks to try beside the recommended ones, for what a report says about them. */
  readonly beside: (sweep: Sweep) => readonly Marks[];
  /** How the recommended marks can be written down; none, where none are recommended. */
  readonly forms: (sweep: Sweep) => readonly RuledForm[];
  /** Those of them that do what the recommended marks do, by their names. */
  readonly asGood: (sweep: Sweep) => ReadonlySet<string>;
}

/** Marks that may hold. */
export interface Candidates {
  /** The best first; none, where all are no better than no marks. */
  readonly marks: readonly Marks[];
  /** What is wanted is out of reach: they hold where they do no worse than no marks. */
  readonly isRelative: boolean;
}

/** Where a script's plan stands. */
export type Planned =
  /** The next round: these are to be run, in this order. `sweep`: what is known up to here. */
  | {
      readonly is: 'open';
      readonly needs: readonly Task[];
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

/** What is known of it; null: nothing. */
export const sweepOf = (planned: Planned): Sweep | null => (planned.is === 'refused' ? null : planned.sweep);
