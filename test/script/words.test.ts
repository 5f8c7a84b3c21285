import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/kernel/text.ts';
import { Mistake } from '../../src/script/mistake.ts';
import { quote, splitWords } from '../../src/script/words.ts';

const texts = (line: string): string[] => splitWords(line).map((word) => word.text);

describe('words of a line', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['   \t ', []],
    ['mkdir web', ['mkdir', 'web']],
    ['  mkdir\t web  ', ['mkdir', 'web']],
    ['# all of it', []],
    ['mkdir web # made here', ['mkdir', 'web']],
    ['mkdir web#1', ['mkdir', 'web#1']],
    ["mkdir '#1'", ['mkdir', '#1']],
    ["'a b' 'c\"d' '\\n'", ['a b', 'c"d', '\\n']],
    ['"a b" "c\'d" "# no comment"', ['a b', "c'd", '# no comment']],
    ['"\\\\ \\" \\n \\t \\0"', ['\\ " \n \t \0']],
    ['"\\x41\\x0a"', ['A\n']],
    ['"\\xff"', ['\udcff']],
    ['"\\xc3\\xa9"', ['é']],
    ["''", ['']],
    ['""', ['']],
    ['a"b c"\'d e\'f', ['ab cd ef']],
    ['a\\b', ['a\\b']],
    ['web-\u{1f980} é', ['web-\u{1f980}', 'é']],
  ])('%j is %j', (line, expected) => {
    expect(texts(line)).toEqual(expected);
  });

  it('know the column where they begin', () => {
    expect(splitWords('  write  "a b"\tc').map((word) => word.column)).toEqual([3, 10, 16]);
  });

  it.each([
    ["write f 'open", 9, /never closed/],
    ['write f "open', 9, /never closed/],
    ['write f "open\\"', 9, /never closed/],
    ['write "\\q"', 8, /unknown escape/],
    ['write "\\x4"', 8, /two hexadecimal digits/],
    ['write "\\xzz"', 8, /two hexadecimal digits/],
  ])('%j is a mistake in column %i', (line, column, message) => {
    const attempt = () => splitWords(line);
    expect(attempt).toThrow(Mistake);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ column }));
  });
});

describe('quote', () => {
  // Whatever bytes a name or a text can hold, as kernel/text.ts makes a string of them.
  const bytes = fc.uint8Array({ maxLength: 20 }).map(decodeText);
  const awkward = fc.string({ unit: fc.constantFrom(...'ab #\'"\\\n\t\0\r=-é\u{1f980}'), maxLength: 12 });
  const word = fc.oneof(
    bytes,
    awkward,
    fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  );

  it('gives back a line of exactly these words', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        expect(texts(quote(words))).toEqual(words);
      }),
    );
  });

  it('gives one line of printable text', () => {
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(quote(words)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
    );
  });

  it.each([
    [['write', 'web/high_wmark_in_bytes', '56M'], 'write web/high_wmark_in_bytes 56M'],
    [['print', "it's"], `print "it's"`],
    [['print', 'a b', ''], "print 'a b' ''"],
    [['expect', 'failcnt', '<=', '3'], 'expect failcnt <= 3'],
    [['mkdir', '#1'], "mkdir '#1'"],
  ])('%j is %s', (words, line) => {
    expect(quote(words)).toBe(line);
  });
});
