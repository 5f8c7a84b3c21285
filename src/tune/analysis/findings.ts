import type { Sweep } from '../sweep.ts';
import { type Certainty, certaintyOf } from './certainty.ts';
import { failed } from './figures.ts';
import { type LimitsFound, limitsOf } from './limits.ts';
import { compareRanked, dominates, meets, type Objective, virtues } from './objective.ts';
import { type Rated, ratedOne, type SmallestLimit, smallestLimit } from './rated.ts';
import { type Recommendation, ratedOf, recommendationOf } from './recommendation.ts';
import { type Region, regionsOf } from './regions.ts';
import { type Slip, slipsOf } from './sensitivity.ts';
import { type RatedForm, writtenOf } from './written.ts';

/** All that reports say about a sweep. Plain data; the same for the same trials, in whatever order they are. */
export interface Findings extends Recommendation {
  readonly objective: Objective;
  /** Whether it is what was asked for, not merely the nearest to it. */
  readonly met: boolean;
  readonly without: Rated;
  /** Every trial under the sweep's own limit, the best first. */
  readonly rated: readonly Rated[];
  /** The trade-off: those of the recommended policy that no other beats in everything, by CPU. */
  readonly front: readonly Rated[];
  /** Of the recommended policy. Empty ones are left out. */
  readonly regions: readonly Region[];
  readonly certainty: Certainty;
  /** How the recommendation is written down, as far as that was run. */
  readonly written: readonly RatedForm[];
  /** What being wrong by 10 % costs, as far as it was tried. */
  readonly slips: readonly Slip[];
  /** null: at every limit that was tried, something stalls. */
  readonly smallestLimit: SmallestLimit | null;
  /** Where several limits were asked for; else null. */
  readonly limits: LimitsFound | null;
  readonly partial: string | null;
}

/** One script's sweep with what was found in it. */
export interface Tuned {
  readonly sweep: Sweep;
  readonly findings: Findings;
}

/** The recommended policy, else that of the best: pictures and tables are about its trials. undefined: nothing was tried. */
export const ownPolicy = ({ best, rated }: Pick<Findings, 'best' | 'rated'>): string | undefined =>
  (best ?? rated[0])?.marks.policy;

export function analyse(sweep: Sweep, objective: Objective): Findings {
  const under = sweep.trials.filter(({ limit }) => limit === sweep.limit);
  const rated = ratedOf(sweep, objective);
  const recommendation = recommendationOf(sweep, rated, objective);
  const { best } = recommendation;
  const policy = ownPolicy({ best, rated });
  const own = rated.filter(({ marks }) => marks.policy === policy);
  return {
    objective,
    ...recommendation,
    met: best !== null && meets(objective, best.figures),
    without: ratedOne(sweep.without, objective),
    rated,
    front: frontOf(own.filter((each) => !each.outside)),
    regions: regionsOf(own),
    certainty: certaintyOf(sweep, under, best, objective),
    written: best === null ? [] : writtenOf(sweep, best, objective),
    slips: best === null ? [] : slipsOf(sweep, best),
    smallestLimit: smallestLimit(
      sweep.trials.filter((trial) => trial.policy === policy).map((trial) => ratedOne(trial, objective)),
    ),
    limits: limitsOf(sweep.limits, sweep.trials, objective),
    partial: sweep.partial,
  };
}

/** Of those in order, all that nothing dominates; of those whose figures say the same, the first. By CPU. */
function frontOf(rated: readonly Rated[]): Rated[] {
  const figures = new Map<string, { rated: Rated; virtues: number[] }>();
  for (const each of rated) {
    const own = virtues(each.figures);
    const key = own.join(' ');
    const isWhole = !failed(each.figures) && each.figures.stopped === null;
    if (!figures.has(key) && isWhole) figures.set(key, { rated: each, virtues: own });
  }
  const all = [...figures.values()];
  return all
    .filter((each) => !all.some((other) => dominates(other.virtues, each.virtues)))
    .map((each) => each.rated)
    .sort((a, b) => a.figures.cpu - b.figures.cpu || compareRanked(a, b));
}
