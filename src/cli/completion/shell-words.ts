/** A command line that somebody is still typing, as a shell will read it. */
export interface TypedLine {
  /** Words that are complete. */
  readonly words: readonly string[];
  /** The word at the cursor, without quotes; may be empty. */
  readonly current: string;
  /** As it was typed. */
  readonly raw: string;
}

/** Splits a line at blanks outside quotes; the last quote may be open. */
export function splitTyped(line: string): TypedLine {
  const words: string[] = [];
  let word = '';
  let start = 0;
  let inside = false;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (quote === '' && /\s/.test(character)) {
      if (inside) words.push(word);
      word = '';
      inside = false;
      start = at + 1;
      continue;
    }
    inside = true;
    if (character === quote) quote = '';
    else if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (character === '\\' && quote !== "'") word += line[++at] ?? '';
    else word += character;
  }
  return { words, current: word, raw: line.slice(start) };
}

const PLAIN = /^[\p{L}\p{N}_@%+=:,./-]*$/u;

/** A word as it has to be typed; null for one that holds what nobody can type. */
export function typedWord(word: string): string | null {
  if (PLAIN.test(word)) return word;
  if (/[\p{Cc}\p{Cs}]/u.test(word)) return null;
  return word.replace(/[^\p{L}\p{N}_@%+=:,./-]/gu, '\\$&');
}

/** bash breaks words at these, and replaces what follows the last of them only. */
const BREAKS = /^.*[=:]/s;

/** What bash has to put in for this candidate, given what was typed of it. */
export const bashReply = (candidate: string, raw: string): string =>
  candidate.slice(BREAKS.exec(raw)?.[0].length ?? 0);
