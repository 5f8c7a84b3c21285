import { isSet, type Nanoseconds } from '../../kernel/units.ts';
import { dotOf, rasterize } from '../../report/raster.ts';
import type { Curve } from '../../script/history/track.ts';
import type { Charset, Look } from '../theme.ts';
import { GRAINS, PENS } from './grain.ts';
import { MARK_LINES } from './mark-labels.ts';
import { bandsOf, type ColumnEvents, markAt } from './resample.ts';
import { cellSpans, type Span } from './spans.ts';

export interface PlotData {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly curve: Curve;
  /** The other future; null: there is none. */
  readonly fork: Curve | null;
  /** One for each column. */
  readonly events: readonly ColumnEvents[];
  /** The column where one stands in the past; null: in the present. */
  readonly cursor: number | null;
  /** Topmost value, pages. */
  readonly top: number;
}

/** The row (0 is the topmost) in which a value is drawn; -1: above the plot. */
export function rowOfValue(value: number, top: number, rows: number, charset: Charset): number {
  if (value > top) return -1;
  const { down } = GRAINS[charset];
  return rows - 1 - Math.floor(dotOf(value, top, rows * down) / down);
}

/** The curves over the marks' lines, as they were at each time. */
export function plotRows(data: PlotData, columns: number, rows: number, charset: Charset): Span[][] {
  const cells = Array.from({ length: rows }, () => new Array<string>(columns).fill(' '));
  const looks = Array.from({ length: rows }, () => new Array<Look | null>(columns).fill(null));
  const put = (row: number, column: number, cell: string, look: Look | null): void => {
    cells[row][column] = cell;
    looks[row][column] = look;
  };
  for (const [column, events] of data.events.entries()) {
    // From low up to limit, so that where two share a cell the limit is seen.
    for (const { name, line } of MARK_LINES.toReversed()) {
      const value = markAt(events, name);
      const row = isSet(value) ? rowOfValue(value, data.top, rows, charset) : -1;
      if (row >= 0) put(row, column, line, 'mark');
    }
  }
  const { cursor } = data;
  if (cursor !== null) for (let row = 0; row < rows; row += 1) put(row, cursor, '│', 'past');

  const { grain, second, both } = PENS[charset];
  const dots = (curve: Curve): readonly (readonly number[])[] =>
    rasterize(bandsOf(curve, data, columns * grain.across), data.top, rows, { ...grain, draw: asCode }).map(
      (line) => line.map((cell) => cell?.charCodeAt(0) ?? 0),
    );
  const { fork } = data;
  const was = dots(data.curve);
  const whatIf = fork === null ? null : dots(fork);
  for (const [row, line] of was.entries()) {
    for (const [column, first] of line.entries()) {
      const other = whatIf?.[row][column] ?? 0;
      if (first > 0 && other > 0) put(row, column, both(first | other), 'whatIf');
      else if (other > 0) put(row, column, second(other), 'whatIf');
      else if (first > 0) put(row, column, grain.draw(first), fork === null ? null : 'label');
    }
  }
  return cells.map((line, row) => cellSpans(line, looks[row]));
}

/** The dots of a cell, for another to draw. */
const asCode = (dots: number): string => String.fromCharCode(dots);
