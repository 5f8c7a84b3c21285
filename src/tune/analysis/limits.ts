import { failed } from './figures.ts';
import type { Rated } from './findings.ts';
import { compareRanked } from './objective.ts';

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
