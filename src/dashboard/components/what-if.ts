import { count, duration, size } from '../../report/human.ts';
import { rowOf, type Span } from '../draw/spans.ts';
import { fill, fillStart, safe } from '../draw/text.ts';
import { timeText } from '../draw/time-text.ts';
import type { Comparison } from '../stage.ts';
import type { Theme } from '../theme.ts';
import type { ForkView } from '../view.ts';

const FORMS: Readonly<Record<Comparison['as'], (value: number) => string>> = {
  count,
  time: duration,
  size: (bytes) => size(Math.round(bytes)),
};

/** Both futures, figure by figure, from where they part. */
export function whatIf(fork: ForkView, columns: number, theme: Theme): string[] {
  const label = columns >= 72 ? 24 : 14;
  const cell = columns >= 72 ? 12 : 9;
  const caughtUp = fork.progress < 1 ? '  (still catching up)' : '';
  return [
    rowOf(
      [
        [` from ${timeText(fork.at, 1e7)} on: `, theme.label],
        [fork.lines.join('; '), theme.whatIf],
        [caughtUp, theme.label],
      ],
      columns,
    ),
    rowOf(
      [
        ' '.repeat(label + 1),
        [fillStart('was', cell), theme.title],
        [fillStart('what if', cell), (text) => theme.whatIf(theme.title(text))],
        '   ',
      ],
      columns,
    ),
    ...fork.comparison.map((each) => comparisonRow(each, label, cell, columns, theme)),
  ];
}

function comparisonRow(each: Comparison, label: number, cell: number, columns: number, theme: Theme): string {
  const form = FORMS[each.as];
  return rowOf(
    [
      ' ',
      [fill(safe(each.name), label), theme.label],
      fillStart(form(each.was), cell),
      fillStart(form(each.whatIf), cell),
      '   ',
      difference(each, theme),
    ],
    columns,
  );
}

/** `3,584 fewer: better`. */
function difference({ was, whatIf: is, as, lessIsBetter }: Comparison, theme: Theme): Span {
  if (was === is) return ['the same', theme.label];
  const amount = FORMS[as](Math.abs(is - was));
  const isLess = is < was;
  const words = `${amount} ${isLess ? (as === 'count' ? 'fewer' : 'less') : 'more'}`;
  if (!lessIsBetter) return [words, null];
  return isLess ? [`${words}: better`, theme.background] : [`${words}: worse`, theme.bad];
}
