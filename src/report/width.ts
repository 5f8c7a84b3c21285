import stringWidth from 'string-width';

/**
 * One column each, whatever the terminal, and most of what there is: ASCII; Latin, less the soft hyphen; dashes,
 * quotes and bullets; arrows; boxes, blocks and triangles; braille.
 */
const SINGLE = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff]*$/;

const ESCAPE = '\x1b';
const STYLES = new RegExp(`${ESCAPE}\\[[\\d;]*m`, 'g');

/** Whether a text has nothing else. */
export const isPlain = (text: string): boolean => SINGLE.test(text);

/** Columns that a text takes. To look one up in Unicode's tables takes longer than most reports: they come last. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  const unstyled = text.replace(STYLES, '');
  return isPlain(unstyled) ? unstyled.length : stringWidth(unstyled);
}
