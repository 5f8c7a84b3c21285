/** Where in a trace a mistake stands: a text file's line and column, or a binary's record and byte. */
export type TracePosition =
  | { readonly line: number; readonly column?: number }
  | { readonly record: number; readonly byte: number };

/** A trace that cannot be read. The message is one sentence for people, position and all. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  readonly file: string;
  /** The sentence without its position. */
  readonly why: string;
  /** From 1 on; text formats only. */
  readonly line: number | undefined;
  /** Of the field, in bytes from 1 on; text formats only. */
  readonly column: number | undefined;
  /** From 1 on, skipped ones included; binary formats only. */
  readonly record: number | undefined;

  constructor(file: string, why: string, position?: TracePosition, cause?: unknown) {
    super(`${file}${positionText(position)}: ${why}`, { cause });
    this.file = file;
    this.why = why;
    const text = position !== undefined && 'line' in position ? position : undefined;
    this.line = text?.line;
    this.column = text?.column;
    this.record = position !== undefined && 'record' in position ? position.record : undefined;
  }
}

function positionText(position: TracePosition | undefined): string {
  if (position === undefined) return '';
  if ('record' in position) return `: record ${position.record}, at byte ${position.byte}`;
  return position.column === undefined ? `:${position.line}` : `:${position.line}:${position.column}`;
}

const SHOWN = 40;

/** Text from a damaged file, cut and escaped so that it harms no terminal. */
export const quoted = (text: string): string =>
  // JSON leaves DEL, the C1 controls and the separators U+2028 and U+2029 as they are; a terminal minds them.
  JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text).replace(
    /[\u007f-\u009f\u2028\u2029\ufffd]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
