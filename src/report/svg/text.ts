import { visible } from '../../kernel/visible.ts';
import { widthOf } from '../width.ts';

/** Text as it stands in markup: what can't be printed is shown, and what means something to XML is escaped. */
export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const NARROW = /[ .,:;'’|!()[\]ijlftr/]/;
const WIDE = /[mwMW%@→]/;

/**
 * About how wide a text will be, in the unit of `size`. A picture that is made without a browser
 * can't measure: this errs on the wide side for the usual sans-serif fonts.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of visible(text)) {
    if (widthOf(character) === 2) ems += 1.05;
    else if (NARROW.test(character)) ems += 0.35;
    else if (WIDE.test(character)) ems += 0.92;
    else ems += /[A-Z]/.test(character) ? 0.7 : 0.59;
  }
  return ems * size;
}

/** A number stays with its unit. */
export const unbroken = (text: string): string => text.replace(/(\d) (?=[%\w])/g, '$1\u00a0');

/** Lines no wider than `width`; a word that is wider has a line of its own. */
export function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of unbroken(text).split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length === 0) lines.push(word);
    else if (textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The text, or its end after an ellipsis: of a path the end tells more. */
export function shortened(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`…${characters.join('')}`, size) > width) characters.shift();
  return `…${characters.join('')}`;
}
