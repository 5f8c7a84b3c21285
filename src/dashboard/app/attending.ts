import type { Snapshot } from '../stage/stage.ts';
import { type AppState, withUi } from './app-state.ts';

/** Until somebody selects a cgroup, one is selected in which something happens, and stays so. */
export function attending(state: AppState, { cgroups }: Snapshot): AppState {
  if (state.chosen) return state;
  const isBusy = ({ usage, tasks }: Snapshot['cgroups'][number]): boolean => usage.max > 0 || tasks > 0;
  const selected = cgroups.find(({ path }) => path === state.ui.selected);
  if (selected !== undefined && isBusy(selected)) return state;
  const busy = cgroups.find((each) => each.path !== '/' && isBusy(each));
  return busy === undefined ? state : withUi(state, { selected: busy.path });
}
