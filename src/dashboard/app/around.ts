import { scrollBounds } from '../components/screen.tsx';
import { spotAt } from '../components/spot.ts';
import { curveCount, graphWindow } from '../draw/graph-window.ts';
import type { Size } from '../draw/layout.ts';
import { treeRows } from '../draw/tree-rows.ts';
import type { Stage } from '../stage/stage.ts';
import type { UiState } from '../ui-state.ts';
import { selectedRow } from '../view.ts';
import type { Around } from './app-state.ts';
import { viewOf } from './view-of.ts';

/** What a key is understood by, at this moment. */
export function aroundOf(stage: Stage, ui: UiState, size: Size): Around {
  const clock = stage.clock();
  const snapshot = stage.snapshot();
  const rows = treeRows(snapshot.cgroups, ui);
  const { from, to } = graphWindow(clock, ui.span, size.columns);
  return {
    clock,
    fork: stage.fork !== null,
    notices: stage.notices.length,
    rows,
    files: () => stage.detail(selectedRow(snapshot, ui).path, 'files', 0),
    column: (to - from) / curveCount(size.columns),
    spot: (at) => spotAt({ view: viewOf(stage, ui, size), ui, size }, at),
    scroll: () => scrollBounds({ view: viewOf(stage, ui, size), ui, size }),
  };
}
