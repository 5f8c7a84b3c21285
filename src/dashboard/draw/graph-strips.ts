import { compact, instant, percent } from '../../kernel/numbers.ts';
import { type Nanoseconds, ns } from '../../kernel/units.ts';
import type { Look } from '../theme.ts';
import type { Gutters } from './graph-window.ts';
import type { ColumnEvents } from './resample.ts';
import { cellSpans, type Span } from './spans.ts';
import { fillStart } from './text.ts';

/** What stands below the plot of a graph. */

const SHADES = ' ▁▂▃▄▅▆▇█';

/** The line below the plot. Where there is no room for a strip, it is heavy while the reclaimer was awake. */
export function axisRow(
  events: readonly ColumnEvents[],
  ticks: readonly number[],
  heavy: boolean,
  { left, right }: Gutters,
): Span[] {
  const cells: string[] = [];
  const looks: Look[] = [];
  for (const [column, { awake, failures, stalls, oomKills }] of events.entries()) {
    const sign = oomKills > 0 ? 'K' : stalls > 0 ? '!' : failures > 0 ? '×' : null;
    const line = heavy && awake > 0 ? '━' : ticks.includes(column) ? '┬' : '─';
    cells.push(sign ?? line);
    looks.push(sign !== null ? 'bad' : line === '━' ? 'background' : 'label');
  }
  return [
    [`${' '.repeat(left - 1)}└`, 'label'],
    ...cellSpans(cells, looks),
    ' ',
    [troubles(events, right - 1), 'bad'],
  ];
}

/** The worst that happened in the window, with its sign. */
function troubles(events: readonly ColumnEvents[], room: number): string {
  const sum = (read: (column: ColumnEvents) => number): number =>
    events.reduce((total, column) => total + read(column), 0);
  const kills = sum(({ oomKills }) => oomKills);
  const stalls = sum((column) => column.stalls);
  const failures = sum((column) => column.failures);
  const [sign, number, what] =
    kills > 0 ? ['K', kills, 'killed'] : stalls > 0 ? ['!', stalls, 'stalls'] : ['×', failures, 'at limit'];
  if (number === 0) return '';
  const short = `${sign} ${compact(number)}`;
  return short.length + 1 + what.length <= room ? `${sign} ${what} ${compact(number)}` : short;
}

export function timesRow(
  cursor: Nanoseconds | null,
  ticks: readonly { readonly at: number; readonly label: string }[],
  columnOf: (at: number) => number,
  left: number,
  width: number,
): Span[] {
  const place = (at: number, label: string): { start: number; label: string } => ({
    start: Math.min(width - label.length, Math.max(0, columnOf(at) - Math.floor((label.length - 1) / 2))),
    label,
  });
  const here = cursor === null ? null : place(cursor, `▲ ${instant(ns(cursor))}`);
  const spans: Span[] = [' '.repeat(left)];
  let at = 0;
  const add = ({ start, label }: { start: number; label: string }, look: Look): void => {
    spans.push(' '.repeat(start - at), [label, look]);
    at = start + label.length;
  };
  const placed = ticks.map((tick) => place(tick.at, tick.label));
  const free = placed.filter(
    ({ start, label }) =>
      here === null || start + label.length < here.start || start > here.start + here.label.length,
  );
  for (const each of [...free, ...(here === null ? [] : [here])].sort((a, b) => a.start - b.start)) {
    if (at > 0 && each.start <= at) continue;
    add(each, each === here ? 'past' : 'label');
  }
  return spans;
}

export function awakeRow(events: readonly ColumnEvents[], left: number): Span[] {
  const known = events.filter(({ marks }) => marks !== undefined);
  const cells = events.map(({ awake }) =>
    awake <= 0 ? ' ' : (SHADES[Math.min(8, Math.max(1, Math.ceil(awake * 8)))] ?? ' '),
  );
  const share = known.reduce((sum, { awake }) => sum + awake, 0) / Math.max(1, known.length);
  const said = share > 0 ? `${percent(Math.min(1, share))} of time` : 'never';
  return [
    [fillStart('awake', left - 2), 'label'],
    '  ',
    [cells.join(''), 'background'],
    ' ',
    [said, 'label'],
  ];
}
