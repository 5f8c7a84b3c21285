import stringWidth from 'string-width';
import { type Cells, cellsOf } from '../../../src/dashboard/terminal/cells.ts';

const ESC = '\x1b';
const PIECE = new RegExp(`${ESC}\\[([\\d;?]*)([A-Za-z])|[^${ESC}]+`, 'g');

/** A terminal that understands what the frame writer writes, and nothing else. */
export class FakeTerminal {
  readonly #columns: number;
  readonly #texts: string[][];
  readonly #styles: string[][];
  #x = 0;
  #y = 0;
  #style = '';

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#texts = Array.from({ length: rows }, () => new Array<string>(columns).fill(' '));
    this.#styles = Array.from({ length: rows }, () => new Array<string>(columns).fill(''));
  }

  take(bytes: string): void {
    for (const [piece, parameters, final] of bytes.matchAll(PIECE)) {
      if (final === undefined) this.#print(piece);
      else this.#obey(final, parameters ?? '');
    }
  }

  /** Without the blanks at the ends of rows. */
  row(y: number): Cells {
    const texts = this.#texts[y];
    const styles = this.#styles[y];
    let length = this.#columns;
    while (length > 0 && texts[length - 1] === ' ' && styles[length - 1] === '') length -= 1;
    return { texts: texts.slice(0, length), styles: styles.slice(0, length) };
  }

  #print(text: string): void {
    const { texts } = cellsOf(text);
    for (const [i, each] of texts.entries()) {
      if (each !== '' && stringWidth(each) === 2 && texts[i + 1] !== '') throw new Error('half a character');
      this.#texts[this.#y][this.#x] = each;
      this.#styles[this.#y][this.#x] = this.#style;
      this.#x += 1;
    }
  }

  #obey(final: string, parameters: string): void {
    const [first = 0, second = 0] = parameters.split(';').map(Number);
    if (final === 'H') {
      this.#y = Math.max(1, first) - 1;
      this.#x = Math.max(1, second) - 1;
    } else if (final === 'C') this.#x += Math.max(1, first);
    else if (final === 'K') {
      this.#texts[this.#y].fill(' ', this.#x);
      this.#styles[this.#y].fill('', this.#x);
    } else if (final === 'm') {
      const [, added] = /^0?;?(.*)$/.exec(parameters) ?? [];
      const base = /^0?(;|$)/.test(parameters) || this.#style === '' ? '' : `${this.#style};`;
      this.#style = base + added;
    } else if (!parameters.startsWith('?')) throw new Error(`unknown sequence ${parameters}${final}`);
  }
}
