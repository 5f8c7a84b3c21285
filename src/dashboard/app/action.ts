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
  /** What is advised for the selected cgroup. */
  | { readonly do: 'try' }
  /** The next cgroup that does not fare well. */
  | { readonly do: 'unwell' }
  | { readonly do: 'command' }
  | { readonly do: 'help' }
  | { readonly do: 'cancel' };

/** What moves the clock, or goes through time. */
export type TimeAction =
  | { readonly do: 'pause' }
  | { readonly do: 'step' }
  /** To the next event that matters. */
  | { readonly do: 'next event' }
  | { readonly do: 'speed'; readonly by: 1 | -1 }
  | { readonly do: 'travel'; readonly columns: number }
  | { readonly do: 'begin' }
  | { readonly do: 'present' }
  | { readonly do: 'drop fork' };

export type ProgramAction =
  /** Whose the mouse is: the dashboard's, or the terminal's to mark text with. */
  | { readonly do: 'mouse' }
  | { readonly do: 'redraw' }
  | { readonly do: 'suspend' }
  | { readonly do: 'quit' }
  | { readonly do: 'interrupt' };
