import { Box } from 'ink';
import type { ReactElement } from 'react';
import { graphWindow } from '../draw/graph-window.ts';
import { isTooSmall, layoutOf, type Size, SMALLEST } from '../draw/layout.ts';
import { allRows, mostScroll } from '../draw/scrolled.ts';
import { wrap } from '../draw/text.ts';
import { treeRows } from '../draw/tree-rows.ts';
import { type Theme, ThemeContext } from '../theme.ts';
import type { UiState } from '../ui-state.ts';
import { selectedRow, type View } from '../view.ts';
import { Footer, saidRows } from './footer.tsx';
import { Graph, type GraphData } from './graph.tsx';
import { Header } from './header.tsx';
import { Rows } from './rows.ts';
import { contentOf, TabBody } from './tab.tsx';
import { Told } from './told.ts';
import { Tree } from './tree.tsx';
import { Verdict } from './verdict.tsx';

export interface Shown {
  readonly view: View;
  readonly ui: UiState;
  readonly size: Size;
}

/** Everything that there is to be seen, as high as `size` and no wider. */
export function Screen({ theme, ...shown }: Shown & { readonly theme: Theme }): ReactElement {
  return (
    <ThemeContext value={theme}>
      {isTooSmall(shown.size) ? <TooSmall {...shown.size} /> : <Parts {...shown} />}
    </ThemeContext>
  );
}

/** The terminal has a column and a row more. */
function TooSmall({ columns, rows }: Size): ReactElement {
  const text = `terminal too small: ${columns + 1}x${rows + 1}, needs ${SMALLEST.columns + 1}x${SMALLEST.rows + 1}`;
  const lines = wrap(text, Math.max(1, columns)).slice(0, Math.max(1, rows));
  return <Rows rows={lines.map((line) => [line])} columns={columns} />;
}

function Parts({ view, ui, size }: Shown): ReactElement {
  const { columns } = size;
  const { memory } = view.snapshot.totals;
  const { rows, layout } = arranged({ view, ui, size });
  const { header, told, tree, verdict, graph, tab, footer } = layout;
  return (
    <Box flexDirection="column" height={size.rows}>
      <Header view={view} columns={columns} rows={header} />
      {view.told !== null && told > 0 && <Told {...view.told} columns={columns} rows={told} />}
      {tree > 0 && (
        <Tree cgroups={rows} ui={ui} memory={memory} heading={layout.heading} columns={columns} rows={tree} />
      )}
      {verdict > 0 && <Verdict cgroup={selectedRow(view.snapshot, ui)} columns={columns} rows={verdict} />}
      {graph > 0 && <Graph data={graphData(view, ui, columns)} columns={columns} rows={graph} />}
      {tab > 0 && <TabBody view={view} ui={ui} columns={columns} rows={tab} />}
      <Footer view={view} ui={ui} columns={columns} rows={footer} />
    </Box>
  );
}

export function arranged({ view, ui, size }: Shown) {
  const rows = treeRows(view.snapshot.cgroups, ui);
  const said = saidRows(view, ui, size.columns).length;
  return { rows, layout: layoutOf(ui, size, rows.length, said, view.told !== null) };
}

export function graphData({ clock, curve, fork }: View, ui: UiState, columns: number): GraphData {
  return {
    ...graphWindow(clock, ui.span, columns),
    curve,
    fork: fork?.curve ?? null,
    cursor: clock.standing === 'past' ? clock.time : null,
  };
}

/** How far the tab, help or answer can be scrolled, and from which end; and the rows of one page of it. */
export function scrollBounds(shown: Shown): {
  readonly most: number;
  readonly page: number;
  readonly fromEnd: boolean;
} {
  const { tab } = arranged(shown).layout;
  const page = Math.max(1, tab - 1);
  const content = tab > 1 ? contentOf(shown.view, shown.ui, shown.size.columns, page) : allRows([]);
  return { most: mostScroll(content, page), page, fromEnd: content.fromEnd };
}
