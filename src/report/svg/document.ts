import { styleSheet, TEXT } from './style.ts';
import { escaped, shortened, textWidth, wrapped } from './text.ts';

export const WIDTH = 1280;
const MARGIN = 36;
export const ROOM = WIDTH - 2 * MARGIN;

/** A part of a picture, as wide as it: markup for the place of its upper left corner. */
export interface Block {
  readonly height: number;
  readonly markup: string;
}

export interface SvgDocument {
  readonly title: string;
  readonly description: string;
  readonly blocks: readonly Block[];
  /** Beside what all pictures have: styles, and what stands once in the document. */
  readonly styles?: string;
  readonly symbols?: string;
}

/** Blocks below each other: an SVG document that is light or dark as its reader's system is. */
export function svgDocument({ title, description, blocks, styles = '', symbols = '' }: SvgDocument): string {
  const height = blocks.reduce((sum, block) => sum + block.height, MARGIN * 2);
  let y = MARGIN;
  const placed = blocks.map((block) => {
    const markup = at(MARGIN, y, block.markup);
    y += block.height;
    return markup;
  });
  const size = `viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<style>${styleSheet()}${styles}\n</style>${symbols}`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    ...placed,
    '</svg>\n',
  ].join('\n');
}

export const at = (x: number, y: number, markup: string): string =>
  `<g transform="translate(${x},${y})">${markup}</g>`;

/** What a form or a colour stands for. */
export interface KeyEntry {
  readonly text: string;
  /** About 0,0, where the text's line is; so wide, px. */
  readonly mark: string;
  readonly room: number;
}

/** What forms and colours stand for, beside each other. */
export function key(entries: readonly KeyEntry[]): string {
  let x = 0;
  return entries
    .map(({ text, mark, room }) => {
      const entry = at(x, 0, `${mark}<text class="quiet n" x="${room}">${text}</text>`);
      x += room + Math.ceil(textWidth(text, TEXT.small)) + 21;
      return entry;
    })
    .join('');
}

interface Sentence {
  readonly text: string;
  /** Large (`s`), or of the size of labels. */
  readonly look: 's' | 'l';
  readonly colour?: 'ink' | 'quiet' | 'bad';
}

/** What a script is called, and what is said of it. */
export function headed(title: string, sentences: readonly Sentence[]): Block {
  const lines = sentences.flatMap(({ text, look, colour = 'ink' }) =>
    wrapped(text, look === 's' ? TEXT.sentence : TEXT.label, ROOM).map((line) => ({ line, look, colour })),
  );
  const markup = [
    `<text class="ink t" y="26">${escaped(shortened(title, TEXT.title, ROOM))}</text>`,
    ...lines.map(
      ({ line, look, colour }, i) =>
        `<text class="${colour} ${look}" y="${62 + i * 28}">${escaped(line)}</text>`,
    ),
  ];
  return { height: 62 + lines.length * 28, markup: markup.join('') };
}
