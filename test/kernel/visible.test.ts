import { expect, it } from 'vitest';
import { decodeText } from '../../src/kernel/text.ts';
import { visible } from '../../src/kernel/visible.ts';

it.each([
  ['plain /web/db', '/web/db'],
  ['writing of any script', '/größe/漢字/👩‍🚀'],
])('%s stays as it is', (_, text) => {
  expect(visible(text)).toBe(text);
});

it.each([
  ['an escape sequence', '\x1b[2J', '\\x1B[2J'],
  ['a newline', 'a\nb', 'a\\nb'],
  ['a tab', 'a\tb', 'a\\tb'],
  ['NUL', '\0', '\\x00'],
  ['a C1 control', '\x9b', '\\xC2\\x9B'],
  ['a byte that is not UTF-8', decodeText(Uint8Array.of(0x61, 0xff)), 'a\\xFF'],
  ['a right-to-left override', 'a\u202eb', 'a\\xE2\\x80\\xAEb'],
])('%s is written out', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});
