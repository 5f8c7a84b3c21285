import { decodeText } from '../kernel/text.ts';

const MOST_FILES = 2 ** 20;

/** Numbers the file names of a trace in the order of first appearance. */
export class FileNames {
  readonly names: string[] = [];
  /** By their bytes, read as Latin-1: quicker than UTF-8, and no two names fall together. */
  readonly #numbers = new Map<string, number>();

  /** The number of the file with this name, or -1 if there are too many. */
  numberOf(source: Buffer, start: number, end: number): number {
    const key = source.toString('latin1', start, end);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.names.length === MOST_FILES) return -1;
    this.#numbers.set(key, this.names.length);
    return this.names.push(decodeText(source.subarray(start, end))) - 1;
  }
}
