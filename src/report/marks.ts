import { pageSize } from '../kernel/numbers.ts';
import { type Pages, setOrNull } from '../kernel/units.ts';
import type { FigureNames } from '../machine/machine.ts';
import type { Marks } from '../script/result.ts';

/** A watermark or the limit: its name, and what the reclaimer does there. */
export interface Mark {
  readonly name: 'limit' | 'high' | 'low';
  readonly verb: string;
  /** What it means to a reader of a table. */
  readonly title: string;
  /** How its line is drawn: told apart by form, not by colour alone. */
  readonly line: string;
  readonly ascii: string;
}

/** From the top down, as they stand in a chart. */
export const MARKS: readonly Mark[] = [
  { name: 'limit', verb: '', title: 'limit', line: '─', ascii: '=' },
  { name: 'high', verb: ' start', title: 'start at', line: '╌', ascii: '-' },
  { name: 'low', verb: ' stop', title: 'stop at', line: '┈', ascii: '.' },
];

/** The mark's value in pages, or null when it is not set. */
export function markOf(marks: Omit<Marks, 'time'> | undefined, mark: Mark): Pages | null {
  return setOrNull(marks?.[mark.name] ?? null);
}

/** What a reader of a table is told that it is. */
export const titleOf = ({ name, title }: Mark, names: FigureNames): string => names[name]?.title ?? title;

export interface Placed {
  readonly mark: Mark;
  readonly value: Pages;
  readonly row: number;
  /** What the policy calls it; if left out, its own name. */
  readonly called?: string;
}

/** The labels of the marks by row, `limit 64M`; those of one row are merged: `limit = high 64M`, `high 56M, low 55M`. */
export function markLabels(placed: readonly Placed[], verbs: boolean): Map<number, string> {
  const labels = new Map<number, string>();
  for (const row of new Set(placed.map((each) => each.row))) {
    const here = placed.filter((each) => each.row === row);
    const values = [...new Set(here.map(({ value }) => value))];
    labels.set(row, values.map((value) => labelOf(here, value, verbs)).join(', '));
  }
  return labels;
}

/** Equal marks are named together, and their verbs left out. */
function labelOf(placed: readonly Placed[], value: Pages, verbs: boolean): string {
  const equal = placed.filter((each) => each.value === value);
  const verb = verbs && equal.length === 1 ? equal[0].mark.verb : '';
  const names = equal.map(({ mark, called }) => called ?? mark.name);
  return `${names.join(' = ')} ${pageSize(value)}${verb}`;
}

/** All the marks in one line, each with the form of its line: for charts too narrow for labels. */
export const markLegend = (placed: readonly Placed[], unicode: boolean): string =>
  placed
    .map((each) => `${unicode ? each.mark.line : each.mark.ascii} ${labelOf([each], each.value, true)}`)
    .join(', ');
