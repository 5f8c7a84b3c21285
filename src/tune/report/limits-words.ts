import type { Pages } from '../../kernel/units.ts';
import { known } from '../../report/rereads.ts';
import type { Findings } from '../analysis/findings.ts';
import type { LimitRow } from '../analysis/limits.ts';
import { capital, cpuTimes, longest, mark, marksText, mean, share, waited } from './words.ts';

/** What a smaller or a larger limit buys, in a sentence; null: one limit was asked for. */
export function limitsText({ limits, best }: Findings): string | null {
  if (limits === null) return null;
  const at = (limit: Pages | null, what: string): string =>
    limit === null ? `at none ${what}` : `the smallest at which ${what} is ${mark(limit)}`;
  const knee =
    limits.knee === null
      ? 'No limit stands out: less memory costs evenly more'
      : `The knee is at ${mark(limits.knee)}: with less, the cost begins to rise steeply`;
  const about = best === null ? '' : ` The rest of this is about ${mark(best.marks.limit)}.`;
  return `${capital(at(limits.alive, 'nobody is killed'))}; ${at(limits.calm, 'nobody waits')}. ${knee}.${about}`;
}

export const LIMITS_TITLE = 'what a limit buys, by the best of a few marks under each';

/** A limit's figures, in the order of LIMIT_HEADS. */
export function limitCells({ limit, without, best }: LimitRow, peak: Pages): string[] {
  const before = without.region === 'failed' ? 'fails' : waited(without.figures);
  if (best === null || best.region === 'failed') return [mark(limit), share(limit, peak), before, 'fails'];
  const { figures, marks } = best;
  return [
    mark(limit),
    share(limit, peak),
    before,
    waited(figures),
    longest(figures),
    known(figures.refaults, mean),
    ...cpuTimes([figures]),
    marksText(marks),
  ];
}

export const LIMIT_HEADS = [
  'limit',
  'of peak',
  'waited without',
  'waited',
  'longest',
  'refaults',
  'CPU',
  'with',
] as const;
