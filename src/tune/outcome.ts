import type { Pages } from '../kernel/units.ts';

/** What one run of a sweep came to, of the group that is tuned. Plain data; times in ns. */
export interface Outcome {
  /** Charges that had to wait: direct reclaim, or the throttling of memory.high. */
  readonly stalls: number;
  readonly stallTotal: number;
  readonly stallP50: number;
  readonly stallP99: number;
  readonly stallMax: number;
  /** Charges that met the limit (failcnt). */
  readonly limitFailures: number;
  /** CPU time of the background reclaimer. */
  readonly cpu: number;
  readonly wakeups: number;
  readonly passes: number;
  /** Passes that freed nothing. */
  readonly zeroPasses: number;
  readonly scanned: number;
  readonly reclaimed: number;
  readonly refaults: number;
  readonly swapIn: number;
  readonly swapOut: number;
  readonly oomKills: number;
  /** Highest usage of the group. */
  readonly peak: Pages;
  /** The low mark that could not be reached, if the reclaimer was seen to spin: the least that could; else null. */
  readonly floor: Pages | null;
  /** Virtual time from boot to the script's end. */
  readonly elapsed: number;
  /** null: the script ran to its end; else why not, in one sentence. */
  readonly error: string | null;
}
