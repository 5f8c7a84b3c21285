import type { Nanoseconds } from '../kernel/units.ts';
import type { Curve } from '../script/history/track.ts';
import type { Clock, Comparison, Detail, Details, Snapshot, Stage, ToldLine } from './stage/stage.ts';
import type { Tab, UiState } from './ui-state.ts';

/** All that one frame is drawn from. */
export interface View {
  readonly name: string;
  readonly kind: Stage['kind'];
  readonly clock: Clock;
  readonly snapshot: Snapshot;
  readonly told: ToldLine | null;
  /** Of the selected cgroup, over the graph's window. */
  readonly curve: Curve;
  /** What the tab shows of the selected cgroup. */
  readonly details: Partial<Details>;
  readonly fork: ForkView | null;
  readonly notices: readonly string[];
}

/** A fork, of the selected cgroup. */
export interface ForkView {
  readonly at: Nanoseconds;
  readonly lines: readonly string[];
  readonly progress: number;
  readonly curve: Curve;
  readonly comparison: readonly Comparison[];
}

/** What each tab has to ask the stage for. */
export const TAB_DETAIL: Readonly<Record<Tab, Detail | null>> = {
  overview: null,
  reclaim: 'events',
  lists: 'lists',
  tasks: 'tasks',
  files: 'files',
  events: 'events',
  'what if': null,
};

/** The selected cgroup, or the root where it is gone. */
export const selectedRow = (snapshot: Snapshot, ui: UiState): Snapshot['cgroups'][number] =>
  snapshot.cgroups.find(({ path }) => path === ui.selected) ?? snapshot.cgroups[0];
