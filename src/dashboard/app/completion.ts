import { splitWords } from '../../script/words.ts';
import type { Line } from '../draw/line.ts';

/** Putting candidates into a line of the language. */

/** Where the word at the cursor begins: behind the last blank that stands in no quotes. */
export function wordStart({ text, cursor }: Line): number {
  let start = 0;
  let quote = '';
  for (let at = 0; at < cursor; at += 1) {
    const character = text[at];
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"') at += 1;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ' ' || character === '\t') start = at + 1;
  }
  return start;
}

/** The line with this in the place of the word at the cursor. */
export function withWord(line: Line, word: string, behind: string): Line {
  const start = wordStart(line);
  const text = asTyped(word) + behind;
  return {
    text: line.text.slice(0, start) + text + line.text.slice(line.cursor),
    cursor: start + text.length,
  };
}

/** What all of them begin with. */
export function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) {
    while (!word.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

/** What follows a candidate that is the only one: a cgroup's files and a name's value are typed at once. */
export const endOf = (word: string): string => (/[/=:]$/.test(word) ? '' : ' ');

/** In quotes where the language would split it, or see a comment. */
function asTyped(word: string): string {
  try {
    const [only, ...more] = splitWords(word);
    if (only?.text === word && more.length === 0) return word;
  } catch {
    // A quote in the word, never closed.
  }
  return word.includes("'") ? `"${word.replace(/["\\]/g, '\\$&')}"` : `'${word}'`;
}
