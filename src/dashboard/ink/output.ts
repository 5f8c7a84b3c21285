import { cellsOf, rowOfCells } from '../terminal/cells.ts';
import { fastStringWidth as stringWidth } from './string-width.ts';

/**
 * Where ink puts the texts of a frame together. The bundle gives this to ink in place of its own `Output`,
 * which takes every text apart into characters with their styles: here texts that stand beside each
 * other are joined as they are, and only one that lies over another is cut.
 */
export class Output {
  readonly width: number;
  readonly height: number;
  readonly #rows: string[];
  /** How many columns of each row are taken. */
  readonly #taken: number[];
  readonly #clips: Clip[] = [];

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.width = width;
    this.height = height;
    this.#rows = new Array<string>(height).fill('');
    this.#taken = new Array<number>(height).fill(0);
  }

  write(
    x: number,
    y: number,
    text: string,
    { transformers }: { readonly transformers: readonly Transformer[] },
  ) {
    const clip = this.#clips.at(-1);
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (line === '' || !isWithin(y + index, clip?.y1, clip?.y2)) continue;
      const [column, kept] = clipped(x, line, clip);
      const styled = transformers.reduce((each, transform) => transform(each, index), kept);
      this.#put(column, y + index, styled);
    }
  }

  clip(clip: Clip): void {
    this.#clips.push(clip);
  }

  unclip(): void {
    this.#clips.pop();
  }

  get(): { readonly output: string; readonly height: number } {
    return { output: this.#rows.map((row) => row.trimEnd()).join('\n'), height: this.height };
  }

  #put(x: number, y: number, text: string): void {
    const taken = this.#taken[y];
    if (taken === undefined) return;
    const width = stringWidth(text);
    if (x >= taken) {
      this.#rows[y] += ' '.repeat(x - taken) + text;
      this.#taken[y] = x + width;
      return;
    }
    const row = cellsOf(this.#rows[y]);
    this.#rows[y] = rowOfCells(row, 0, x) + text + rowOfCells(row, x + width, taken);
    this.#taken[y] = Math.max(taken, x + width);
  }
}

type Transformer = (text: string, index: number) => string;

/** From the first to the second, exclusive. */
interface Clip {
  readonly x1?: number | undefined;
  readonly x2?: number | undefined;
  readonly y1?: number | undefined;
  readonly y2?: number | undefined;
}

const isWithin = (at: number, from: number | undefined, to: number | undefined): boolean =>
  (from === undefined || at >= from) && (to === undefined || at < to);

function clipped(x: number, line: string, clip: Clip | undefined): [x: number, line: string] {
  const from = Math.max(0, clip?.x1 ?? 0) - x;
  const to = clip?.x2 === undefined ? Infinity : clip.x2 - x;
  if (from <= 0 && stringWidth(line) <= to) return [x, line];
  return to <= Math.max(0, from)
    ? [x, '']
    : [Math.max(x, x + from), rowOfCells(cellsOf(line), Math.max(0, from), to)];
}
