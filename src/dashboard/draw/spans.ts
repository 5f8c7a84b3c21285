import type { Look } from '../theme.ts';
import { cut, measured } from './text.ts';

/** A piece of a row, and how it looks; a bare string, or null: as any text. */
export type Span = string | readonly [text: string, look: Look | null];
/** What stands in one row of the screen, from left to right. */
export type Row = readonly Span[];

export const textOf = (span: Span): string => (typeof span === 'string' ? span : span[0]);
export const lookOf = (span: Span): Look | null => (typeof span === 'string' ? null : span[1]);

export const spansWidth = (spans: Row): number =>
  spans.reduce((sum, span) => sum + measured(textOf(span)).columns, 0);

/** One row: whatever is in the spans can't move the cursor, nor is it wider than `width`. */
export function rowOf(spans: Row, width: number): Row {
  const row: Span[] = [];
  let left = width;
  for (const span of spans) {
    if (left <= 0) break;
    const { text, columns } = measured(textOf(span));
    if (text !== '') row.push([columns > left ? cut(text, left) : text, lookOf(span)]);
    left -= columns;
  }
  return row;
}

/** Spans at the left and at the right edge; those at the right give way. */
export function rowBetween(left: Row, right: Row, width: number): Row {
  const gap = width - spansWidth(left) - spansWidth(right);
  return gap < 1 ? rowOf(left, width) : rowOf([...left, ' '.repeat(gap), ...right], width);
}

/** Cells side by side, in as few stretches as there are looks. */
export function cellSpans(cells: readonly string[], looks: readonly (Look | null)[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let i = 1; i <= cells.length; i += 1) {
    if (i < cells.length && looks[i] === looks[from]) continue;
    spans.push([cells.slice(from, i).join(''), looks[from]]);
    from = i;
  }
  return spans;
}
