import { ns } from '../../kernel/units.ts';
import { isBad } from '../../report/health.ts';
import type { Speed } from '../../session/protocol.ts';
import { COLUMN_NAMES } from '../draw/columns.ts';
import { EMPTY_LINE } from '../draw/line.ts';
import { SPANS, TABS, type UiState } from '../ui-state.ts';
import type { Action, TimeAction } from './action.ts';
import { type AppState, type Around, type Step, say, stay, withUi } from './app-state.ts';
import { asked } from './question.ts';
import { lineOf } from './typing.ts';

/** What each action makes of the state. */
export function browse(state: AppState, action: Action, around: Around): Step {
  const { ui } = state;
  switch (action.do) {
    case 'select':
      return stay({ ...withUi(state, selected(ui, action.by, around)), chosen: true });
    case 'fold':
      return stay(withUi(state, { folded: toggled(ui, around) }));
    case 'fold all': {
      const parents = around.rows.filter(({ parent, trail }) => parent && trail.length > 0);
      const folded = ui.folded.size > 0 ? [] : parents.map(({ cgroup }) => cgroup.path);
      return stay(withUi(state, { folded: new Set(folded) }));
    }
    case 'sort': {
      const column = cycled(COLUMN_NAMES, ui.sort.column, action.by);
      return stay(withUi(state, { sort: { column, descending: column !== 'name' } }));
    }
    case 'reverse':
      return stay(withUi(state, { sort: { ...ui.sort, descending: !ui.sort.descending } }));
    case 'filter':
      return stay(withUi(state, { mode: { kind: 'filter', line: lineOf(ui.filter) }, message: null }));
    case 'tab':
      return stay(withUi(state, { tab: cycled(tabs(around), ui.tab, action.by), scroll: 0 }));
    case 'show':
      return stay(tabs(around).includes(action.tab) ? withUi(state, { tab: action.tab, scroll: 0 }) : state);
    case 'scroll':
      return stay(withUi(state, { scroll: scrolled(ui.scroll, action.pages, around) }));
    case 'file':
      return stay(withUi(state, { file: nextFile(ui.file, action.by, around, false) }));
    case 'zoom':
      return stay(withUi(state, { span: zoomed(ui, action.by, around) }));
    case 'zoom out':
      return stay(withUi(state, { span: null }));
    case 'enlarge':
      return stay(withUi(state, { only: cycled([null, 'graph', 'tree', 'tab'] as const, ui.only, 1) }));
    case 'edit': {
      const file = nextFile(ui.file, 0, around, true);
      return stay(withUi(state, { file, mode: { kind: 'edit', file, line: EMPTY_LINE }, message: null }));
    }
    case 'try':
      return tried(state, around);
    case 'unwell':
      return stay(nextUnwell(state, around));
    case 'command':
      return stay(
        withUi(state, {
          mode: { kind: 'command', line: EMPTY_LINE, candidates: [], chosen: null },
          message: null,
        }),
      );
    case 'help':
      return stay(withUi(state, { mode: { kind: 'help', scroll: 0 } }));
    case 'cancel':
      return stay(cancelled(state, around));
    case 'mouse':
    case 'redraw':
    case 'suspend':
    case 'quit':
    case 'interrupt':
      return { state, wish: action };
    default:
      return inTime(state, action, around);
  }
}

function inTime(state: AppState, action: TimeAction, around: Around): Step {
  const { clock } = around;
  switch (action.do) {
    case 'pause':
      if (clock.ended !== null && clock.standing !== 'past') return stay(say(state, ENDED));
      return { state, wish: { do: clock.paused ? 'resume' : 'pause' } };
    case 'step':
      if (clock.standing === 'past') return travel(state, 1, around);
      return { state, wish: { do: 'step', time: ns(Math.max(1, Math.round(around.column))) } };
    case 'next event':
      return { state, wish: { do: 'next event' } };
    case 'speed': {
      const speed = nextSpeed(clock.speed, action.by);
      return { state, wish: { do: 'speed', speed } };
    }
    case 'travel':
      return travel(state, action.columns, around);
    case 'begin':
      return { state: { ...state, going: clock.begin }, wish: { do: 'go', time: clock.begin } };
    case 'present':
      return {
        state: { ...state, going: null, ui: { ...state.ui, message: null } },
        wish: { do: 'present' },
      };
    case 'drop fork':
      return around.fork ? { state, wish: { do: 'drop fork' } } : stay(state);
  }
}

const ENDED = 'the script has ended: the arrow keys go back through it';

/** From where one will be when the last journey has ended. */
function travel(state: AppState, columns: number, { clock, column }: Around): Step {
  if (clock.standing === 'present' && columns > 0) return stay(state);
  const from = state.going ?? clock.time;
  const time = ns(Math.round(Math.max(clock.begin, from + columns * column)));
  if (time >= clock.present) return { state: { ...state, going: null }, wish: { do: 'present' } };
  return { state: { ...state, going: time }, wish: { do: 'go', time } };
}

function scrolled(from: number, pages: number, around: Around): number {
  const { most, page, fromEnd } = around.scroll();
  return Math.min(most, Math.max(0, from + (fromEnd ? -pages : pages) * page));
}

function selected(ui: UiState, by: number, { rows }: Around): Partial<UiState> {
  const at = Math.max(
    0,
    rows.findIndex(({ cgroup }) => cgroup.path === ui.selected),
  );
  const row = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  return row === undefined ? {} : { selected: row.cgroup.path, scroll: 0 };
}

function toggled({ folded, selected: path }: UiState, { rows }: Around): ReadonlySet<string> {
  if (folded.has(path)) return new Set([...folded].filter((each) => each !== path));
  const isParent = rows.some(({ cgroup, parent }) => parent && cgroup.path === path);
  return isParent ? new Set([...folded, path]) : folded;
}

/** With a question: it changes the machine, or begins another future. */
function tried(state: AppState, around: Around): Step {
  const row = around.rows.find(({ cgroup }) => cgroup.path === state.ui.selected);
  const advice = row?.cgroup.health.advice ?? '';
  if (advice === '') return stay(say(state, 'nothing is advised here'));
  return asked(state, { do: 'execute', line: advice, edits: null }, around, true);
}

/** Below the selected one, and then from the top; of what is drawn. */
function nextUnwell(state: AppState, { rows }: Around): AppState {
  const at = rows.findIndex(({ cgroup }) => cgroup.path === state.ui.selected);
  const next = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(({ cgroup }) =>
    isBad(cgroup.health.word),
  );
  if (next === undefined) return say(state, 'all that is shown here is well', 'good');
  return { ...withUi(state, { selected: next.cgroup.path, scroll: 0 }), chosen: true };
}

const tabs = ({ fork }: Around) => TABS.filter((tab) => fork || tab !== 'what if');

/** The control file so many further; 0: the one itself, or the first where it can't be had. */
export function nextFile(file: string, by: number, around: Around, writable: boolean): string {
  const names = around
    .files()
    .filter((each) => each.writable || !writable)
    .map(({ name }) => name);
  if (names.length === 0 || (by === 0 && names.includes(file))) return file;
  return cycled(names, file, by);
}

/** Spans that are no longer than what there is, then all. */
function zoomed(ui: UiState, by: 1 | -1, { clock }: Around): UiState['span'] {
  const spans = SPANS.filter((span) => span < clock.present - clock.begin);
  const at = ui.span === null ? spans.length : spans.findIndex((span) => span >= (ui.span ?? 0));
  const span = spans[Math.max(0, (at < 0 ? spans.length : at) + by)];
  return span === undefined ? null : ns(span);
}

const SPEEDS: readonly Speed[] = [
  0.001,
  0.002,
  0.005,
  0.01,
  0.02,
  0.05,
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  'max',
];

export function nextSpeed(speed: Speed, by: 1 | -1): Speed {
  const value = (each: Speed): number => (each === 'max' ? Infinity : each);
  const faster = SPEEDS.find((each) => value(each) > value(speed)) ?? 'max';
  const slower = SPEEDS.findLast((each) => value(each) < value(speed)) ?? SPEEDS[0];
  return by > 0 ? faster : slower;
}

/** One thing after the other: what is said, what is enlarged, what is filtered. */
function cancelled(state: AppState, { notices }: Around): AppState {
  const { ui } = state;
  if (ui.message !== null) return withUi(state, { message: null });
  if (ui.heard < notices) return withUi(state, { heard: notices });
  if (ui.only !== null) return withUi(state, { only: null });
  return withUi(state, { filter: '' });
}

function cycled<T>(all: readonly T[], one: T, by: number): T {
  const at = all.indexOf(one);
  return all[(Math.max(0, at) + by + all.length) % all.length];
}
