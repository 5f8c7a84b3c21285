import { encodeText } from './text.ts';

// Names and texts come from scripts: printed raw, they could move the cursor, or reverse the line they stand in.
// To build these sets of Unicode's takes longer than to print a report: they are for texts that are not plain.
const unsafe = (): RegExp => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const IS_PLAIN = /^[ -~]*$/;

/** The same for a format that has newlines and tabs in its texts, and that somebody may yet look at on a terminal. */
export const visibleLines = (text: string): string => text.replace(/[^\r\n\t]+/g, visible);

/** The same for sentences of several lines. */
export const visibleText = (text: string): string => text.replace(/[^\n]+/g, visible);

/** Whether it may go to a terminal as it stands, on one line. */
export const isPrintable = (text: string): boolean => IS_PLAIN.test(text) || text.search(unsafe()) < 0;

/** Text that may go to a terminal: what is not printable stands as the language's `\xHH` (or `\n`, `\t`). */
export const visible = (text: string): string =>
  IS_PLAIN.test(text) ? text : text.replace(unsafe(), escaped);

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const bytes = [...encodeText(character)];
  return bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}
