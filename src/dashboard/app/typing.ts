import { EMPTY_LINE, type Line } from '../draw/line.ts';

/** Editing a line: the keys that shells have taught people. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const BLANKS_AND_WORD = /\S+\s*$/;

const EDITS: Readonly<Record<string, (line: Line) => Line>> = {
  left: (line) => ({ ...line, cursor: before(line) }),
  right: (line) => ({ ...line, cursor: behind(line) }),
  home: (line) => ({ ...line, cursor: 0 }),
  end: ({ text }) => ({ text, cursor: text.length }),
  backspace: (line) => without(line, before(line), line.cursor),
  'ctrl-a': (line) => ({ ...line, cursor: 0 }),
  'ctrl-b': (line) => ({ ...line, cursor: before(line) }),
  'ctrl-d': (line) => without(line, line.cursor, behind(line)),
  'ctrl-e': ({ text }) => ({ text, cursor: text.length }),
  'ctrl-f': (line) => ({ ...line, cursor: behind(line) }),
  'ctrl-k': (line) => without(line, line.cursor, line.text.length),
  'ctrl-u': (line) => without(line, 0, line.cursor),
  'ctrl-w': (line) => {
    const word = BLANKS_AND_WORD.exec(line.text.slice(0, line.cursor))?.[0] ?? '';
    return without(line, line.cursor - word.length, line.cursor);
  },
};

/** What a key makes of the line: an edit, or the character itself; null: the key is none of a line's. */
export function typed(line: Line, key: string): Line | null {
  const edit = Object.hasOwn(EDITS, key) ? EDITS[key] : undefined;
  if (edit !== undefined) return edit(line);
  return isCharacter(key) ? inserted(line, key) : null;
}

export function inserted({ text, cursor }: Line, more: string): Line {
  return { text: text.slice(0, cursor) + more + text.slice(cursor), cursor: cursor + more.length };
}

/** The line with the cursor behind it. */
export const lineOf = (text: string): Line => (text === '' ? EMPTY_LINE : { text, cursor: text.length });

/** Keys with a name have more than one character. */
const isCharacter = (key: string): boolean => {
  const [first, ...more] = segmenter.segment(key);
  return first !== undefined && more.length === 0;
};

function before({ text, cursor }: Line): number {
  const last = [...segmenter.segment(text.slice(0, cursor))].at(-1);
  return last?.index ?? 0;
}

function behind({ text, cursor }: Line): number {
  const [next] = segmenter.segment(text.slice(cursor));
  return cursor + (next?.segment.length ?? 0);
}

const without = ({ text }: Line, from: number, to: number): Line => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
});
