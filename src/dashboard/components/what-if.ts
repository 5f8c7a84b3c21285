import { count, duration, instant, percent, size, times } from '../../kernel/numbers.ts';
import { judge } from '../draw/judgement.ts';
import { type Row, type Span, spansWidth } from '../draw/spans.ts';
import { fill, fillStart, hanging, safe } from '../draw/text.ts';
import type { Comparison } from '../stage/stage.ts';
import type { ForkView } from '../view.ts';

const FORMS: Readonly<Record<Comparison['as'], (value: number) => string>> = {
  count,
  time: duration,
  size: (bytes) => size(Math.round(bytes)),
};

/** Which future is better and by how much; then both figure by figure, from where they part. */
export function whatIf(fork: ForkView, columns: number): Row[] {
  const label = columns >= 72 ? 24 : 14;
  const cell = columns >= 72 ? 12 : 9;
  const from: Row = [
    [` from ${instant(fork.at, 1e7)} on: `, 'label'],
    [fork.lines.join('; '), 'whatIf'],
    [fork.progress < 1 ? '  (still catching up)' : '', 'label'],
  ];
  const heading: Row = [
    ' '.repeat(label + 1),
    [fillStart('was', cell), 'title'],
    [fillStart('what if', cell), 'whatIf title'],
    '   ',
  ];
  const rows = fork.comparison.map((each) => comparisonRow(each, label, cell, columns));
  return [from, ...judgement(fork, columns), heading, ...rows];
}

function judgement({ comparison, progress }: ForkView, columns: number): Row[] {
  if (comparison.length === 0) return [];
  const { word, says } = judge(comparison);
  const look = word === 'better' ? 'background' : word === 'worse' ? 'bad' : 'label';
  const badge = ` ${progress < 1 ? 'SO FAR ' : ''}${word.toUpperCase()}: `;
  return hanging(says, columns - badge.length, columns - 2).map((line, i) =>
    i === 0 ? [[badge, `${look} title`], line] : [' ', line],
  );
}

function comparisonRow(each: Comparison, label: number, cell: number, columns: number): Row {
  const form = FORMS[each.as];
  const figures: readonly Span[] = [
    ' ',
    [fill(safe(each.name), label), 'label'],
    fillStart(form(each.was), cell),
    fillStart(form(each.whatIf), cell),
    columns >= 72 ? '   ' : ' ',
  ];
  return [...figures, difference(each, columns - spansWidth(figures))];
}

/** `3,584 fewer: better`, `39 ms less (76 %): better`; less of it where there is less room. */
function difference({ was, whatIf: is, as, lessIsBetter }: Comparison, room: number): Span {
  if (was === is) return [room < 8 ? 'same' : 'the same', 'label'];
  const isLess = is < was;
  const amount = `${FORMS[as](Math.abs(is - was))} ${isLess ? (as === 'count' ? 'fewer' : 'less') : 'more'}`;
  const how = was > 0 && is > 0 ? ` (${share(was, is)})` : '';
  const word = !lessIsBetter ? '' : isLess ? 'better' : 'worse';
  const paint = !lessIsBetter ? null : isLess ? 'background' : 'bad';
  const end = word === '' ? '' : `: ${word}`;
  const said = [`${amount}${how}${end}`, `${amount}${end}`].find((each) => each.length <= room);
  return [said ?? word, paint];
}

const share = (was: number, is: number): string =>
  is < 2 * was ? percent(Math.abs(1 - is / was)) : `${times(is / was)}`;
