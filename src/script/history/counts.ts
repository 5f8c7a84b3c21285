import { type Nanoseconds, ns, SECOND } from '../../kernel/units.ts';
import type { CgroupLook } from '../../machine/machine.ts';

/** What went on lately: per virtual second, over the last `window` ns. */
export interface Rates {
  readonly window: Nanoseconds;
  /** Pages reclaimed by the reclaimer and by tasks that stalled. */
  readonly background: number;
  readonly direct: number;
  /** Pages charged. */
  readonly charged: number;
  /** null: unknown. */
  readonly refaults: number | null;
  readonly stalls: number;
  readonly failures: number;
  readonly oomKills: number;
  /** Of one CPU, 0 to 1: what the reclaimer used, and how long tasks stalled (may be above 1). */
  readonly reclaimerCpu: number;
  readonly stalled: number;
}

/** Sums since the cgroup was made: they only ever grow. */
const COUNTERS = {
  background: ({ stat }: CgroupLook): number => stat.bg_reclaimed,
  direct: ({ stat }: CgroupLook): number => stat.direct_reclaimed,
  charged: ({ pgpgin }: CgroupLook): number => pgpgin,
  refaults: ({ stat }: CgroupLook): number => stat.refaults ?? 0,
  stalls: ({ stat }: CgroupLook): number => stat.stall_count,
  failures: ({ failcnt }: CgroupLook): number => failcnt,
  oomKills: ({ stat }: CgroupLook): number => stat.oom_kills,
  reclaimer: ({ stat }: CgroupLook): number => stat.bg_cpu_ns,
  stalled: ({ stat }: CgroupLook): number => stat.stall_total_ns,
  wakeups: ({ stat }: CgroupLook): number => stat.bg_wakeups,
  passes: ({ stat }: CgroupLook): number => stat.bg_passes,
  scanned: ({ stat }: CgroupLook): number => stat.bg_scanned,
  swapIn: ({ stat }: CgroupLook): number => stat.swap_in,
  swapOut: ({ stat }: CgroupLook): number => stat.swap_out,
} as const;
export type Counter = keyof typeof COUNTERS;

const NAMES = Object.keys(COUNTERS) as readonly Counter[];
const WIDTH = NAMES.length;

/** The counters of all cgroups at one instant. */
export interface Counted {
  readonly time: number;
  /** Where each cgroup's counters begin in `values`. */
  readonly places: ReadonlyMap<string, number>;
  readonly values: Float64Array;
}

/** What rates at an instant are measured from. */
export interface Base {
  readonly time: number;
  readonly counted: Counted | null;
}

const WINDOW = SECOND;
/** Virtual time between two counts, ns. */
export const COUNT_EVERY = 100_000_000;

/** The counters as they are; `before` lends its places where they are still the same. */
export function count(time: number, looks: readonly CgroupLook[], before: Counted | null = null): Counted {
  const values = new Float64Array(looks.length * WIDTH);
  let places = before?.places.size === looks.length ? before.places : null;
  for (const [i, look] of looks.entries()) {
    if (places?.get(look.path) !== i * WIDTH) places = null;
    for (const [at, name] of NAMES.entries()) values[i * WIDTH + at] = COUNTERS[name](look);
  }
  return { time, places: places ?? new Map(looks.map(({ path }, i) => [path, i * WIDTH])), values };
}

/**
 * Remembers the counters of the last virtual second, so that rates can be told. Counts stand on an
 * even grid of virtual time; one that is missing would be as the one before.
 */
export class RateKeeper {
  #counts: Counted[];

  constructor(before: readonly Counted[] = []) {
    this.#counts = [...before];
  }

  /** Those that rates from now on can be measured from. */
  get counts(): readonly Counted[] {
    return this.#counts;
  }

  /** The counters at a time of the grid; or at any, when they are the first. */
  count(time: number, looks: readonly CgroupLook[]): void {
    this.#counts.push(count(time, looks, this.#counts.at(-1)));
    const from = baseTime(time);
    // One from before the window stays: it is what the others are measured from.
    while (this.#counts.length > 1 && this.#counts[1].time <= from) this.#counts.shift();
  }

  base(now: number): Base {
    const first = this.#counts[0] ?? null;
    const time = Math.max(baseTime(now), first?.time ?? 0);
    return { time, counted: this.#counts.findLast((counted) => counted.time <= time) ?? first };
  }
}

/** The last time of the grid that is a window or more ago: it goes by the instant alone. */
const baseTime = (now: number): number => Math.max(0, Math.floor((now - WINDOW) / COUNT_EVERY) * COUNT_EVERY);

/** What the counters have grown by since then; from 0 if the cgroup was not there. */
export function grownSince(counted: Counted | null, look: CgroupLook): Record<Counter, number> {
  const place = counted?.places.get(look.path);
  const grown = NAMES.map((name, at) => {
    const is = COUNTERS[name](look);
    const was = place === undefined ? 0 : (counted?.values[place + at] ?? 0);
    // A counter that went down was set back, or belongs to a new cgroup of the same name.
    return [name, is < was ? is : is - was];
  });
  return Object.fromEntries(grown);
}

export function ratesSince({ time, counted }: Base, look: CgroupLook, now: Nanoseconds): Rates {
  const window = Math.max(1, now - time);
  const grown = grownSince(counted, look);
  const perSecond = (name: Counter): number => (grown[name] * SECOND) / window;
  return {
    window: ns(window),
    background: perSecond('background'),
    direct: perSecond('direct'),
    charged: perSecond('charged'),
    refaults: look.stat.refaults === null ? null : perSecond('refaults'),
    stalls: perSecond('stalls'),
    failures: perSecond('failures'),
    oomKills: perSecond('oomKills'),
    reclaimerCpu: grown.reclaimer / window,
    stalled: grown.stalled / window,
  };
}
