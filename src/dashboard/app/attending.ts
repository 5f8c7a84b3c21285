import { isBad } from '../../report/health.ts';
import { badness } from '../draw/columns.ts';
import type { CgroupRow, Snapshot } from '../stage/stage.ts';
import { type AppState, withUi } from './app-state.ts';

/**
 * Until somebody selects a cgroup, the one that fares worst is selected, or where all is well one in which something
 * happens; and it stays so while that is true of it.
 */
export function attending(state: AppState, { cgroups }: Snapshot): AppState {
  if (state.chosen) return state;
  const own = cgroups.filter(({ path }) => path !== '/');
  const selected = cgroups.find(({ path }) => path === state.ui.selected);
  const unwell = own.filter(({ health }) => isBad(health.word)).sort((a, b) => badness(b) - badness(a));
  const wanted = unwell.length > 0 ? unwell : own.filter(isBusy);
  if (selected !== undefined && (unwell.length > 0 ? isBad(selected.health.word) : isBusy(selected)))
    return state;
  const [first] = wanted;
  return first === undefined ? state : withUi(state, { selected: first.path });
}

const isBusy = ({ usage, tasks }: CgroupRow): boolean => usage.max > 0 || tasks > 0;
