import type { Nanoseconds } from '../../kernel/units.ts';
import type { Speed } from '../../session/protocol.ts';
import type { Spot } from '../components/spot.ts';
import type { MarkName } from '../draw/mark-labels.ts';
import type { TreeRow } from '../draw/tree-rows.ts';
import type { Clock, ControlFileText } from '../stage/stage.ts';
import { INITIAL_UI, type Message, type UiState } from '../ui-state.ts';
import { type History, NO_HISTORY } from './history.ts';

/** All that the keyboard has made of the dashboard: plain data. */
export interface AppState {
  readonly ui: UiState;
  /** Somebody has selected a cgroup. */
  readonly chosen: boolean;
  /** Of the `:` prompt. */
  readonly history: History;
  /** What happens when the question is answered with y. */
  readonly asked: Wish | null;
  /** The instant of the past that is on its way to the screen; null: it is there. */
  readonly going: Nanoseconds | null;
  /** A mark that the mouse holds, and where it would be, pages. */
  readonly dragged: { readonly mark: MarkName; readonly size: number } | null;
}

export const INITIAL_STATE: AppState = {
  ui: INITIAL_UI,
  chosen: false,
  history: NO_HISTORY,
  asked: null,
  going: null,
  dragged: null,
};

/** What only the stage, or the terminal, can do. */
export type Wish =
  | { readonly do: 'pause' }
  | { readonly do: 'resume' }
  | { readonly do: 'speed'; readonly speed: Speed }
  | { readonly do: 'step'; readonly time: Nanoseconds }
  | { readonly do: 'go'; readonly time: Nanoseconds }
  | { readonly do: 'present' }
  | { readonly do: 'next event' }
  /** `edits`: the control file that this line writes, by its path; null: it was typed behind `:`. */
  | { readonly do: 'execute'; readonly line: string; readonly edits: string | null }
  | { readonly do: 'what if'; readonly line: string; readonly edits: string | null }
  | { readonly do: 'drop fork' }
  /** Up to the cursor. */
  | { readonly do: 'complete'; readonly line: string }
  | { readonly do: 'mouse' }
  | { readonly do: 'redraw' }
  | { readonly do: 'suspend' }
  | { readonly do: 'quit' }
  | { readonly do: 'interrupt' };

/** What keys are understood by, beside the state. */
export interface Around {
  readonly clock: Clock;
  readonly fork: boolean;
  /** How many the stage has. */
  readonly notices: number;
  /** As they are drawn. */
  readonly rows: readonly TreeRow[];
  /** Of the selected cgroup. */
  files(): readonly ControlFileText[];
  /** What is drawn in that cell. */
  spot(at: { readonly column: number; readonly row: number }): Spot;
  /** Virtual time in one column of the graph's dots, ns. */
  readonly column: number;
  /** How far what is read can be scrolled, and from which end; and the rows of one page of it. */
  scroll(): { readonly most: number; readonly page: number; readonly fromEnd: boolean };
}

/** What a key makes of the state, and what has to be done for it. */
export interface Step {
  readonly state: AppState;
  readonly wish: Wish | null;
}

export const stay = (state: AppState): Step => ({ state, wish: null });
export const withUi = (state: AppState, ui: Partial<UiState>): AppState => ({
  ...state,
  ui: { ...state.ui, ...ui },
});
export const say = (state: AppState, text: string, tone: Message['tone'] = 'plain'): AppState =>
  withUi(state, { message: { text, tone } });
