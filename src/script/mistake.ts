import { isPrintable } from '../kernel/visible.ts';

/**
 * A mistake in a script or on a command line: what is wrong and in which column.
 * The grammar throws it; `parseLine` and `readLines` catch it and hand it on as a
 * value, so it never leaves this room as an exception.
 */
export class Mistake extends Error {
  /** From 1, in UTF-16 units; 0 when no column is to blame. */
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.name = 'Mistake';
    this.column = column;
  }
}

/** A word too few or too many: whoever knows the command adds how it is used. */
export class Misshapen extends Mistake {}

const WINDOW = 100;

/**
 * A line and a caret below its column, indented by two; a long line is cut to the
 * columns around it. Empty when there is nothing to show.
 */
export function showLine(text: string, column: number): string {
  if (text === '' || column < 1) return '';
  const from = column > WINDOW ? column - WINDOW / 2 : 0;
  const shown = printable(text.slice(from, from + WINDOW));
  const head = from > 0 ? '...' : '';
  const tail = text.length > from + WINDOW ? '...' : '';
  return `  ${head}${shown}${tail}\n  ${' '.repeat(head.length + column - 1 - from)}^`;
}

/** The same number of columns, none of which moves the cursor. */
function printable(text: string): string {
  return Array.from(text, (character) =>
    isPrintable(character) ? character : ' '.repeat(character.length),
  ).join('');
}
