import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, encodeText, isLongerThan } from '../../src/kernel/text.ts';

const anyBytes = fc.uint8Array({ maxLength: 60 });
/** Bytes that nearly are UTF-8. */
const nearlyText = fc
  .tuple(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(255))
  .map(([text, at, byte]) => {
    const data = new TextEncoder().encode(text);
    if (data.length > 0) data[at % data.length] = byte;
    return data;
  });

test('any bytes come out as they went in', () => {
  fc.assert(
    fc.property(fc.oneof(anyBytes, nearlyText), (data) => {
      expect(encodeText(decodeText(data))).toEqual(data);
      expect(isLongerThan(decodeText(data), data.length)).toBe(false);
      expect(isLongerThan(decodeText(data), data.length - 1)).toBe(true);
    }),
  );
});

test('different bytes are different texts', () => {
  fc.assert(
    fc.property(anyBytes, anyBytes, (one, two) => {
      expect(decodeText(one) === decodeText(two)).toBe(Buffer.compare(one, two) === 0);
    }),
  );
});

test('UTF-8 is read as it is meant', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeText(encodeText(text))).toBe(text);
    }),
  );
});

test.each<[string, number[], string]>([
  ['a lone continuation byte', [0x80], '\udc80'],
  ['a lead byte at the end', [0x61, 0xc3], 'a\udcc3'],
  ['an overlong slash', [0xc0, 0xaf], '\udcc0\udcaf'],
  ['a surrogate in UTF-8', [0xed, 0xb3, 0xbf], '\udced\udcb3\udcbf'],
  ['what lies beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80'],
  ['junk between letters', [0xc3, 0xa9, 0xff, 0x62], 'é\udcffb'],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ['a NUL', [0x61, 0, 0x62], 'a\0b'],
])('%s keeps its bytes', (_what, data, text) => {
  expect(decodeText(Uint8Array.from(data))).toBe(text);
  expect([...encodeText(text)]).toEqual(data);
});
