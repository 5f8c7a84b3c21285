import { pageSize } from '../kernel/numbers.ts';
import { type Pages, setOrNull } from '../kernel/units.ts';
import type { FigureNames } from '../machine/machine.ts';
import type { Marks } from '../script/result.ts';

/** A watermark or the limit. What a policy calls its marks differs, and once the other way round: people are told what happens there. */
export interface Mark {
  readonly name: 'limit' | 'high' | 'low';
  readonly word: 'limit' | 'start' | 'stop';
  /** The same in a table. */
  readonly title: string;
  /** How its line is drawn: told apart by form, not by colour alone. */
  readonly line: string;
  readonly ascii: string;
}

/** From the top down, as they stand in a chart. */
export const MARKS: readonly Mark[] = [
  { name: 'limit', word: 'limit', title: 'limit', line: '─', ascii: '=' },
  { name: 'high', word: 'start', title: 'start at', line: '╌', ascii: '-' },
  { name: 'low', word: 'stop', title: 'stop at', line: '┈', ascii: '.' },
];

/** The mark's value in pages, or null when it is not set. */
export function markOf(marks: Omit<Marks, 'time'> | undefined, mark: Mark): Pages | null {
  return setOrNull(marks?.[mark.name] ?? null);
}

/** What a reader of a table is told that it is. */
export const titleOf = ({ name, title }: Mark, names: FigureNames): string => names[name]?.title ?? title;
/** And of a picture. */
export const wordOf = ({ name, word }: Mark, names: Partial<FigureNames>): string =>
  names[name]?.name ?? word;

/** A mark that is set: what the kernel calls it, and its size. */
export interface Called {
  readonly called: string;
  readonly value: Pages;
}

export const calledMarks = (marks: Omit<Marks, 'time'> | undefined, names: FigureNames): Called[] =>
  MARKS.flatMap((mark) => {
    const value = markOf(marks, mark);
    return value === null ? [] : [{ called: wordOf(mark, names), value }];
  });

export interface Placed extends Called {
  readonly mark: Mark;
  readonly row: number;
}

/** The labels of the marks by row, `limit 64M`; those of one row are merged: `limit = start 64M`, `start 56M, stop 55M`. */
export function markLabels(placed: readonly Omit<Placed, 'mark'>[]): Map<number, string> {
  const labels = new Map<number, string>();
  for (const row of new Set(placed.map((each) => each.row))) {
    const here = placed.filter((each) => each.row === row);
    const values = [...new Set(here.map(({ value }) => value))];
    labels.set(row, values.map((value) => labelOf(here, value)).join(', '));
  }
  return labels;
}

/** Equal marks are named together. */
function labelOf(placed: readonly Called[], value: Pages): string {
  const equal = placed.filter((each) => each.value === value);
  return `${equal.map(({ called }) => called).join(' = ')} ${pageSize(value)}`;
}

/** All the marks in one line, each with the form of its line: for charts too narrow for labels. */
export const markLegend = (placed: readonly Placed[], unicode: boolean): string =>
  placed
    .map((each) => `${unicode ? each.mark.line : each.mark.ascii} ${labelOf([each], each.value)}`)
    .join(', ');
