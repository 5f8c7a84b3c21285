import stringWidth from 'string-width';

/**
 * How many columns a text takes. The bundle gives this to ink in place of `string-width`, which looks every
 * character up in Unicode's tables: for a screen of braille that was half of what a frame cost.
 */
export function fastStringWidth(text: string, options?: Parameters<typeof stringWidth>[1]): number {
  const width = options === undefined ? plainWidth(text) : null;
  return width ?? stringWidth(text, options);
}

const ESCAPE = 0x1b;
const BRACKET = 0x5b;
const M = 0x6d;

/** null: something that one has to look up. */
function plainWidth(text: string): number | null {
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isNarrow(code)) width += 1;
    else if (code === ESCAPE) {
      at = endOfStyle(text, at);
      if (at < 0) return null;
    } else return null;
  }
  return width;
}

/** Of Unicode's blocks those of one column that a dashboard is drawn of. Inclusive. */
export const NARROW: readonly (readonly [from: number, to: number])[] = [
  [0x20, 0x7e],
  // Braille, boxes and blocks.
  [0x2800, 0x28ff],
  [0x2500, 0x259f],
  // Latin, less the soft hyphen.
  [0xa0, 0xac],
  [0xae, 0x2ff],
  // Dashes, quotes, bullets, the ellipsis; arrows; triangles and the like.
  [0x2010, 0x2027],
  [0x2190, 0x21ff],
  [0x25a0, 0x25fc],
];

function isNarrow(code: number): boolean {
  if (code < 0x7f) return code >= 0x20;
  for (const [from, to] of NARROW) if (code >= from && code <= to) return true;
  return false;
}

/** Where the `m` of an SGR sequence is; -1: it is something else. */
function endOfStyle(text: string, from: number): number {
  if (text.charCodeAt(from + 1) !== BRACKET) return -1;
  for (let at = from + 2; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === M) return at;
    const isParameter = (code >= 0x30 && code <= 0x39) || code === 0x3b;
    if (!isParameter) return -1;
  }
  return -1;
}
