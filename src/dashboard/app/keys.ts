import type { Key } from 'ink';

/**
 * The keys that were pressed, by name. A terminal hands on what came quickly as one piece of text,
 * so that several keys, and a whole paste, may come at once.
 */
export function keysOf(input: string, key: Key): string[] {
  const name = NAMED.find((each) => key[each[0]])?.[1];
  if (name !== undefined) return [key.shift && SHIFTED.has(name) ? `shift-${name}` : name];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
  if (key.meta) return [];
  return Array.from(segmenter.segment(input), ({ segment }) => controlKey(segment) ?? segment);
}

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  // The key above Return sends DEL, which ink takes for Delete.
  ['delete', 'backspace'],
];
const SHIFTED = new Set(['tab', 'left', 'right']);

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const CONTROL: Readonly<Record<string, string>> = {
  '\r': 'return',
  '\n': 'return',
  '\r\n': 'return',
  '\t': 'tab',
  '\b': 'backspace',
  '\x7f': 'backspace',
  '\x1b': 'escape',
};

/** null: it is no control character. */
function controlKey(character: string): string | null {
  const named = CONTROL[character];
  if (named !== undefined) return named;
  const code = character.charCodeAt(0);
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x60)}` : null;
}
