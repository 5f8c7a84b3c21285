import { type Marks, marksOf, type Trial } from '../sweep.ts';
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
  const figures = figuresOf(trial);
  return {
    marks: marksOf(trial),
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
