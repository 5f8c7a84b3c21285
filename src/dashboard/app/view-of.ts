import { curveCount, graphWindow } from '../draw/graph-window.ts';
import type { Size } from '../draw/layout.ts';
import type { Detail, Stage, WhatIf } from '../stage/stage.ts';
import type { UiState } from '../ui-state.ts';
import { type ForkView, selectedRow, TAB_DETAIL, type View } from '../view.ts';

/** What the stage shows of all that the screen has room for, and no more of it. */
export function viewOf(stage: Stage, ui: UiState, size: Size): View {
  const clock = stage.clock();
  const snapshot = stage.snapshot();
  const { path } = selectedRow(snapshot, ui);
  const { from, to } = graphWindow(clock, ui.span, size.columns);
  const count = curveCount(size.columns);
  const details: Record<string, unknown> = {};
  for (const what of wanted(ui)) details[what] = stage.detail(path, what, size.columns);
  const { fork } = stage;
  return {
    name: stage.name,
    kind: stage.kind,
    clock,
    snapshot,
    told: stage.told(),
    curve: stage.curve(path, from, to, count),
    details,
    fork: fork === null ? null : forkView(fork),
    notices: stage.notices,
  };

  function forkView(whatIf: WhatIf): ForkView {
    const { at, lines, progress } = whatIf;
    return {
      at,
      lines,
      progress,
      curve: whatIf.curve(path, from, to, count),
      comparison: whatIf.compare(path),
    };
  }
}

function wanted(ui: UiState): Set<Detail> {
  const shown = TAB_DETAIL[ui.tab];
  const needed: Detail[] = ui.mode.kind === 'edit' ? ['files'] : [];
  return new Set(shown === null ? needed : [shown, ...needed]);
}
