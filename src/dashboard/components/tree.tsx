import type { ReactElement } from 'react';
import { type FigureNames, figureNamesIn } from '../../machine/machine.ts';
import { widthOf } from '../../report/width.ts';
import { bar } from '../draw/bar.ts';
import { COLUMNS, type ColumnName } from '../draw/columns.ts';
import type { Size } from '../draw/layout.ts';
import type { Row, Span } from '../draw/spans.ts';
import { cutStart, fill, fillStart, safe } from '../draw/text.ts';
import { type ShownColumn, shownColumns } from '../draw/tree-columns.ts';
import type { TreeRow } from '../draw/tree-rows.ts';
import type { UiState } from '../ui-state.ts';
import { Rows } from './rows.ts';

/** What stands before each row. */
const MARGIN = 2;

interface TreeProps extends Size {
  /** All that could be in sight. */
  readonly cgroups: readonly TreeRow[];
  readonly ui: UiState;
  /** The machine's, pages. */
  readonly memory: number;
  readonly heading: boolean;
}

/** Which row is selected, and which is the first in sight where there is room for so many. */
export function sightOf(cgroups: readonly TreeRow[], ui: UiState, room: number) {
  const selected = cgroups.findIndex(({ cgroup }) => cgroup.path === ui.selected);
  return { selected, first: Math.max(0, Math.min(cgroups.length - room, selected - Math.floor(room / 2))) };
}

/** One row for each cgroup that is in sight. The selected one stays in the middle while there is more above and below. */
export function Tree({ cgroups, ui, memory, heading, columns, rows: height }: TreeProps): ReactElement {
  const room = Math.max(0, height - (heading ? 1 : 0));
  const { selected, first } = sightOf(cgroups, ui, room);
  const seen = cgroups.slice(first, first + room);
  const title = titleOf(first, first + seen.length, cgroups.length);
  const label = Math.max(title.length, ...seen.map((row) => widthOf(safe(nameOf(row)))));
  const shown = shownColumns(columns - MARGIN, ui.sort.column, label);
  // All cgroups are of one machine.
  const names = figureNamesIn(cgroups[0]?.cgroup ?? {});
  const lines = seen.map((row, i) => rowLine(row, first + i === selected, shown, memory));
  const none: Row[] = cgroups.length === 0 ? [[['  no path contains ', 'label'], ui.filter]] : [];
  const all = [...(heading ? [headingLine(shown, ui, title, names)] : []), ...lines, ...none];
  return <Rows rows={all} columns={columns} height={height} />;
}

/** With the lines that lead to it. */
function nameOf({ trail, label, folded }: TreeRow): string {
  return `${branchOf(trail)}${folded > 0 ? '▸ ' : ''}${label}${folded > 0 ? ` +${folded}` : ''}`;
}

function branchOf(trail: readonly boolean[]): string {
  const before = trail.slice(0, -1).map((goesOn) => (goesOn ? '│ ' : '  '));
  const last = trail.at(-1);
  return before.join('') + (last === undefined ? '' : last ? '├─' : '└─');
}

/** Over the names: which of all rows are in sight, if not all. */
const titleOf = (first: number, last: number, all: number): string =>
  last - first < all ? `cgroup ${first + 1}-${last} of ${all}` : 'cgroup';

/** Where the bar's marks are explained, as far as there is room; a machine without a mark to stop at has no such line. */
function barTitle(columns: number, { low, high, limit }: FigureNames): string {
  const stop = low === null ? '' : `${low.name}┊`;
  const start = `${stop}${high?.name ?? 'start'}╎`;
  if (columns >= 17) return `${start}${limit.name}│`;
  return columns >= 12 ? `${start}│` : low === null ? '╎ │' : '┊ ╎ │';
}

/** By what the kernel calls it. */
function columnTitle(name: ColumnName, names: FigureNames): string {
  if (name === 'limit') return names.limit.name;
  return name === 'failcnt' && names.first === 'refaults' ? 'events' : name;
}

function headingLine(shown: readonly ShownColumn[], ui: UiState, title: string, names: FigureNames): Row {
  const spans: Span[] = [' '];
  for (const { name, width: columns } of shown) {
    const isSorted = name === ui.sort.column;
    // Of the gap before the column.
    spans.push([isSorted ? (ui.sort.descending ? '▼' : '▲') : ' ', 'title']);
    const look = isSorted ? 'title' : 'label';
    if (name === 'bar') spans.push([fill(barTitle(columns, names), columns), 'label']);
    else if (name === 'name') spans.push([fill(title, columns), look]);
    else {
      const text = columnTitle(name, names);
      spans.push([COLUMNS[name].left ? fill(text, columns) : fillStart(text, columns), look]);
    }
  }
  return spans;
}

function rowLine(row: TreeRow, isSelected: boolean, shown: readonly ShownColumn[], memory: number): Row {
  const { cgroup } = row;
  const spans: Span[] = [[isSelected ? '▶' : ' ', 'title']];
  for (const { name, width: columns } of shown) {
    spans.push(' ');
    if (name === 'name') spans.push(...nameSpans(row, isSelected, columns));
    else if (name === 'bar') spans.push(...bar(cgroup, columns, memory));
    else spans.push(...cellOf(name, cgroup, columns));
  }
  return spans;
}

function nameSpans(row: TreeRow, isSelected: boolean, columns: number): Span[] {
  const branch = cutStart(branchOf(row.trail), Math.floor(columns / 2));
  const name = safe(nameOf(row).slice(branchOf(row.trail).length));
  const room = columns - widthOf(branch);
  // In a flat list the end of a path tells more than its beginning.
  const shown = row.trail.length === 0 && row.folded === 0 ? cutStart(name, room) : name;
  return [
    [branch, 'label'],
    [fill(shown, room), isSelected ? 'selected' : null],
  ];
}

function cellOf(name: keyof typeof COLUMNS, cgroup: TreeRow['cgroup'], columns: number): Span[] {
  const column = COLUMNS[name];
  const look = column.look?.(cgroup) ?? null;
  const text = column.text(cgroup);
  // An alarm's background ends with its word.
  if (column.left === true && widthOf(text) < columns) {
    return [[text, look], ' '.repeat(columns - widthOf(text))];
  }
  return [[column.left === true ? fill(text, columns) : fillStart(text, columns), look]];
}
