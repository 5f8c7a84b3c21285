import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader, FramingError, frame } from '../../src/session/framing.ts';

describe('messages on a stream', () => {
  test('come out as they went in, however the stream is cut', () => {
    const message = fc.record({ id: fc.integer(), text: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(fc.array(message), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(frame));
        const reader = new FrameReader(1 << 20);
        const found: unknown[] = [];
        for (let at = 0; at < bytes.length; ) {
          const { value } = cuts.next();
          found.push(...reader.push(Buffer.from(bytes.subarray(at, at + value))));
          at += value;
        }
        expect(found).toEqual(messages);
      }),
    );
  });

  test.each([
    ['an HTTP request', 'GET / HTTP/1.1\r\n\r\n'],
    ['noise', '\x00\x01\x02\x03'],
    ['a header without end', `Content-Type: ${'x'.repeat(300)}`],
    ['no length', 'Content-Type: text\r\n\r\n{}'],
    ['a length that is no number', 'Content-Length: -5\r\n\r\n{}'],
    ['a body that is no JSON', 'Content-Length: 2\r\n\r\n{]'],
    ['100 MB', 'Content-Length: 100000000\r\n\r\n'],
  ])('%s is refused', (_, text) => {
    expect(() => new FrameReader(1 << 20).push(Buffer.from(text, 'latin1'))).toThrow(FramingError);
  });
});
