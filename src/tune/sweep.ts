import type { Pages } from '../kernel/units.ts';
import type { Outcome } from './outcome.ts';
import type { Point } from './point.ts';

/** All that was found out about one script: what every report and the recommendation are made from. Plain data. */

/** Marks under a limit, and what each seed came to there. */
export interface Trial {
  readonly policy: string;
  readonly limit: Pages;
  readonly high: Pages;
  readonly low: Pages;
  /** In the order of the sweep's seeds. */
  readonly outcomes: readonly Outcome[];
  /** Beside what was asked for, to learn what being wrong costs: it is not to be recommended. */
  readonly outside?: true;
}

/** A point of the sweep with its outcome, as workers answer and folders keep them. */
export interface Finished {
  /** Which of the sweep's scripts, from 0. */
  readonly script: number;
  readonly point: Point;
  readonly outcome: Outcome;
}

export interface Sweep {
  /** The script as it was named. */
  readonly script: string;
  /** The group that is tuned: `/default`. */
  readonly group: string;
  /** Of the machine that the script asks for. */
  readonly policy: string;
  /** What `memcg replay` has to be told of booting, as the sweep was: `--boot FILE`, `--bare` or nothing. */
  readonly booting: readonly string[];
  /** Of its text and of all that it includes and reads. */
  readonly sha256: string;
  /** Highest usage of a run without a limit. */
  readonly peak: Pages;
  /** What the trials were run under; `auto`: 80 % of the peak. */
  readonly limit: Pages;
  readonly autoLimit: boolean;
  readonly seeds: readonly number[];
  /** So many seeds were asked for; the first two came to the same wherever both were run: one will do. */
  readonly agreeingSeeds?: number;
  /** Time at the beginning that does not count, ns. */
  readonly warmup: number;
  /** With no background reclaim at all, under the same limit. */
  readonly without: Trial;
  /** By policy, limit, high, low: ascending. */
  readonly trials: readonly Trial[];
  /** Why trials are missing (interrupted, a share only); null: complete. */
  readonly partial: string | null;
}
