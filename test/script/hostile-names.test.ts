import { describe, expect, it } from 'vitest';
import { quote } from '../../src/script/words.ts';
import { printed, runLines } from './scripts.ts';

/** Names that a kernel allows, and that must not reach a terminal as they are. */
const NAMES: readonly [string, string][] = [
  ['a screen that is cleared', '\x1b[2J'],
  ['a C1 control', 'a\x9b31m'],
  ['a right-to-left override', 'a\u202egnp'],
  ['an isolate', 'a\u2066b'],
  ['a line separator', 'a\u2028b'],
  ['a carriage return', 'a\rb'],
  ['a bell', 'a\x07'],
];
const RAW = /[\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]|(?!\n)\p{Cc}/u;

describe.each(NAMES)('%s in a name', (_, name) => {
  const word = quote([name]);
  const made = [`mkdir ${word}`, `spawn t ${word}`, `start t stream ${word} 64M --rate 1M/s`];

  it.each(['ls /', 'ls -R /', 'tree /', 'ps', `get -r failcnt ${word}`, `ls ${word}`])(
    'is shown by %s as it would be written',
    async (command) => {
      const result = await runLines([...made, command]);
      expect(result.error).toBeNull();
      const text = printed(result).join('\n');
      expect(text).not.toMatch(RAW);
      if (command !== `ls ${word}`) expect(text).toContain(word.slice(1, -1));
    },
  );
});
