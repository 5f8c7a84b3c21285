import { type AppState, type Around, type Step, stay, withUi } from './app-state.ts';
import { actionOf } from './bindings.ts';
import { browse } from './browse.ts';
import { inCommand, inEdit, inFilter } from './prompt.ts';

/** What a key makes of the state, wherever the keyboard goes to. */
export function press(state: AppState, key: string, around: Around): Step {
  const { mode } = state.ui;
  switch (mode.kind) {
    case 'command':
      return inCommand(state, mode, key, around);
    case 'filter':
      return inFilter(state, mode, key, around);
    case 'edit':
      return inEdit(state, mode, key, around);
    case 'confirm':
      return answered(state, key, around);
    case 'help':
    case 'answer': {
      const scroll = SCROLLS[key];
      if (scroll === undefined) return leave(state, key);
      const { most, page } = around.scroll();
      return stay(
        withUi(state, { mode: { ...mode, scroll: Math.min(most, Math.max(0, scroll(mode.scroll, page))) } }),
      );
    }
    default: {
      const action = actionOf(key);
      return action === null ? stay(state) : browse(state, action, around);
    }
  }
}

const SCROLLS: Readonly<Record<string, (at: number, page: number) => number>> = {
  down: (at) => at + 1,
  j: (at) => at + 1,
  up: (at) => at - 1,
  k: (at) => at - 1,
  pagedown: (at, page) => at + page,
  ' ': (at, page) => at + page,
  pageup: (at, page) => at - page,
  home: () => 0,
  end: () => Number.POSITIVE_INFINITY,
};

/** Any other key leaves what is only read; those that lead elsewhere do so. */
function leave(state: AppState, key: string): Step {
  const left = withUi(state, { mode: { kind: 'browse' } });
  return key === 'ctrl-c' ? { state: left, wish: { do: 'interrupt' } } : stay(left);
}

const NO: ReadonlySet<string> = new Set(['n', 'N', 'escape', 'ctrl-c', 'ctrl-g']);

/** Any other key leaves the question unanswered, and does what it does. */
function answered(state: AppState, key: string, around: Around): Step {
  const next: AppState = { ...withUi(state, { mode: { kind: 'browse' } }), asked: null };
  if (key === 'y' || key === 'Y') return { state: next, wish: state.asked };
  return NO.has(key) ? stay(next) : press(next, key, around);
}
