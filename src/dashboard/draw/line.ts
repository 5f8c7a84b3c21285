/** A line as it is typed. */
export interface Line {
  readonly text: string;
  /** Where the next character goes: an index into `text`, at the start of a character. */
  readonly cursor: number;
}

export const EMPTY_LINE: Line = { text: '', cursor: 0 };
