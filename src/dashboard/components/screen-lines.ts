import { inAscii } from '../draw/ascii.ts';
import { graphWindow } from '../draw/graph-window.ts';
import { isTooSmall, layoutOf, type Size, SMALLEST } from '../draw/layout.ts';
import { allRows, inSight, mostScroll, type Scrolled, scrollNote } from '../draw/scrolled.ts';
import { rowOf, type Span, spansWidth } from '../draw/spans.ts';
import { wrap } from '../draw/text.ts';
import { treeRows } from '../draw/tree-rows.ts';
import type { Theme } from '../theme.ts';
import type { UiState } from '../ui-state.ts';
import { selectedRow, type View } from '../view.ts';
import { footer, saidRows } from './footer.ts';
import { graph } from './graph.ts';
import { header } from './header.ts';
import { help } from './help.ts';
import { tabBar } from './tab-bar.ts';
import { tabContent } from './tab-content.ts';
import { tree } from './tree.ts';
import { verdict } from './verdict.ts';

export interface ScreenProps {
  readonly view: View;
  readonly ui: UiState;
  /** Of the terminal; its last row stays empty. */
  readonly size: Size;
  readonly theme: Theme;
}

/** Everything, a string a row: `size.rows - 1` rows, none wider than `size.columns`. */
export function screenLines(props: ScreenProps): string[] {
  const { size, theme } = props;
  const lines = isTooSmall(size) ? tooSmall(size) : parts(props);
  return theme.charset === 'ascii' ? lines.map(inAscii) : lines;
}

function tooSmall({ columns, rows }: Size): string[] {
  const { columns: least, rows: lowest } = SMALLEST;
  const text = `terminal too small: ${columns}x${rows}, needs ${least}x${lowest}`;
  return wrap(text, Math.max(1, columns)).slice(0, Math.max(1, rows - 1));
}

function parts({ view, ui, size, theme }: ScreenProps): string[] {
  const { columns } = size;
  const rows = treeRows(view.snapshot.cgroups, ui);
  const layout = layoutOf(ui, size, rows.length, saidRows(view, ui, columns).length);
  const cgroup = selectedRow(view.snapshot, ui);
  const part = (height: number, draw: (size: Size) => string[]): string[] =>
    height > 0 ? draw({ columns, rows: height }) : [];
  return [
    ...part(layout.header, (at) => header(view, at, theme)),
    ...part(layout.tree, (at) =>
      filled(tree(rows, ui, view.snapshot.totals.memory, at, layout.heading, theme), at),
    ),
    ...part(layout.verdict, (at) => verdict(cgroup, at, theme)),
    ...part(layout.graph, (at) => graph(graphData(view, ui, columns), at, theme)),
    ...part(layout.tab, (at) => body(view, ui, at, theme)),
    ...part(layout.footer, (at) => footer(view, ui, at, theme)),
  ];
}

const filled = (lines: readonly string[], { rows }: Size): string[] =>
  Array.from({ length: rows }, (_, i) => lines[i] ?? '');

function graphData({ clock, curve, fork }: View, ui: UiState, columns: number) {
  return {
    ...graphWindow(clock, ui.span, columns),
    curve,
    fork: fork?.curve ?? null,
    cursor: clock.standing === 'past' ? clock.time : null,
  };
}

/** The tab below its bar; or help, or an answer, in its place. */
function body(view: View, ui: UiState, { columns, rows }: Size, theme: Theme): string[] {
  const room = rows - 1;
  const content = bodyContent(view, ui, columns, room, theme);
  const { mode } = ui;
  const scroll = mode.kind === 'help' || mode.kind === 'answer' ? mode.scroll : ui.scroll;
  const note = scrollNote(content, scroll, room);
  const bar =
    mode.kind === 'help'
      ? titleBar('help', note, columns, theme)
      : mode.kind === 'answer'
        ? titleBar(mode.title, note, columns, theme)
        : tabBar(ui.tab, view.fork !== null, note, columns, theme);
  return [bar, ...inSight(content, scroll, room)];
}

function bodyContent(view: View, ui: UiState, columns: number, rows: number, theme: Theme): Scrolled {
  const { mode } = ui;
  if (mode.kind === 'help') return help(columns, theme);
  if (mode.kind !== 'answer') return tabContent(view, ui, columns, rows, theme);
  const lines = mode.text.split('\n');
  return { count: lines.length, row: (i) => rowOf([' ', lines[i]], columns), fromEnd: false };
}

function titleBar(title: string, note: string, columns: number, theme: Theme): string {
  const spans: Span[] = [
    ['── ', theme.label],
    [title, theme.title],
    [` ${note === '' ? '' : `${note} `}`, theme.label],
  ];
  const rest = '─'.repeat(Math.max(0, columns - spansWidth(spans)));
  return rowOf([...spans, [rest, theme.label]], columns);
}

/** How far the tab, help or answer can be scrolled, and from which end; and the rows of one page of it. */
export function scrollBounds({ view, ui, size, theme }: ScreenProps): {
  readonly most: number;
  readonly page: number;
  readonly fromEnd: boolean;
} {
  const rows = treeRows(view.snapshot.cgroups, ui).length;
  const { tab } = layoutOf(ui, size, rows, saidRows(view, ui, size.columns).length);
  const page = Math.max(1, tab - 1);
  const content = tab > 1 ? bodyContent(view, ui, size.columns, page, theme) : allRows([]);
  return { most: mostScroll(content, page), page, fromEnd: content.fromEnd };
}
