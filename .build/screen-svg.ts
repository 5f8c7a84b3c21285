/**
 * A terminal's screen as a picture. Letters are text; boxes, blocks and braille are drawn, since
 * every font has its own idea of them.
 */

/** Of a cell, px. */
const WIDTH = 8;
const HEIGHT = 17;
const BASELINE = 12.5;
const MARGIN = 12;
const PAPER = '#15181e';
const INK = '#d8dce3';
const EDGE = '#4a505a';

/** `rows` with SGR sequences, as `tmux capture-pane -e` prints them; `label`: for those who can't see it. */
export function screenSvg(rows: readonly string[], columns: number, label: string): string {
  const drawing = new Drawing();
  for (const [y, row] of cellsOf(rows).entries()) drawing.row(row, y);
  const width = columns * WIDTH + 2 * MARGIN;
  const height = rows.length * HEIGHT + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="${PAPER}" stroke="${EDGE}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="13.3" xml:space="preserve">`,
    drawing.markup(),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A row of the screen, column by column. */
interface Cells {
  readonly texts: readonly string[];
  /** The same look is the same object. */
  readonly looks: readonly Look[];
}

const PIECE = new RegExp(`${'\x1b'}\\[([\\d;]*)m|.`, 'gu');

/** tmux says only what changes, from one row to the next as well. */
function cellsOf(rows: readonly string[]): Cells[] {
  const known = new Map<string, Look>();
  const lookAfter = (codes: readonly number[]): Look => {
    const look = lookOf(codes);
    const key = JSON.stringify(look);
    if (!known.has(key)) known.set(key, look);
    return known.get(key) ?? look;
  };
  let codes: readonly number[] = [];
  let look = lookAfter(codes);
  return rows.map((row) => {
    const texts: string[] = [];
    const looks: Look[] = [];
    for (const [piece, given] of row.matchAll(PIECE)) {
      if (given === undefined) {
        texts.push(piece);
        looks.push(look);
        continue;
      }
      const added = given.split(';').map(Number);
      codes = added[0] === 0 ? added.slice(1) : [...codes, ...added];
      look = lookAfter(codes);
    }
    return { texts, looks };
  });
}

interface Look {
  readonly ink: string;
  readonly paper: string | null;
  readonly bold: boolean;
}

class Drawing {
  /** Parts of paths, by how they are drawn and in which colour. */
  readonly #paths = new Map<string, string[]>();
  readonly #texts: string[] = [];

  row({ texts, looks }: Cells, y: number): void {
    for (let x = 0; x < texts.length; ) {
      const look = looks[x];
      let end = x + 1;
      const isText = !isDrawn(texts[x]);
      while (end < texts.length && looks[end] === look && isDrawn(texts[end]) !== isText) end += 1;
      if (look.paper !== null) this.#add(`fill="${look.paper}"`, rect(x, y, 0, 0, (end - x) * 8, 8));
      if (isText) this.#text(texts.slice(x, end).join(''), x, y, look);
      else this.#drawn(texts.slice(x, end), x, y, look);
      x = end;
    }
  }

  markup(): string {
    const paths = [...this.#paths].map(([how, parts]) => `<path ${how} d="${parts.join('')}"/>`);
    return [...paths, ...this.#texts].join('\n');
  }

  #text(text: string, x: number, y: number, { ink, bold }: Look): void {
    // Words by themselves: what is between them takes no room in the file, and none can drift.
    for (const { 0: words, index } of text.matchAll(/\S+(?: \S+)*/g)) {
      const length = [...words].length;
      const fit = length > 1 ? ` textLength="${length * WIDTH}" lengthAdjust="spacingAndGlyphs"` : '';
      const at = `x="${(x + index) * WIDTH}" y="${y * HEIGHT + BASELINE}"`;
      const weight = bold ? ' font-weight="bold"' : '';
      this.#texts.push(`<text ${at}${fit} fill="${ink}"${weight}>${escaped(words)}</text>`);
    }
  }

  #drawn(characters: readonly string[], x: number, y: number, { ink }: Look): void {
    const codes = characters.map((each) => each.charCodeAt(0));
    for (let line = 0; line < 4; line += 1) this.#dots(codes, line, x, y, ink);
    for (const [i, code] of codes.entries()) {
      const block = BLOCKS[code];
      if (block !== undefined) this.#add(`fill="${ink}"`, rect(x + i, y, ...block));
      const strokes = STROKES[code];
      if (strokes !== undefined)
        this.#add(`stroke="${ink}" fill="none" ${strokes.how}`, strokes.draw((x + i) * WIDTH, y * HEIGHT));
    }
  }

  /** A line of braille's dots: those next to each other are the dashes of one stroke. */
  #dots(codes: readonly number[], line: number, x: number, y: number, ink: string): void {
    const how = `stroke="${ink}" fill="none" stroke-width="2.7" stroke-linecap="round" stroke-dasharray="0 4"`;
    const isOn = (dot: number): boolean => {
      const code = codes[dot >> 1] ?? 0;
      return code >= 0x2800 && code <= 0x28ff && (code & (DOTS[dot & 1]?.[line] ?? 0)) !== 0;
    };
    for (let dot = 0; dot < codes.length * 2; dot += 1) {
      if (!isOn(dot)) continue;
      const from = dot;
      while (isOn(dot + 1)) dot += 1;
      this.#add(
        how,
        `M${x * WIDTH + 2 + from * 4} ${round(y * HEIGHT + 2.1 + line * 4.25)}h${(dot - from) * 4 + 0.1}`,
      );
    }
  }

  #add(how: string, part: string): void {
    const parts = this.#paths.get(how);
    if (parts === undefined) this.#paths.set(how, [part]);
    else parts.push(part);
  }
}

/** Unicode 10.0, 22.5: the bits of a braille pattern's dots, by column, from the top down. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

/** In eighths of a cell: left, top, width, height. */
type Eighths = readonly [left: number, top: number, width: number, height: number];
const BLOCKS: Readonly<Record<number, Eighths>> = Object.fromEntries([
  ...Array.from({ length: 8 }, (_, i): [number, Eighths] => [0x2581 + i, [0, 7 - i, 8, i + 1]]),
  ...Array.from({ length: 7 }, (_, i): [number, Eighths] => [0x2589 + i, [0, 0, 7 - i, 8]]),
]);

const rect = (x: number, y: number, ...[left, top, width, height]: Eighths): string => {
  const wide = (width * WIDTH) / 8;
  const high = round((height * HEIGHT) / 8);
  return `M${x * WIDTH + (left * WIDTH) / 8} ${round(y * HEIGHT + (top * HEIGHT) / 8)}h${wide}v${high}h-${wide}z`;
};

interface Strokes {
  readonly how: string;
  readonly draw: (left: number, top: number) => string;
}

const MIDDLE = HEIGHT / 2;
/** Where a box's lines go from the middle of its cell: left, right, up, down. */
const box = (character: string, directions: string, how = ''): [number, Strokes] => [
  character.charCodeAt(0),
  {
    how,
    draw: (left, top) => {
      const middle = `M${left + 4} ${top + MIDDLE}`;
      const [l, r, u, d] = ['l', 'r', 'u', 'd'].map((each) => directions.includes(each));
      const across = l && r ? `M${left} ${top + MIDDLE}h8` : l ? `${middle}h-4` : r ? `${middle}h4` : '';
      const down = u && d ? `M${left + 4} ${top}v17` : u ? `${middle}v-8.5` : d ? `${middle}v8.5` : '';
      return across + down;
    },
  },
];
const STROKES: Readonly<Record<number, Strokes>> = Object.fromEntries([
  ...[box('─', 'lr'), box('│', 'ud'), box('├', 'rud'), box('┤', 'lud'), box('┬', 'lrd'), box('┴', 'lru')],
  ...[box('└', 'ru'), box('┘', 'lu'), box('┌', 'rd'), box('┐', 'ld'), box('┼', 'lrud')],
  ...[box('━', 'lr', 'stroke-width="2.4"'), box('┃', 'ud', 'stroke-width="2.4"')],
  ...[box('╌', 'lr', 'stroke-dasharray="3 1"'), box('╎', 'ud', 'stroke-dasharray="6.5 2"')],
  ...[box('┈', 'lr', 'stroke-dasharray="1 1"'), box('┊', 'ud', 'stroke-dasharray="2.5 1.75"')],
  ...[box('┅', 'lr', 'stroke-width="2.4" stroke-dasharray="2 .67"')],
]);

const isDrawn = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return (code >= 0x2800 && code <= 0x28ff) || code in BLOCKS || code in STROKES;
};

/** As xterm has them, lighter where that would be too dark on this paper. */
const SIXTEEN = [
  ...['#3b4048', '#f0707a', '#8cc570', '#e3b554', '#6caaf0', '#cf84dd', '#56b6c2', '#d8dce3'],
  ...['#7f8794', '#ff8b94', '#a5dd88', '#f6cb74', '#8dc1ff', '#e29df0', '#74d0dc', '#ffffff'],
];

/** What SGR parameters, one after the other, make of the default look. */
function lookOf(codes: readonly number[]): Look {
  let ink: string | null = null;
  let paper: string | null = null;
  const on = new Set<number>();
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    const [colour, length] = colourAt(codes, at);
    if (code === 39) ink = null;
    else if (code === 49) paper = null;
    else if (code === 22) {
      on.delete(1);
      on.delete(2);
    } else if (code === 27) on.delete(7);
    else if (colour === null) on.add(code);
    else if (code % 100 < 40 || (code >= 90 && code < 100)) ink = colour;
    else paper = colour;
    at += length - 1;
  }
  const shown = on.has(7) ? { ink: paper ?? PAPER, paper: ink ?? INK } : { ink: ink ?? INK, paper };
  return { ...shown, ink: on.has(2) ? mixed(shown.ink, shown.paper ?? PAPER) : shown.ink, bold: on.has(1) };
}

/** The colour that begins here, and how many parameters it takes; null: these are no colour's. */
function colourAt(codes: readonly number[], at: number): [colour: string | null, length: number] {
  const code = codes[at];
  if (code === 38 || code === 48) {
    if (codes[at + 1] === 5) return [indexed(codes[at + 2]), 3];
    return [hex(codes.slice(at + 2, at + 5)), 5];
  }
  if ((code >= 30 && code < 38) || (code >= 40 && code < 48)) return [SIXTEEN[code % 10], 1];
  if ((code >= 90 && code < 98) || (code >= 100 && code < 108)) return [SIXTEEN[8 + (code % 10)], 1];
  return [null, 1];
}

/** xterm's 256 colours: sixteen, a cube of 6, greys. */
function indexed(index: number): string {
  if (index < 16) return SIXTEEN[index];
  if (index >= 232) return hex(Array.from({ length: 3 }, () => 8 + 10 * (index - 232)));
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  return hex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level));
}

const hex = (parts: readonly number[]): string =>
  `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
const partsOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const mixed = (ink: string, paper: string): string => {
  const below = partsOf(paper);
  return hex(partsOf(ink).map((part, i) => Math.round(part * 0.62 + below[i] * 0.38)));
};

const round = (value: number): number => Math.round(value * 100) / 100;
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[each] ?? '&quot;');
