import { type ReactElement, use } from 'react';
import type { Size } from '../draw/layout.ts';
import { allRows, inSight, type Scrolled, scrollNote } from '../draw/scrolled.ts';
import { type Row, type Span, spansWidth } from '../draw/spans.ts';
import { ThemeContext } from '../theme.ts';
import { TABS, type Tab, type UiState } from '../ui-state.ts';
import { selectedRow, type View } from '../view.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { help } from './help.ts';
import { lists } from './lists.ts';
import { overview } from './overview.ts';
import { reclaim } from './reclaim.ts';
import { Rows } from './rows.ts';
import { tasks } from './tasks.ts';
import { whatIf } from './what-if.ts';

interface TabProps extends Size {
  readonly view: View;
  readonly ui: UiState;
}

/** The tab below its bar; or help, or an answer, in its place. */
export function TabBody({ view, ui, columns, rows }: TabProps): ReactElement {
  const isPlain = use(ThemeContext).level === 0;
  const room = rows - 1;
  const content = contentOf(view, ui, columns, room);
  const { mode } = ui;
  const scroll = mode.kind === 'help' || mode.kind === 'answer' ? mode.scroll : ui.scroll;
  const note = scrollNote(content, scroll, room);
  const bar =
    mode.kind === 'help'
      ? titleBar('help', note, columns)
      : mode.kind === 'answer'
        ? titleBar(mode.title, note, columns)
        : tabBar(ui.tab, view.fork !== null, note, columns, isPlain);
  return <Rows rows={[bar, ...inSight(content, scroll, room)]} columns={columns} />;
}

/** What can be scrolled: what the tab shows of the selected cgroup, help, an answer. `rows`: how many are in sight. */
export function contentOf(view: View, ui: UiState, columns: number, rows: number): Scrolled {
  const { mode } = ui;
  if (mode.kind === 'help') return help(columns);
  if (mode.kind === 'answer') return allRows(mode.text.split('\n').map((line) => [' ', line]));
  const cgroup = selectedRow(view.snapshot, ui);
  const { details, fork } = view;
  switch (ui.tab) {
    case 'reclaim':
      return allRows(reclaim(cgroup, details.events ?? [], columns));
    case 'lists':
      return allRows(lists(details.lists ?? [], columns, rows));
    case 'tasks':
      return allRows(tasks(details.tasks ?? [], columns));
    case 'files':
      return files(details.files ?? [], ui.file, columns);
    case 'events':
      return events(cgroup.path, details.events ?? []);
    case 'what if':
      return allRows(fork === null ? overview(cgroup, columns) : whatIf(fork, columns));
    case 'overview':
      return allRows(overview(cgroup, columns));
  }
}

const LEAD = '──';

/** Each as it is named in the bar, a blank or a bracket on either side. */
function tabsShown(tab: Tab, isForked: boolean, columns: number): { tab: Tab; text: string }[] {
  const roomy = columns >= 72;
  return TABS.filter((each) => each !== 'what if' || isForked).map((each) => {
    const name = roomy || each === tab ? each : each.slice(0, 3);
    return { tab: each, text: roomy ? `${TABS.indexOf(each) + 1} ${name}` : name };
  });
}

/** Whose name stands in that column of the bar; null: nobody's. */
export function tabAt(at: number, tab: Tab, isForked: boolean, columns: number): Tab | null {
  let end = columns >= 72 ? LEAD.length : 0;
  for (const { tab: each, text } of tabsShown(tab, isForked, columns)) {
    end += text.length + 2;
    if (at < end) return each;
  }
  return null;
}

/** The names of the tabs with the one that is shown marked; `what if` only where there is a fork. */
function tabBar(tab: Tab, isForked: boolean, note: string, columns: number, isPlain: boolean): Row {
  const roomy = columns >= 72;
  const spans: Span[] = [[roomy ? LEAD : '', 'label']];
  for (const { tab: each, text } of tabsShown(tab, isForked, columns)) {
    if (each === tab) spans.push([isPlain ? `[${text}]` : ` ${text} `, 'selected']);
    else spans.push([` ${text} `, each === 'what if' ? 'whatIf' : 'label']);
  }
  const rest = columns - spansWidth(spans);
  const said = note === '' || rest < note.length + 4 ? '' : ` ${note} ──`;
  return [...spans, ['─'.repeat(Math.max(0, rest - said.length)) + said, 'label']];
}

function titleBar(title: string, note: string, columns: number): Row {
  const spans: Row = [
    ['── ', 'label'],
    [title, 'title'],
    [` ${note === '' ? '' : `${note} `}`, 'label'],
  ];
  return [...spans, ['─'.repeat(Math.max(0, columns - spansWidth(spans))), 'label']];
}
