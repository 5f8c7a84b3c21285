import type { Pages } from '../../kernel/units.ts';
import type { Trial } from '../sweep.ts';
import { type Figures, failed } from './figures.ts';
import { compareRanked, type Objective } from './objective.ts';
import { type Rated, ratedOne } from './rated.ts';

/** What a smaller or a larger limit buys. */
export interface LimitsFound {
  /** Ascending. */
  readonly rows: readonly LimitRow[];
  /** The smallest at which, by the best marks that were tried there, nobody waits; null: at none. */
  readonly calm: Pages | null;
  /** The smallest at which nobody is killed and the script comes to its end; null: at none. */
  readonly alive: Pages | null;
  /** Where less memory begins to cost much more; null: it costs evenly, or nothing. */
  readonly knee: Pages | null;
}

export interface LimitRow {
  readonly limit: Pages;
  /** No background reclaim. */
  readonly without: Rated;
  /** The best that was tried there; null: nothing was. */
  readonly best: Rated | null;
}

/** null: one limit was asked for. `asked`: how it goes under each without background reclaim. */
export function limitsOf(
  asked: readonly Trial[],
  trials: readonly Trial[],
  objective: Objective,
): LimitsFound | null {
  if (asked.length === 0) return null;
  const all = trials.map((trial) => ratedOne(trial, objective)).sort(compareRanked);
  const rows = asked
    .map((trial): LimitRow => {
      const best = all.find(({ marks }) => marks.limit === trial.limit) ?? null;
      return { limit: trial.limit, without: ratedOne(trial, objective), best };
    })
    .sort((a, b) => a.limit - b.limit);
  const least = (is: (figures: Figures) => boolean): Pages | null => {
    const fine = [...all, ...rows.map(({ without }) => without)].filter(({ figures }) => is(figures));
    const limits = fine.map(({ marks }) => marks.limit).sort((a, b) => a - b);
    return limits[0] ?? null;
  };
  return {
    rows,
    calm: least((figures) => !failed(figures) && figures.stalls === 0),
    alive: least((figures) => !failed(figures)),
    knee: kneeOf(rows),
  };
}

/** The one that a sweep with several is about: where less begins to cost much more, if nobody is killed there. */
export function mainLimit({ rows, calm, alive, knee }: LimitsFound): Pages {
  const among = (limit: Pages | null): Pages | undefined => rows.find((row) => row.limit === limit)?.limit;
  return among(knee) ?? among(calm) ?? among(alive) ?? rows[rows.length - 1].limit;
}

/** A bend that is flatter is none, as a share of what the whole curve falls by. */
const BEND = 0.1;

/**
 * Where the curve of what is lost (pages read again; where nobody knows these, the time waited) over the limit is
 * furthest below the straight line between its ends, both axes from 0 to 1 ("Kneedle", Satopaa et al., 2011).
 */
function kneeOf(rows: readonly LimitRow[]): Pages | null {
  const points = rows.flatMap(({ limit, best }) =>
    best === null || failed(best.figures)
      ? []
      : [{ limit, lost: best.figures.refaults ?? best.figures.stallTotal }],
  );
  if (points.length < 3) return null;
  const [first, last] = [points[0], points[points.length - 1]];
  const fall = first.lost - last.lost;
  if (fall <= 0) return null;
  const bends = points.map(({ limit, lost }) => {
    const across = (limit - first.limit) / (last.limit - first.limit);
    return { limit, bend: 1 - across - (lost - last.lost) / fall };
  });
  const most = bends.reduce((a, b) => (b.bend > a.bend ? b : a));
  return most.bend > BEND ? most.limit : null;
}
