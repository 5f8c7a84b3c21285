/** What a mouse did, and in which cell; 0 is the first. */
export interface Mouse {
  readonly did: 'press' | 'drag' | 'release' | 'wheel up' | 'wheel down';
  readonly column: number;
  readonly row: number;
}

/** Presses, what is dragged and releases, in the form of SGR, which has no bound on columns; and how that is ended. */
export const MOUSE_ON = '\x1b[?1002h\x1b[?1006h';
export const MOUSE_OFF = '\x1b[?1006l\x1b[?1002l';

/** As ink hands it on, without ESC. */
const REPORT = /^\[<(\d+);(\d+);(\d+)([Mm])$/;
const BUTTON = 0b11;
const MOTION = 32;
const WHEEL = 64;

/** null: it is no report of a mouse. `none`: of another button. */
export function mouseOf(input: string): Mouse | 'none' | null {
  const [, code, column, row, end] = REPORT.exec(input) ?? [];
  if (code === undefined) return null;
  const bits = Number(code);
  const at = { column: Number(column) - 1, row: Number(row) - 1 };
  if (bits & WHEEL)
    return (bits & BUTTON) > 1 ? 'none' : { did: bits & 1 ? 'wheel down' : 'wheel up', ...at };
  if ((bits & BUTTON) !== 0) return 'none';
  return { did: end === 'm' ? 'release' : bits & MOTION ? 'drag' : 'press', ...at };
}
