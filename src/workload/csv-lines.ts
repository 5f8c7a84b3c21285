const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Longer lines are no CSV: binary data, most likely. */
export const LONGEST_LINE = 64 * 1024;

/**
 * Cuts chunks into lines, without their line ends. `line` gets each as a range
 * of a buffer that is good until it returns; `tooLong` must throw.
 */
export class RowCutter {
  readonly #line: (source: Buffer, start: number, end: number) => void;
  readonly #tooLong: () => never;
  /** The beginning of a line that a later chunk ends. */
  readonly #rest = Buffer.allocUnsafe(LONGEST_LINE);
  #restLength = 0;

  constructor(line: (source: Buffer, start: number, end: number) => void, tooLong: () => never) {
    this.#line = line;
    this.#tooLong = tooLong;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      if (this.#restLength > 0) {
        this.#keep(chunk, start, end);
        this.#emit(this.#rest, 0, this.#restLength);
        this.#restLength = 0;
      } else {
        if (end - start > LONGEST_LINE) this.#tooLong();
        this.#emit(chunk, start, end);
      }
      start = end + 1;
    }
    this.#keep(chunk, start, chunk.length);
  }

  end(): void {
    if (this.#restLength > 0) this.#emit(this.#rest, 0, this.#restLength);
    this.#restLength = 0;
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    if (this.#restLength + end - start > LONGEST_LINE) this.#tooLong();
    this.#restLength += chunk.copy(this.#rest, this.#restLength, start, end);
  }

  #emit(source: Buffer, start: number, end: number): void {
    this.#line(source, start, end > start && source[end - 1] === RETURN ? end - 1 : end);
  }
}
