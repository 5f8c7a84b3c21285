import { LONGEST_LINE } from './csv-lines.ts';

/** What most tables separate their fields by. */
export const COMMA = 0x2c;
const QUOTE = 0x22;
const BLANK = 0x20;
const TAB = 0x09;

/**
 * The fields of one line of CSV (RFC 4180, less its line breaks within quotes),
 * blanks around them taken off. Field i is `source` from `starts[i]` to
 * `ends[i]`; its first byte stands in column `columns[i]` of the line.
 */
export class FieldCutter {
  source: Buffer = Buffer.alloc(0);
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly columns: number[] = [];
  count = 0;
  readonly #separator: number;
  /** Where quoted fields stand without their quotes. */
  readonly #unquoted = Buffer.allocUnsafe(LONGEST_LINE);

  /** `separator`: a byte; of blanks, any number is one. */
  constructor(separator = COMMA) {
    this.#separator = separator;
  }

  /** Cuts `line` from `start` to `end`, as far as `most` fields. Returns the column of a bad quote, or 0. */
  cut(line: Buffer, start: number, end: number, most: number): number {
    const separator = this.#separator;
    this.count = 0;
    this.source = line;
    let from = start;
    if (separator === BLANK) while (from < end && isBlank(line[from])) from++;
    while (this.count < most) {
      let at = from;
      while (at < end && line[at] !== separator) {
        if (line[at] === QUOTE) return this.#cutQuoted(line, start, end, most);
        at++;
      }
      this.#add(line, from, at, from - start + 1);
      if (at === end) return 0;
      from = at + 1;
      if (separator === BLANK) while (from < end && isBlank(line[from])) from++;
      if (separator === BLANK && from === end) return 0;
    }
    return 0;
  }

  /** For short ASCII words; quicker than `text`. */
  latin1(field: number): string {
    return this.source.toString('latin1', this.starts[field], this.ends[field]);
  }

  text(field: number): string {
    return this.source.toString('utf8', this.starts[field], this.ends[field]);
  }

  #add(source: Buffer, start: number, end: number, column: number): void {
    let from = start;
    let to = end;
    while (from < to && isBlank(source[from])) from++;
    while (to > from && isBlank(source[to - 1])) to--;
    const field = this.count++;
    this.starts[field] = from;
    this.ends[field] = to;
    this.columns[field] = column + from - start;
  }

  /** Once more from the line's start, by a slower way: every field is copied, quotes off. */
  #cutQuoted(line: Buffer, start: number, end: number, most: number): number {
    const separator = this.#separator;
    this.count = 0;
    this.source = this.#unquoted;
    let length = 0;
    let at = start;
    while (this.count < most) {
      while (at < end && isBlank(line[at]) && (line[at] !== separator || separator === BLANK)) at++;
      const column = at - start + 1;
      const field = this.count;
      this.starts[field] = length;
      this.columns[field] = column;
      if (line[at] === QUOTE && at < end) {
        at++;
        for (;;) {
          if (at >= end) return column;
          if (line[at] === QUOTE && (at + 1 >= end || line[at + 1] !== QUOTE)) break;
          if (line[at] === QUOTE) at++;
          this.#unquoted[length++] = line[at++];
        }
        at++;
        while (at < end && line[at] !== separator && isBlank(line[at])) at++;
        if (at < end && line[at] !== separator) return column;
      } else {
        while (at < end && line[at] !== separator) {
          if (line[at] === QUOTE) return at - start + 1;
          this.#unquoted[length++] = line[at++];
        }
        while (length > this.starts[field] && isBlank(this.#unquoted[length - 1])) length--;
      }
      this.ends[field] = length;
      this.count++;
      if (at >= end) return 0;
      at++;
    }
    return 0;
  }
}

const isBlank = (byte: number): boolean => byte === BLANK || byte === TAB;
