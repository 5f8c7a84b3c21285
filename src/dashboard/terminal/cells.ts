import { fastStringWidth as stringWidth } from '../ink/string-width.ts';

/** A row of the screen, column by column. Behind a character of two columns comes an empty text. */
export interface Cells {
  readonly texts: readonly string[];
  /** SGR parameters that set this look from the default: `1;31`; empty: the default. */
  readonly styles: readonly string[];
}

export const NO_CELLS: Cells = { texts: [], styles: [] };

/** A row of text with SGR sequences; other sequences are left out. */
export function cellsOf(row: string): Cells {
  const texts: string[] = [];
  const styles: string[] = [];
  let style = '';
  for (let at = 0; at < row.length; ) {
    const code = row.charCodeAt(at);
    if (code === ESCAPE) {
      SEQUENCE.lastIndex = at;
      const [all = row[at], parameters] = SEQUENCE.exec(row) ?? [];
      if (parameters !== undefined) style = styleAfter(style, parameters);
      at += all.length;
      continue;
    }
    const character = isAlone(code, row.charCodeAt(at + 1)) ? row[at] : graphemeAt(row, at);
    at += character.length;
    const width = stringWidth(character);
    if (width === 0) {
      if (texts.length > 0) texts[texts.length - 1] += character;
      continue;
    }
    texts.push(character);
    styles.push(style);
    for (let column = 1; column < width; column += 1) {
      texts.push('');
      styles.push(style);
    }
  }
  return { texts, styles };
}

/** The columns from `from` up to `to` as a row; of a character that is cut in two a blank stays. */
export function rowOfCells({ texts, styles }: Cells, from: number, to: number): string {
  let row = '';
  let style = '';
  for (let x = from; x < Math.min(to, texts.length); x += 1) {
    if (styles[x] !== style)
      row += style === '' ? `\x1b[${styles[x]}m` : `\x1b[0${styles[x] && `;${styles[x]}`}m`;
    style = styles[x];
    if (texts[x] === '') row += x === from ? ' ' : '';
    else row += x + 1 === to && texts[x + 1] === '' ? ' ' : texts[x];
  }
  return style === '' ? row : `${row}\x1b[0m`;
}

const ESC = '\x1b';
const ESCAPE = 0x1b;
/** With its parameters, if it is SGR. */
const SEQUENCE = new RegExp(`${ESC}\\[(?:([\\d;]*)m|[\\d;?]*[ -/]*[@-~])`, 'y');

/** Nothing that follows here is drawn into the same cell: ASCII, boxes, blocks and braille before their like. */
const isAlone = (code: number, next: number): boolean => isSimple(code) && !isJoined(next);
const isSimple = (code: number): boolean => code < 0x300 || (code >= 0x2500 && code <= 0x28ff);
/** NaN: there is nothing behind it. */
const isJoined = (code: number): boolean => code >= 0x300 && !isSimple(code);

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
function graphemeAt(row: string, at: number): string {
  const end = row.indexOf(ESC, at);
  for (const { segment } of segmenter.segment(row.slice(at, end < 0 ? at + 64 : Math.min(end, at + 64))))
    return segment;
  return row[at];
}

/** ECMA-48, 8.3.117: what each parameter switches on, and what it takes the place of. */
const SWITCHES: Readonly<Record<number, readonly [slot: string, on: boolean]>> = {
  1: ['bold', true],
  2: ['dim', true],
  3: ['italic', true],
  4: ['underline', true],
  7: ['inverse', true],
  8: ['hidden', true],
  9: ['strike', true],
  23: ['italic', false],
  24: ['underline', false],
  27: ['inverse', false],
  28: ['hidden', false],
  29: ['strike', false],
  39: ['foreground', false],
  49: ['background', false],
};

/** What came out before: a screen knows few styles. */
const AFTER = new Map<string, string>();
const MOST_STYLES = 1000;

/** The style that SGR parameters make of another. */
function styleAfter(style: string, parameters: string): string {
  const key = `${style} ${parameters}`;
  const known = AFTER.get(key);
  if (known !== undefined) return known;
  const look = new Look();
  if (style !== '') look.apply(style);
  look.apply(parameters);
  if (AFTER.size >= MOST_STYLES) AFTER.clear();
  const after = look.style();
  AFTER.set(key, after);
  return after;
}

/** What has been switched on, by the slot that it fills. */
class Look {
  readonly #slots = new Map<string, string>();

  apply(parameters: string): void {
    const codes = parameters === '' ? [0] : parameters.split(';').map(Number);
    for (let at = 0; at < codes.length; at += 1) {
      const code = codes[at];
      const slot = colourSlot(code);
      if (code === 0) this.#slots.clear();
      else if (code === 22) {
        this.#slots.delete('bold');
        this.#slots.delete('dim');
      } else if (slot !== null) {
        const length = code % 10 !== 8 || code > 89 ? 1 : codes[at + 1] === 5 ? 3 : 5;
        this.#slots.set(slot, codes.slice(at, at + length).join(';'));
        at += length - 1;
      } else {
        const [name, on] = SWITCHES[code] ?? ['', false];
        if (on) this.#slots.set(name, `${code}`);
        else this.#slots.delete(name);
      }
    }
  }

  /** The same for the same look, however it came about. */
  style(): string {
    if (this.#slots.size < 2) return this.#slots.values().next().value ?? '';
    return [...this.#slots]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, codes]) => codes)
      .join(';');
  }
}

function colourSlot(code: number): 'foreground' | 'background' | null {
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return 'foreground';
  if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return 'background';
  return null;
}
