import { type Row, rowOf, type Span, spansWidth } from './spans.ts';
import { fill } from './text.ts';

/** A name and its value; notes behind it that are left out, the last first, where there is no room. */
export interface Figure {
  readonly name: string;
  readonly value: Span;
  readonly notes?: readonly Span[];
}

const GAP = 2;

/** Figures below each other, their values aligned, each row filled up. */
function figureRows(figures: readonly Figure[], columns: number): Row[] {
  const label = Math.max(0, ...figures.map(({ name }) => name.length));
  return figures.map(({ name, value, notes = [] }) => {
    const spans: Span[] = [' ', [fill(name, label), 'label'], ' '.repeat(GAP), value];
    for (const note of notes) {
      if (spansWidth([...spans, note]) > columns - 1) break;
      spans.push(note);
    }
    return rowOf([...spans, ' '.repeat(Math.max(0, columns - spansWidth(spans)))], columns);
  });
}

/** In two columns where there is room for them, the second beside the first. */
export function figuresBeside(left: readonly Figure[], right: readonly Figure[], columns: number): Row[] {
  if (columns < 72) return figureRows([...left, ...right], columns);
  const half = columns >> 1;
  const first = figureRows(left, half);
  const second = figureRows(right, columns - half);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [
    ...(first[i] ?? [' '.repeat(half)]),
    ...(second[i] ?? []),
  ]);
}
