import type { Sweep } from '../sweep.ts';
import { failed, figuresOf } from './figures.ts';
import { compareRanked, helps, type Objective } from './objective.ts';
import { type Rated, ratedOne } from './rated.ts';
import { compareRobustness, heldOf, isRobust, mayBeRobust, type Robustness, robustnessOf } from './robust.ts';

/** What is recommended of a sweep, and how it held. */
export interface Recommendation {
  /** The best that holds; where none does, or none was tried for that, the best as it is. null: nothing ran to its end. */
  readonly best: Rated | null;
  /** It is what was asked for, or nearer to it than no marks at all. */
  readonly helps: boolean;
  /** null: it was not tried whether it holds. */
  readonly robustness: Robustness | null;
  /** The best as it is, with how it held as far as that was run, where another one is recommended; else null. */
  readonly cheapest: { readonly rated: Rated; readonly robustness: Robustness | null } | null;
  /** The best of each policy, the best of all first. */
  readonly policies: readonly Rated[];
}

/** Every trial under the sweep's own limit, the best first. */
export const ratedOf = ({ trials, limit }: Sweep, objective: Objective): Rated[] =>
  trials
    .filter((trial) => trial.limit === limit)
    .map((trial) => ratedOne(trial, objective))
    .sort(compareRanked);

/** Of all that was tried under the sweep's own limit. */
export const recommendedOf = (sweep: Sweep, objective: Objective): Recommendation =>
  recommendationOf(sweep, ratedOf(sweep, objective), objective);

/** `rated`: see ratedOf(). */
export function recommendationOf(
  sweep: Sweep,
  rated: readonly Rated[],
  objective: Objective,
): Recommendation {
  const asked = rated.filter(({ outside }) => !outside);
  const how = ({ marks }: Rated): Robustness | null => {
    const held = heldOf(sweep.held, marks);
    return held === undefined ? null : robustnessOf(objective, held);
  };
  const names = [...new Set(asked.map(({ marks }) => marks.policy))];
  const policies = names
    .map((name) =>
      bestOf(
        asked.filter(({ marks }) => marks.policy === name),
        how,
      ),
    )
    .sort((a, b) => rank(how(a)) - rank(how(b)) || compareRanked(a, b));
  const [best = null] = policies.filter(({ figures }) => !failed(figures));
  const [first = null] = asked;
  return {
    best,
    helps: best !== null && helps(objective, best.figures, figuresOf(sweep.without)),
    robustness: best && how(best),
    cheapest:
      best === null || first === null || first === best ? null : { rated: first, robustness: how(first) },
    policies,
  };
}

/** What holds goes before all else. */
const rank = (robustness: Robustness | null): number => (robustness !== null && isRobust(robustness) ? 0 : 1);

/** Whether there is an answer to follow: not where no marks do as well, nor where it was tried whether it holds, and it does not. */
export const isRecommended = ({ best, helps, robustness }: Recommendation): boolean =>
  best !== null && helps && (robustness === null || mayBeRobust(robustness));

/** Of one policy's, the best first. */
function bestOf(asked: readonly Rated[], how: (rated: Rated) => Robustness | null): Rated {
  const tried = asked.flatMap((rated) => {
    const robustness = how(rated);
    return robustness === null ? [] : [{ rated, robustness }];
  });
  const robust = tried.find(({ robustness }) => isRobust(robustness));
  const nearest = tried.toSorted(
    (a, b) => b.robustness.of - a.robustness.of || compareRobustness(a.robustness, b.robustness),
  );
  return (robust ?? nearest[0])?.rated ?? asked[0];
}
