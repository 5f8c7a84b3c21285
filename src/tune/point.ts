import type { Pages } from '../kernel/units.ts';

/** One run of a sweep: what is set for it. Plain data: it goes to workers and into files. */
export interface Point {
  /** Who reclaims in the background: a name that `machine policy=` takes. */
  readonly policy: string;
  readonly limit: Pages;
  /** Background reclaim starts above this many pages; each policy has its own knobs for it. */
  readonly high: Pages;
  /** It stops at or below this many pages. */
  readonly low: Pages;
  /** Of the machine's random numbers. */
  readonly seed: number;
}
