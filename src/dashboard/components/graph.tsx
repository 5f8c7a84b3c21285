import { type ReactElement, use } from 'react';
import { isSet, type Nanoseconds } from '../../kernel/units.ts';
import type { Curve } from '../../script/history/track.ts';
import { awakeRow, axisRow, timesRow } from '../draw/graph-strips.ts';
import { guttersOf } from '../draw/graph-window.ts';
import type { Size } from '../draw/layout.ts';
import { MARK_LINES, markLabels } from '../draw/mark-labels.ts';
import { plotRows, rowOfValue } from '../draw/plot.ts';
import { type ColumnEvents, eventsOf, markAt } from '../draw/resample.ts';
import { sizeScale } from '../draw/size-scale.ts';
import type { Row, Span } from '../draw/spans.ts';
import { fillStart } from '../draw/text.ts';
import { timeTicks } from '../draw/time-axis.ts';
import { type Charset, ThemeContext } from '../theme.ts';
import { Rows } from './rows.ts';

export interface GraphData {
  readonly curve: Curve;
  readonly fork: Curve | null;
  /** Where one stands in the past; null: in the present. */
  readonly cursor: Nanoseconds | null;
  /** Time the graph covers. */
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

/** Rows below the plot, by how much room there is: axis, times, strip of the reclaimer. */
const rowsBelow = (rows: number): number => (rows >= 8 ? 3 : rows >= 5 ? 2 : rows >= 3 ? 1 : 0);

/** Where the plot is, and what its axis goes up to. */
export function plotShape({ curve, fork }: GraphData, columns: number, rows: number) {
  const { left, right } = guttersOf(columns);
  const below = rowsBelow(rows);
  const height = rows - below;
  const most = Math.max(1, Math.floor(height / 2));
  const scale = sizeScale(fork === null ? [curve] : [curve, fork], most);
  return { left, right, width: columns - left - right, below, height, ...scale };
}

/**
 * Usage over virtual time with the marks as they were; below it the axis, on which stands what hurt
 * (`×` limit failure, `!` stall, `K` OOM kill), and how much of the time the reclaimer was awake.
 */
export function Graph({ data, columns, rows }: Size & { readonly data: GraphData }): ReactElement {
  const { charset } = use(ThemeContext);
  const { left, right, width, below, height, top, ticks } = plotShape(data, columns, rows);
  const { from, to, curve, fork } = data;
  const events = shownEvents(data, width);
  const columnOf = (at: number): number =>
    Math.min(width - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * width)));
  const cursor = data.cursor === null ? null : columnOf(data.cursor);
  const plot = plotRows({ from, to, curve, fork, events, cursor, top }, width, height, charset);

  const labels = labelsOf(events, top, height, right >= 17, charset);
  const axis = new Map(ticks.map(({ at, label }) => [rowOfValue(at, top, height, charset), label]));
  const legend = fork === null ? [] : legendOf(charset);
  const body = plot.map((spans, row): Row => {
    const tick = axis.get(row) ?? '';
    const mark = labels.get(row) ?? '';
    const edge = tick === '' ? '│' : '┤';
    if (right === 0) {
      const named: Span =
        mark === '' ? [fillStart(tick, left - 2), 'label'] : [fillStart(mark.slice(2), left - 2), 'mark'];
      return [named, [` ${edge}`, 'label'], ...spans];
    }
    const said: Span = mark === '' ? (legend[row - (height - legend.length)] ?? '') : [mark, 'mark'];
    return [[`${fillStart(tick, left - 2)} ${edge}`, 'label'], ...spans, ' ', said];
  });

  const times = timeTicks(from, to, Math.max(1, Math.floor(width / 14)));
  const strips = [
    () =>
      axisRow(
        events,
        times.map(({ at }) => columnOf(at)),
        below === 1,
        { left, right },
      ),
    () => timesRow(data.cursor, times, columnOf, left, width),
    () => awakeRow(events, left),
  ];
  return <Rows rows={[...body, ...strips.slice(0, below).map((strip) => strip())]} columns={columns} />;
}

/** Which curve is which; where both are in one cell, it has the colour of the second and the form of the first. */
function legendOf(charset: Charset): Span[] {
  const [was, is, both] = charset === 'ascii' ? '*o8' : '━┅━';
  return [
    [`${was} was`, 'label'],
    [`${is} what if`, 'whatIf'],
    [`${both} both`, 'whatIf'],
  ];
}

/** Of the fork as far as it goes: there one stands. */
function shownEvents({ curve, fork, from, to }: GraphData, width: number): ColumnEvents[] {
  const recorded = eventsOf(curve, { from, to }, width);
  if (fork === null) return recorded;
  const forked = eventsOf(fork, { from, to }, width);
  return recorded.map((events, i) => (forked[i].marks === undefined ? events : forked[i]));
}

function labelsOf(
  events: readonly ColumnEvents[],
  top: number,
  rows: number,
  at: boolean,
  charset: Charset,
): Map<number, string> {
  const now = events.findLast(({ marks }) => marks !== undefined);
  if (now === undefined) return new Map();
  const placed = MARK_LINES.flatMap((mark) => {
    const value = markAt(now, mark.name);
    return isSet(value) ? [{ mark, value, row: rowOfValue(value, top, rows, charset) }] : [];
  });
  return markLabels(placed, rows, at);
}
