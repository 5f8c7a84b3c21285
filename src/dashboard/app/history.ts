/** Lines that were typed, and where one stands among them: what up and down do in a shell. */
export interface History {
  /** The oldest first. */
  readonly lines: readonly string[];
  /** Index in `lines`; their number: the line that is new. */
  readonly at: number;
  /** The new line, as it was left. */
  readonly draft: string;
}

export const NO_HISTORY: History = { lines: [], at: 0, draft: '' };

const MOST = 500;

/** With this line as the newest; one that was typed twice in a row is there once. */
export function remembered({ lines }: History, line: string): History {
  const kept = line === '' || lines.at(-1) === line ? lines : [...lines, line].slice(-MOST);
  return { lines: kept, at: kept.length, draft: '' };
}

/** The line so many further, down to the new one; null: there is none. `text` is what stands in the prompt. */
export function recalled(
  history: History,
  by: number,
  text: string,
): { history: History; text: string } | null {
  const { lines, at } = history;
  const to = at + by;
  if (to < 0 || to > lines.length) return null;
  const draft = at === lines.length ? text : history.draft;
  return { history: { lines, at: to, draft }, text: lines[to] ?? draft };
}
