import type { Marks, Trial } from '../sweep.ts';
import { type Figures, failed, figuresOf } from './figures.ts';
import { compareRanked, type Objective, type Ranked, scoreOf } from './objective.ts';
import { type RegionName, regionOf } from './regions.ts';

/** A trial with what it comes to. */
export interface Rated extends Ranked {
  readonly marks: Marks;
  readonly figures: Figures;
  readonly region: RegionName;
  /** Beside the marks that were asked for. */
  readonly outside: boolean;
}

export function ratedOne(trial: Trial, objective: Objective): Rated {
  const { policy, limit, high, low } = trial;
  const figures = figuresOf(trial);
  return {
    marks: { policy, limit, high, low },
    figures,
    region: regionOf(figures),
    score: scoreOf(objective, figures),
    outside: trial.outside ?? false,
  };
}

/** The smallest limit that was tried at which the workload still runs without stalls. */
export interface SmallestLimit {
  readonly rated: Rated;
  /** How many limits were tried in all. */
  readonly tried: number;
  /** The best at the next smaller limit that was tried, where something stalls or fails; null: none was. */
  readonly below: Rated | null;
}

/** Of one policy's trials; null: at none of their limits it runs without. */
export function smallestLimit(trials: readonly Rated[]): SmallestLimit | null {
  const ordered = trials.toSorted(compareRanked);
  const limits = [...new Set(ordered.map(({ marks }) => marks.limit))].sort((a, b) => a - b);
  const best = limits.flatMap((limit) => {
    const here = ordered.filter(({ marks }) => marks.limit === limit);
    return here.find(isCalm) ?? here[0] ?? [];
  });
  const at = best.findIndex(isCalm);
  return at < 0 ? null : { rated: best[at], tried: limits.length, below: best[at - 1] ?? null };
}

const isCalm = ({ figures }: Rated): boolean => figures.stalls === 0 && !failed(figures);

/** More CPU, as a share of one, that nobody would notice. */
const NOTICED = 0.001;
/** Less room than this many times as much is not worth another figure. */
const MORE_ROOM = 2;

/** What lies between high and the limit takes what the reclaimer is too late for. */
const roomOf = ({ marks }: Rated): number => marks.limit - marks.high;

/**
 * The cheapest marks lie where it is nearly too late, and a burst that no run has shown meets the limit there.
 * Of the marks as good in all but CPU, and in that by no more than anybody notices, those with the most room
 * between high and the limit. `rated` is in order.
 */
export function roomierThan(best: Rated, rated: readonly Rated[]): Rated | null {
  if (best.region !== 'fine') return null;
  const most = best.figures.cpuShare + NOTICED;
  const found = rated
    .filter(({ region, figures }) => region === 'fine' && figures.cpuShare <= most)
    .filter(({ figures }) => (figures.refaults ?? 0) <= (best.figures.refaults ?? 0))
    .reduce((widest, each) => (roomOf(each) > roomOf(widest) ? each : widest), best);
  return roomOf(found) >= roomOf(best) * MORE_ROOM && found !== best ? found : null;
}
