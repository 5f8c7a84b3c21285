import { cut, measured } from './text.ts';

export type Paint = (text: string) => string;

/** A piece of a row, and how it is painted; a bare string is not. */
export type Span = string | readonly [text: string, paint: Paint | null];

const textOf = (span: Span): string => (typeof span === 'string' ? span : span[0]);
const painted = (text: string, paint: Paint | null): string => (paint === null ? text : paint(text));

export const spansWidth = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + measured(textOf(span)).columns, 0);

/** One row: whatever is in the spans can't move the cursor, nor is it wider than `width`. */
export function rowOf(spans: readonly Span[], width: number): string {
  let row = '';
  let left = width;
  for (const span of spans) {
    if (left <= 0) break;
    const { text, columns } = measured(textOf(span));
    const paint = typeof span === 'string' ? null : span[1];
    row += painted(columns > left ? cut(text, left) : text, paint);
    left -= columns;
  }
  return row;
}

/** Spans at the left and at the right edge; those at the right give way. */
export function rowBetween(left: readonly Span[], right: readonly Span[], width: number): string {
  const gap = width - spansWidth(left) - spansWidth(right);
  return gap < 1 ? rowOf(left, width) : rowOf([...left, ' '.repeat(gap), ...right], width);
}

/** Cells side by side, painted in as few stretches as there are paints. */
export function cellSpans(cells: readonly string[], paints: readonly (Paint | null)[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let i = 1; i <= cells.length; i += 1) {
    if (i < cells.length && paints[i] === paints[from]) continue;
    spans.push([cells.slice(from, i).join(''), paints[from]]);
    from = i;
  }
  return spans;
}
