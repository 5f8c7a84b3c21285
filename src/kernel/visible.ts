import { encodeText } from './text.ts';

// Names and texts come from scripts: printed raw, they could move the cursor, or reverse the line they stand in.
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text that may go to a terminal: what is not printable stands as the language's `\xHH` (or `\n`, `\t`). */
export const visible = (text: string): string =>
  text.replace(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    const bytes = [...encodeText(character)];
    return bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
  });
