import type { Tab } from '../ui-state.ts';

/** What a key asks for while nothing is being typed. */
export type Action = LookAction | TimeAction | ProgramAction;

/** What is looked at, and how. */
export type LookAction =
  | { readonly do: 'select'; readonly by: number }
  | { readonly do: 'fold' }
  | { readonly do: 'fold all' }
  | { readonly do: 'sort'; readonly by: 1 | -1 }
  | { readonly do: 'reverse' }
  | { readonly do: 'filter' }
  | { readonly do: 'tab'; readonly by: 1 | -1 }
  | { readonly do: 'show'; readonly tab: Tab }
  | { readonly do: 'scroll'; readonly pages: 1 | -1 }
  | { readonly do: 'file'; readonly by: 1 | -1 }
  | { readonly do: 'zoom'; readonly by: 1 | -1 }
  | { readonly do: 'zoom out' }
  | { readonly do: 'enlarge' }
  | { readonly do: 'edit' }
  | { readonly do: 'command' }
  | { readonly do: 'help' }
  | { readonly do: 'cancel' };

/** What moves the clock, or goes through time. */
export type TimeAction =
  | { readonly do: 'pause' }
  | { readonly do: 'step' }
  | { readonly do: 'speed'; readonly by: 1 | -1 }
  | { readonly do: 'travel'; readonly columns: number }
  | { readonly do: 'begin' }
  | { readonly do: 'present' }
  | { readonly do: 'drop fork' };

export type ProgramAction =
  | { readonly do: 'redraw' }
  | { readonly do: 'suspend' }
  | { readonly do: 'quit' }
  | { readonly do: 'interrupt' };
