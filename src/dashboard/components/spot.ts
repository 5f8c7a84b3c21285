import { isSet, type Nanoseconds, ns } from '../../kernel/units.ts';
import { MARK_LINES, type MarkName } from '../draw/mark-labels.ts';
import { rowOfValue } from '../draw/plot.ts';
import type { Tab } from '../ui-state.ts';
import { selectedRow } from '../view.ts';
import { plotShape } from './graph.tsx';
import { arranged, graphData, type Shown } from './screen.tsx';
import { tabAt } from './tab.tsx';
import { sightOf } from './tree.tsx';

/** What is drawn in a cell. */
export type Spot =
  | { readonly on: 'tree'; readonly path: string }
  /** `size`: what a line drawn there would stand for, pages; `mark`: whose line is there, or next to it. */
  | {
      readonly on: 'graph';
      readonly time: Nanoseconds;
      readonly size: number;
      readonly mark: MarkName | null;
    }
  /** Of its bar, a name may be there. */
  | { readonly on: 'tab'; readonly tab: Tab | null }
  | { readonly on: 'nothing' };

/** So many rows beside it a line is taken hold of. */
const NEAR = 1;

export function spotAt(shown: Shown, at: { readonly column: number; readonly row: number }): Spot {
  const { view, ui, size } = shown;
  const { rows, layout } = arranged(shown);
  let row = at.row - layout.header - layout.told;
  if (row >= 0 && row < layout.tree) {
    const heading = layout.heading ? 1 : 0;
    const path = rows[sightOf(rows, ui, layout.tree - heading).first + row - heading]?.cgroup.path;
    return row < heading || path === undefined ? { on: 'nothing' } : { on: 'tree', path };
  }
  row -= layout.tree + layout.verdict;
  if (row >= 0 && row < layout.graph) return inGraph(shown, layout.graph, at.column, row);
  row -= layout.graph;
  if (row < 0 || row >= layout.tab) return { on: 'nothing' };
  return { on: 'tab', tab: row === 0 ? tabAt(at.column, ui.tab, view.fork !== null, size.columns) : null };
}

function inGraph({ view, ui, size: { columns } }: Shown, rows: number, column: number, row: number): Spot {
  const data = graphData(view, ui, columns);
  const { left, width, height, top } = plotShape(data, columns, rows);
  const share = Math.min(1, Math.max(0, (column - left) / width));
  const time = ns(Math.round(data.from + share * (data.to - data.from)));
  const { usage } = selectedRow(view.snapshot, ui);
  const [nearest] = MARK_LINES.filter(({ name }) => isSet(usage[name]))
    .map(({ name }) => ({ name, away: Math.abs(rowOfValue(usage[name], top, height, 'braille') - row) }))
    .filter(({ away }) => away <= NEAR && row < height)
    .sort((a, b) => a.away - b.away);
  const size = Math.max(0, ((height - row - 0.5) / height) * top);
  return { on: 'graph', time, size, mark: nearest?.name ?? null };
}
