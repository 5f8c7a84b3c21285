import type { UiState } from '../ui-state.ts';

/** What there is to draw on, or a part of it. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Below this the screen only says that it is too small. */
export const SMALLEST: Size = { columns: 39, rows: 11 };

/** How many rows each part of the screen has, from the top down; 0: it is not shown. */
export interface Layout {
  readonly header: number;
  /** The line of the script that plays, and what it says above it. */
  readonly told: number;
  /** With its heading, where `heading` says so. */
  readonly tree: number;
  readonly heading: boolean;
  /** What is to be said of the selected cgroup. */
  readonly verdict: number;
  readonly graph: number;
  /** With the bar of tabs. */
  readonly tab: number;
  readonly footer: number;
}

export const isTooSmall = ({ columns, rows }: Size): boolean =>
  columns < SMALLEST.columns || rows < SMALLEST.rows;

const MOST_GRAPH = 22;
/** Its bar, and the first four rows of the overview. */
const LEAST_TAB = 5;
/** What two futures come to, and some rows of their table. */
const LEAST_WHAT_IF = 9;
const NONE = { tree: 0, heading: false, verdict: 0, graph: 0, tab: 0 };

/**
 * Shares out all rows. Depends on nothing that changes by itself but the number of rows in the tree,
 * so that the parts stand still while figures move. `said`: rows of what was answered.
 */
export function layoutOf(
  ui: UiState,
  { columns, rows }: Size,
  treeRows: number,
  said: number,
  isScript: boolean,
): Layout {
  const roomy = rows >= 20;
  const header = rows >= 28 ? 2 : 1;
  const told = isScript ? (rows >= 28 ? 3 : roomy ? 2 : 1) : 0;
  const footer = Math.max(roomy || ui.mode.kind !== 'browse' ? 2 : 1, 1 + said);
  const verdict = roomy && rows < 28 && columns >= 100 ? 2 : 3;
  const frame = { header, told, footer, heading: roomy };
  const body = rows - header - told - footer;
  if (ui.mode.kind === 'help' || ui.mode.kind === 'answer') return { ...NONE, ...frame, tab: body };
  if (ui.only === 'tree') return { ...NONE, ...frame, tree: body, heading: true };
  const rest = body - verdict;
  if (ui.only === 'graph') return { ...NONE, ...frame, verdict, graph: rest };
  if (ui.only === 'tab') return { ...NONE, ...frame, verdict, tab: rest };

  if (!roomy) {
    const tree = Math.min(treeRows, Math.floor(rest / 2));
    return { ...frame, verdict, tree, graph: rest - tree, tab: 0 };
  }
  const tree = Math.min(treeRows + 1, Math.max(4, Math.floor(rest * 0.3)));
  const least = ui.tab === 'what if' ? LEAST_WHAT_IF : LEAST_TAB;
  const graph = Math.min(MOST_GRAPH, rest - tree - least, Math.ceil((rest - tree) * 0.6));
  return { ...frame, verdict, tree, graph, tab: rest - tree - graph };
}
