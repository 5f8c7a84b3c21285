import { allRows, type Scrolled } from '../draw/scrolled.ts';
import type { Theme } from '../theme.ts';
import type { UiState } from '../ui-state.ts';
import { selectedRow, type View } from '../view.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { lists } from './lists.ts';
import { overview } from './overview.ts';
import { reclaim } from './reclaim.ts';
import { tasks } from './tasks.ts';
import { whatIf } from './what-if.ts';

/** What the tab shows of the selected cgroup. `rows`: how many of its rows are in sight. */
export function tabContent(view: View, ui: UiState, columns: number, rows: number, theme: Theme): Scrolled {
  const cgroup = selectedRow(view.snapshot, ui);
  const { details, fork } = view;
  switch (ui.tab) {
    case 'reclaim':
      return allRows(reclaim(cgroup, details.events ?? [], columns, theme));
    case 'lists':
      return allRows(lists(details.lists ?? [], columns, rows, theme));
    case 'tasks':
      return allRows(tasks(details.tasks ?? [], columns, theme));
    case 'files':
      return files(details.files ?? [], ui.file, columns, theme);
    case 'events':
      return events(cgroup.path, details.events ?? [], columns, theme);
    case 'what if':
      return fork === null
        ? allRows(overview(cgroup, columns, theme))
        : allRows(whatIf(fork, columns, theme));
    case 'overview':
      return allRows(overview(cgroup, columns, theme));
  }
}
