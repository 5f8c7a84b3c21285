import type { Action } from './action.ts';

/** A key has the name of its character, or one of its own: `up`, `pageup`, `shift-tab`, `ctrl-l`. */
export interface Binding {
  readonly keys: readonly string[];
  readonly action: Action;
}

/** More rows than anybody has. */
const ALL = 1e9;

export const BINDINGS: readonly Binding[] = [
  { keys: ['down', 'j'], action: { do: 'select', by: 1 } },
  { keys: ['up', 'k'], action: { do: 'select', by: -1 } },
  { keys: ['home'], action: { do: 'select', by: -ALL } },
  { keys: ['end'], action: { do: 'select', by: ALL } },
  { keys: ['f', 'return'], action: { do: 'fold' } },
  { keys: ['F'], action: { do: 'fold all' } },
  { keys: ['>'], action: { do: 'sort', by: 1 } },
  { keys: ['<'], action: { do: 'sort', by: -1 } },
  { keys: ['S'], action: { do: 'reverse' } },
  { keys: ['/'], action: { do: 'filter' } },
  { keys: ['tab'], action: { do: 'tab', by: 1 } },
  { keys: ['shift-tab'], action: { do: 'tab', by: -1 } },
  { keys: ['1'], action: { do: 'show', tab: 'overview' } },
  { keys: ['2'], action: { do: 'show', tab: 'reclaim' } },
  { keys: ['3'], action: { do: 'show', tab: 'lists' } },
  { keys: ['4'], action: { do: 'show', tab: 'tasks' } },
  { keys: ['5'], action: { do: 'show', tab: 'files' } },
  { keys: ['6'], action: { do: 'show', tab: 'events' } },
  { keys: ['7'], action: { do: 'show', tab: 'what if' } },
  { keys: ['pagedown', 'ctrl-f'], action: { do: 'scroll', pages: 1 } },
  { keys: ['pageup', 'ctrl-b'], action: { do: 'scroll', pages: -1 } },
  { keys: ['J'], action: { do: 'file', by: 1 } },
  { keys: ['K'], action: { do: 'file', by: -1 } },
  { keys: ['+', '='], action: { do: 'zoom', by: -1 } },
  { keys: ['-'], action: { do: 'zoom', by: 1 } },
  { keys: ['0'], action: { do: 'zoom out' } },
  { keys: ['z'], action: { do: 'enlarge' } },
  { keys: ['e'], action: { do: 'edit' } },
  { keys: ['a'], action: { do: 'try' } },
  { keys: ['!'], action: { do: 'unwell' } },
  { keys: [':'], action: { do: 'command' } },
  { keys: ['?', 'h'], action: { do: 'help' } },
  { keys: ['escape'], action: { do: 'cancel' } },
  { keys: [' '], action: { do: 'pause' } },
  { keys: ['.'], action: { do: 'step' } },
  { keys: ['n'], action: { do: 'next event' } },
  { keys: [']'], action: { do: 'speed', by: 1 } },
  { keys: ['['], action: { do: 'speed', by: -1 } },
  { keys: ['left'], action: { do: 'travel', columns: -1 } },
  { keys: ['right'], action: { do: 'travel', columns: 1 } },
  { keys: ['T', 'shift-left'], action: { do: 'travel', columns: -10 } },
  { keys: ['t', 'shift-right'], action: { do: 'travel', columns: 10 } },
  { keys: ['g'], action: { do: 'begin' } },
  { keys: ['G'], action: { do: 'present' } },
  { keys: ['x'], action: { do: 'drop fork' } },
  { keys: ['m'], action: { do: 'mouse' } },
  { keys: ['ctrl-l'], action: { do: 'redraw' } },
  { keys: ['ctrl-z'], action: { do: 'suspend' } },
  { keys: ['q'], action: { do: 'quit' } },
  { keys: ['ctrl-c'], action: { do: 'interrupt' } },
];

const ACTIONS = new Map(BINDINGS.flatMap(({ keys, action }) => keys.map((key) => [key, action] as const)));

export const actionOf = (key: string): Action | null => ACTIONS.get(key) ?? null;
