import { type Nanoseconds, ns, SECOND } from '../../kernel/units.ts';
import type { CgroupLook } from '../../machine.ts';
import type { Rates } from '../stage.ts';

/** What rates are made of, since the cgroup was made. */
interface Counters {
  readonly background: number;
  readonly direct: number;
  readonly charged: number;
  readonly refaults: number;
  readonly stalls: number;
  readonly failures: number;
  readonly oomKills: number;
  readonly reclaimer: number;
  readonly stalled: number;
}

/** The counters of all cgroups at one instant. */
export interface Counted {
  readonly time: number;
  readonly byPath: ReadonlyMap<string, Counters>;
}

const WINDOW = SECOND;
/** Virtual time between two counts, ns. */
export const COUNT_EVERY = 100_000_000;
const NOTHING: Counters = {
  background: 0,
  direct: 0,
  charged: 0,
  refaults: 0,
  stalls: 0,
  failures: 0,
  oomKills: 0,
  reclaimer: 0,
  stalled: 0,
};

const countersOf = ({ stat, pgpgin, failcnt }: CgroupLook): Counters => ({
  background: stat.bg_reclaimed,
  direct: stat.direct_reclaimed,
  charged: pgpgin,
  refaults: stat.refaults,
  stalls: stat.stall_count,
  failures: failcnt,
  oomKills: stat.oom_kills,
  reclaimer: stat.bg_cpu_ns,
  stalled: stat.stall_total_ns,
});

/** Remembers the counters of the last virtual second, so that rates can be told. */
export class RateKeeper {
  #counted: Counted[];

  constructor(before: Counted | null = null) {
    this.#counted = before === null ? [] : [before];
  }

  count(time: number, looks: readonly CgroupLook[]): void {
    const byPath = new Map(looks.map((look) => [look.path, countersOf(look)]));
    this.#counted.push({ time, byPath });
    // One from before the window stays: it is what the others are measured from.
    while (this.#counted.length > 2 && this.#counted[1].time <= time - WINDOW) this.#counted.shift();
  }

  /** What rates at that time are measured from. */
  base(now: number): Counted | null {
    let base = this.#counted[0] ?? null;
    for (const counted of this.#counted) if (counted.time <= now - WINDOW) base = counted;
    return base;
  }
}

export function ratesSince(base: Counted | null, look: CgroupLook, now: Nanoseconds): Rates {
  // Nothing happened between the base and the window: else there were a count in between.
  const window = Math.max(1, now - Math.max(base?.time ?? 0, now - WINDOW));
  const before = base?.byPath.get(look.path) ?? NOTHING;
  const counters = countersOf(look);
  // A counter that went down was set back, or belongs to a new cgroup of the same name.
  const since = (key: keyof Counters): number => {
    const more = counters[key] - before[key];
    return more < 0 ? counters[key] : more;
  };
  const perSecond = (key: keyof Counters): number => (since(key) * SECOND) / window;
  return {
    window: ns(window),
    background: perSecond('background'),
    direct: perSecond('direct'),
    charged: perSecond('charged'),
    refaults: perSecond('refaults'),
    stalls: perSecond('stalls'),
    failures: perSecond('failures'),
    oomKills: perSecond('oomKills'),
    reclaimerCpu: since('reclaimer') / window,
    stalled: since('stalled') / window,
  };
}
