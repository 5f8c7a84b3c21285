import { type Pages, pages } from '../../kernel/units.ts';
import { SCREENED, VARIANTS } from '../analysis/robust.ts';
import type { Marks, Measurement, Task } from '../sweep.ts';
import { type Axis, markUnder } from './axis.ts';
import { type Cell, onOtherDays } from './cells.ts';

/** Which limits a sweep tries. */

/** What `--limit auto` tries: these shares of the peak, and takes the first that the workload outlives on other days, too; else on its own. */
export const AUTO_SHARES = [0.8, 0.85, 0.9, 0.95, 0.98] as const;

/** So many limits stand side by side where two ends were given. */
const SIDE_BY_SIDE = 8;
/** To learn what a limit buys, marks are tried that leave these shares of it free, with half as much between them. */
export const SURVEYED_ROOMS = [0.01, 0.02, 0.04, 0.08, 0.16];

/** Those below the peak that were asked for, ascending; shares are of the peak. */
export function limitsAsked(asked: Axis, peak: Pages): Pages[] {
  const exact =
    asked.kind === 'list'
      ? asked.marks.map((mark) => ('pages' in mark ? mark.pages : markUnder(peak, mark)))
      : evenly(
          'pages' in asked.from ? asked.from.pages : markUnder(peak, asked.from),
          'pages' in asked.to ? asked.to.pages : markUnder(peak, asked.to),
        );
  return [...new Set(exact)].filter((limit) => limit > 0 && limit < peak).sort((a, b) => a - b);
}

const evenly = (from: Pages, to: Pages): Pages[] =>
  Array.from({ length: SIDE_BY_SIDE }, (_, i) =>
    i === SIDE_BY_SIDE - 1 ? to : readable(from + ((to - from) * i) / (SIDE_BY_SIDE - 1)),
  );

/** A readable size near a share of the peak: a power of two's multiple, at least 64 of them. */
export function autoLimit(peak: Pages, share: number): Pages {
  return readable(peak * share);
}

function readable(exact: number): Pages {
  const step = Math.min(256, 2 ** Math.max(0, Math.floor(Math.log2(exact / 64))));
  return pages(Math.max(1, Math.floor(exact / step) * step));
}

/** Limits that are tried at once: as many as most machines have CPUs for, and always the same. */
const AT_ONCE = 4;
/** The answer is as good as this share of the span. */
const FINEST = 1 / 200;

/** Below `above` it runs without stalls or not, at `calm` it does; nothing is known of limits between. */
export interface Span {
  readonly below: Pages;
  readonly calm: Pages;
}

/** The limits to try next, evenly between; none when the span is as small as anybody needs. */
export function limitsWithin({ below, calm }: Span, most: Pages): Pages[] {
  const step = Math.max(1, Math.round(most * FINEST));
  const limits = new Set<Pages>();
  for (let i = 1; i <= AT_ONCE; i += 1) {
    const exact = below + ((calm - below) * i) / (AT_ONCE + 1);
    const limit = pages(Math.round(exact / step) * step);
    if (limit > below && limit < calm) limits.add(limit);
  }
  return [...limits];
}

/** What is left of the span when these were tried: the lowest from which on all are calm. */
export function narrowed(span: Span, tried: readonly { limit: Pages; calm: boolean }[]): Span {
  let { below, calm } = span;
  for (const each of [...tried].sort((a, b) => b.limit - a.limit)) {
    if (!each.calm) {
      below = each.limit;
      break;
    }
    calm = each.limit;
  }
  return { below, calm };
}

export const outlived = ({ error, oomKills }: Measurement): boolean => error === null && oomKills === 0;

/** Whether it lives on other days without any marks: who is killed for want of memory is not helped by them. */
export function* outlivesOtherDays(
  cells: readonly Cell[],
  without: Marks,
  known: (task: Task) => Measurement | undefined,
): Generator<readonly Task[], boolean, void> {
  for (const count of [SCREENED, VARIANTS]) {
    const days = onOtherDays(cells, without, count);
    yield days;
    if (!days.flatMap((day) => known(day) ?? []).every(outlived)) return false;
  }
  return true;
}
