import type { Nanoseconds } from '../../kernel/units.ts';
import type { Span } from './spans.ts';
import type { StallBin } from './stall-bins.ts';

/** What happened when, for pictures: kept only when it is asked for, and never more of it than memory allows. */
export interface Timeline {
  /** In order of creation; those that were removed are not among them. */
  readonly cgroups: readonly CgroupTimeline[];
  /** Tasks that did something, in the order in which they began. One that moved has a part for each cgroup. */
  readonly tasks: readonly TaskTimeline[];
}

export interface CgroupTimeline {
  readonly path: string;
  /** The reclaimer's pid, the last one's if there were several; null: it never had one. */
  readonly reclaimer: number | null;
  /** When the reclaimer was not asleep. */
  readonly awake: readonly Span[];
  /** Its passes; each begins where the one before it ended, or with its waking. */
  readonly passes: readonly Span[];
  /** When a pass of it slept, because there was nothing to free at once. */
  readonly naps: readonly Span[];
  /** Charges that met the limit; one alone takes no time. */
  readonly failures: readonly Span[];
  readonly stalls: readonly StallBin[];
  /** The first so many: MAX_KILLS. */
  readonly kills: readonly Kill[];
}

export interface Kill {
  readonly time: Nanoseconds;
  readonly pid: number;
  readonly task: string;
  /** The whole machine was out of memory, not this cgroup. */
  readonly machine: boolean;
}

export interface TaskTimeline {
  readonly pid: number;
  readonly name: string;
  readonly cgroup: string;
  readonly behaviours: readonly Span[];
  /** Its charges that met the limit; one alone takes no time. */
  readonly failures: readonly Span[];
  readonly stalls: readonly Span[];
  /** Passes of direct reclaim. */
  readonly passes: readonly Span[];
  /** When such a pass slept. */
  readonly naps: readonly Span[];
}

/** OOM kills kept for each cgroup. */
export const MAX_KILLS = 256;
