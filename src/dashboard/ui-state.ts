import type { Nanoseconds } from '../kernel/units.ts';
import type { ColumnName } from './draw/columns.ts';
import type { Line } from './draw/line.ts';

/** What the one who looks has chosen: plain data, changed by keys, drawn by components. */
export interface UiState {
  /** Path of the selected cgroup; one that is gone counts as `/`. */
  readonly selected: string;
  /** Paths whose children are hidden. Only the tree folds; a list that is sorted by a figure is flat. */
  readonly folded: ReadonlySet<string>;
  /** `name` keeps the tree as it was made; every other column makes a flat list. */
  readonly sort: { readonly column: ColumnName; readonly descending: boolean };
  /** Paths that contain this; empty: all. */
  readonly filter: string;
  readonly tab: Tab;
  /** One part alone takes all the room between header and footer. */
  readonly only: Part | null;
  /** Virtual time that the graph covers; null: all that there was. */
  readonly span: Nanoseconds | null;
  /**
   * Lines of the tab that were scrolled away: from its beginning, or in Events from its newest end.
   * Drawn no further than there are lines.
   */
  readonly scroll: number;
  /** The control file that is selected in Files. */
  readonly file: string;
  readonly mode: Mode;
  /** The last answer, above the keys. */
  readonly message: Message | null;
  /** So many of the stage's notices have been read. */
  readonly heard: number;
}

export const TABS = ['overview', 'reclaim', 'lists', 'tasks', 'files', 'events', 'what if'] as const;
/** `what if` is there only while there is a fork. */
export type Tab = (typeof TABS)[number];

export type Part = 'tree' | 'graph' | 'tab';

export interface Message {
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad';
}

/** What the keyboard speaks to. */
export type Mode =
  | { readonly kind: 'browse' }
  | { readonly kind: 'help'; readonly scroll: number }
  /** More text than the message line holds: what a command printed. */
  | { readonly kind: 'answer'; readonly title: string; readonly text: string; readonly scroll: number }
  /** `:`; candidates for its last word, and the one that stands in the line. */
  | {
      readonly kind: 'command';
      readonly line: Line;
      readonly candidates: readonly string[];
      readonly chosen: number | null;
    }
  /** `/`; what is typed is in `filter` at once. */
  | { readonly kind: 'filter'; readonly line: Line }
  /** `e`, on `file`. */
  | { readonly kind: 'edit'; readonly file: string; readonly line: Line }
  /** Answered by y or n. */
  | { readonly kind: 'confirm'; readonly question: string; readonly detail: string };

/** How much virtual time the graph can cover, ns: zooming steps through these. */
export const SPANS: readonly number[] = [
  ...[1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8],
  ...[1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 21_600, 86_400].map((s) => s * 1e9),
];

export const INITIAL_UI: UiState = {
  selected: '/',
  folded: new Set(),
  sort: { column: 'name', descending: false },
  filter: '',
  tab: 'overview',
  only: null,
  span: null,
  scroll: 0,
  file: 'memory.high_wmark_in_bytes',
  mode: { kind: 'browse' },
  message: null,
  heard: 0,
};
