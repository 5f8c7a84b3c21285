import { pages } from '../../kernel/units.ts';
import type { Measurement, Trial } from '../sweep.ts';

/**
 * A trial's measurements over all its seeds as one: what is compared, and what reports show. Means, but of p99, the
 * longest stall, the peak and the floor the worst of the seeds.
 */
export interface Figures extends Omit<Measurement, 'stallP50' | 'stopped'> {
  /** Some of the runs were stopped when more was waited than this, ns: figures are those up to there. null: none was. */
  readonly stopped: number | null;
  /** CPU time of the background reclaimer as a share of one CPU, over the run's time. */
  readonly cpuShare: number;
  /** Runs that did not reach the script's end; `error` says why the first of them did not. */
  readonly errors: number;
}

export function figuresOf({ measurements }: Pick<Trial, 'measurements'>): Figures {
  const mean = (read: (measurement: Measurement) => number): number =>
    measurements.length === 0
      ? 0
      : measurements.reduce((sum, each) => sum + read(each), 0) / measurements.length;
  const most = (read: (measurement: Measurement) => number): number => Math.max(0, ...measurements.map(read));
  const floors = measurements.flatMap(({ floor }) => (floor === null ? [] : [floor]));
  const errors = measurements.flatMap(({ error }) => (error === null ? [] : [error]));
  const stopped = measurements.flatMap((each) => each.stopped ?? []);
  const [cpu, elapsed] = [mean((each) => each.cpu), mean((each) => each.elapsed)];
  return {
    stalls: mean((each) => each.stalls),
    stallTotal: mean((each) => each.stallTotal),
    stallP99: most((each) => each.stallP99),
    stallMax: most((each) => each.stallMax),
    limitFailures: mean((each) => each.limitFailures),
    cpu,
    cpuShare: elapsed > 0 ? cpu / elapsed : 0,
    wakeups: mean((each) => each.wakeups),
    passes: mean((each) => each.passes),
    zeroPasses: mean((each) => each.zeroPasses),
    scanned: mean((each) => each.scanned),
    reclaimed: mean((each) => each.reclaimed),
    refaults: measurements.some((each) => each.refaults === null) ? null : mean((each) => each.refaults ?? 0),
    swapIn: mean((each) => each.swapIn),
    swapOut: mean((each) => each.swapOut),
    oomKills: mean((each) => each.oomKills),
    peak: pages(most((each) => each.peak)),
    floor: floors.length === 0 ? null : pages(Math.max(...floors)),
    elapsed,
    errors: errors.length,
    error: errors[0] ?? null,
    stopped: stopped.length === 0 ? null : Math.max(...stopped),
  };
}

/** As the machine's own warning counts (linux-2.6.26/memcontd.ts): fewer passes prove nothing. */
const PROOF = 10;
/** Of so many pages that are looked at, less than one is freed. */
const HOPELESS = 50;
/** Two batches of SWAP_CLUSTER_MAX (32 pages): for less it is not worth waking up. */
const SMALL_HARVEST = 64;
/** So few wake-ups cost nothing, whatever they bring. */
const FEW_WAKEUPS = 100;

/** The reclaimer was awake and freed next to nothing: low can't be reached, or hardly. */
export const spins = ({ floor, passes, zeroPasses, scanned, reclaimed }: Figures): boolean =>
  floor !== null ||
  (zeroPasses >= PROOF && zeroPasses * 2 > passes) ||
  (passes >= PROOF && scanned > reclaimed * HOPELESS);

/** It was woken again and again, each time for a few pages. */
export const oscillates = ({ wakeups, reclaimed }: Figures): boolean =>
  wakeups >= FEW_WAKEUPS && reclaimed < wakeups * SMALL_HARVEST;

/** The script did not reach its end, or somebody was killed on the way. */
export const failed = ({ errors, oomKills }: Figures): boolean => errors > 0 || oomKills > 0;
