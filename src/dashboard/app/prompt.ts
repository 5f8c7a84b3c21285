import { join, shortName, shown } from '../../script/paths.ts';
import { quote } from '../../script/words.ts';
import { EMPTY_LINE, type Line } from '../draw/line.ts';
import type { Mode } from '../ui-state.ts';
import { type AppState, type Around, type Step, say, stay, withUi } from './app-state.ts';
import { nextFile } from './browse.ts';
import { commonStart, endOf, withWord } from './completion.ts';
import { recalled, remembered } from './history.ts';
import { asked } from './question.ts';
import { lineOf, typed } from './typing.ts';

/** The three lines that something can be typed into. */

type Of<K extends Mode['kind']> = Extract<Mode, { kind: K }>;

const BROWSE: Mode = { kind: 'browse' };
const isLeave = (key: string): boolean => key === 'escape' || key === 'ctrl-c' || key === 'ctrl-g';

/** What is typed filters at once; Escape shows all again. */
export function inFilter(state: AppState, mode: Of<'filter'>, key: string, around: Around): Step {
  if (key === 'return') return stay(withUi(state, { mode: BROWSE }));
  if (isLeave(key) || (key === 'backspace' && mode.line.text === ''))
    return stay(withUi(state, { mode: BROWSE, filter: '' }));
  if (key === 'up' || key === 'down') return stay(moved(state, key === 'up' ? -1 : 1, around));
  const line = typed(mode.line, key);
  if (line === null) return stay(state);
  return stay(withUi(state, { mode: { ...mode, line }, filter: line.text }));
}

function moved(state: AppState, by: number, { rows }: Around): AppState {
  const at = rows.findIndex(({ cgroup }) => cgroup.path === state.ui.selected);
  const row = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  return row === undefined ? state : withUi(state, { selected: row.cgroup.path });
}

export function inCommand(state: AppState, mode: Of<'command'>, key: string, around: Around): Step {
  const { line, candidates } = mode;
  if (key === 'return') return obeyed(state, line.text.trim(), around);
  if (isLeave(key) || (key === 'backspace' && line.text === ''))
    return stay(withUi(state, { mode: BROWSE, message: null }));
  if (key === 'tab' || key === 'shift-tab') {
    if (candidates.length > 1) return stay(offered(state, mode, key === 'tab' ? 1 : -1));
    return { state, wish: { do: 'complete', line: line.text.slice(0, line.cursor) } };
  }
  if (key === 'up' || key === 'down') {
    const found = recalled(state.history, key === 'up' ? -1 : 1, line.text);
    if (found === null) return stay(state);
    return stay({ ...withCommand(state, lineOf(found.text)), history: found.history });
  }
  const edited = typed(line, key);
  return stay(edited === null ? state : withCommand(state, edited));
}

const withCommand = (state: AppState, line: Line, candidates: readonly string[] = []): AppState =>
  withUi(state, { mode: { kind: 'command', line, candidates, chosen: null }, message: null });

/** The next of the candidates stands in the line. */
function offered(state: AppState, mode: Of<'command'>, by: number): AppState {
  const { candidates, chosen, line } = mode;
  const next = chosen === null ? (by > 0 ? 0 : candidates.length - 1) : chosen + by;
  const at = (next + candidates.length) % candidates.length;
  return withUi(state, { mode: { ...mode, line: withWord(line, candidates[at], ''), chosen: at } });
}

/** The candidates have come for the line up to the cursor; those for another line are too late. */
export function completed(state: AppState, asked: string, candidates: readonly string[]): AppState {
  const { mode } = state.ui;
  if (mode.kind !== 'command' || mode.line.text.slice(0, mode.line.cursor) !== asked) return state;
  const [first, ...more] = candidates;
  if (first === undefined) return say(state, 'nothing that this could become');
  if (more.length === 0) return withCommand(state, withWord(mode.line, first, endOf(first)));
  return withCommand(state, withWord(mode.line, commonStart(candidates), ''), candidates);
}

const LEAVE: ReadonlySet<string> = new Set(['q', 'quit', 'exit']);

function obeyed(state: AppState, line: string, around: Around): Step {
  const left = withUi(state, { mode: BROWSE });
  if (line === '') return stay(left);
  if (LEAVE.has(line)) return { state: left, wish: { do: 'quit' } };
  const next = { ...left, history: remembered(state.history, line) };
  return asked(next, { do: 'execute', line, edits: null }, around);
}

/** Up and down choose the file, Tab takes what it holds. */
export function inEdit(state: AppState, mode: Of<'edit'>, key: string, around: Around): Step {
  const { file, line } = mode;
  if (isLeave(key)) return stay(withUi(state, { mode: BROWSE, message: null }));
  if (key === 'up' || key === 'down') {
    const next = nextFile(file, key === 'up' ? -1 : 1, around, true);
    return stay(
      withUi(state, { file: next, mode: { kind: 'edit', file: next, line: EMPTY_LINE }, message: null }),
    );
  }
  if (key === 'tab') {
    const text =
      around
        .files()
        .find(({ name }) => name === file)
        ?.text?.trimEnd() ?? '';
    return stay(withUi(state, { mode: { ...mode, line: lineOf(text) } }));
  }
  if (key === 'return') {
    const path = join(state.ui.selected, file);
    const words = ['write', shown(join(state.ui.selected, shortName(file))), line.text];
    return asked(state, { do: 'execute', line: quote(words), edits: path }, around);
  }
  const edited = typed(line, key);
  if (edited === null) return stay(state);
  return stay(withUi(state, { mode: { ...mode, line: edited }, message: null }));
}
