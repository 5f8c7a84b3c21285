import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../src/kernel/text.ts';
import { linesOf, STDIN } from '../../src/script/script-files.ts';
import { MAX_LINE } from '../../src/script/source.ts';

interface Read {
  lines: string[];
  /** Line and column of the mistake, and what it says. */
  mistake: { line: number; column: number; message: string } | null;
}

async function read(chunks: Iterable<Uint8Array>): Promise<Read> {
  const all: Read = { lines: [], mistake: null };
  const stream = (async function* () {
    yield* chunks;
  })();
  const script = linesOf(STDIN, stream);
  for (let some = await script.next(); some !== null; some = await script.next()) {
    if ('kind' in some) throw new Error(some.message);
    const { first, lines, mistake } = some;
    expect(first).toBe(all.lines.length + 1);
    all.lines.push(...lines);
    if (mistake !== null) {
      const { column, message } = mistake;
      all.mistake = { line: first + lines.length, column, message };
    }
  }
  return all;
}

const readText = (text: string): Promise<Read> => read([encodeText(text)]);

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

describe('the lines of a script', () => {
  it('are the same however its bytes arrive', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', '\r', 'é', '\u{1f980}'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat({ max: 9 })), async (lines, sizes) => {
        const text = lines.join('\n');
        const expected = text === '' ? [] : text.replace(/\n$/, '').split('\n');
        const { lines: found } = await read(cut(encodeText(text), sizes));
        expect(found).toEqual(expected.map((each) => each.replace(/\r$/, '')));
      }),
    );
  });

  it('stay what they are when the buffer they came in is used again', async () => {
    const bytes = encodeText('mkdir web\nspawn reader web\n');
    const buffer = Buffer.alloc(4);
    function* oneBuffer(): Generator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 4) {
        buffer.set(bytes.subarray(at, at + 4));
        yield buffer.subarray(0, Math.min(4, bytes.length - at));
      }
    }
    expect((await read(oneBuffer())).lines).toEqual(['mkdir web', 'spawn reader web']);
  });

  it('are all read of a file that takes several reads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memcg-lines-'));
    try {
      const lines = Array.from({ length: 20_000 }, (_, i) => `print ${i}`);
      const path = join(folder, 'long.memcg');
      writeFileSync(path, `${lines.join('\n')}\n`);
      const found: string[] = [];
      const script = linesOf(path, Readable.from([]));
      for (let some = await script.next(); some !== null; some = await script.next())
        if ('lines' in some) found.push(...some.lines);
      expect(found).toEqual(lines);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['', []],
    ['\n', ['']],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\n\nb', ['a', '', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['\ufeffmkdir web\n', ['mkdir web']],
  ])('%j has %j', async (text, lines) => {
    expect((await readText(text)).lines).toEqual(lines);
  });

  it.each([
    ['NUL', 'a\nb\0c\nd\n', 2, 2, /NUL byte/],
    ['a control character', 'ab\u001b[0m\n', 1, 3, /0x1b is a control character/],
    ['a byte that is not UTF-8', 'a\nb\nc\udcff\n', 3, 2, /0xff is not UTF-8/],
  ])('end before %s, with its position', async (_, text, line, column, message) => {
    const { lines, mistake } = await readText(text);
    expect(lines).toEqual(text.split('\n').slice(0, line - 1));
    expect(mistake).toMatchObject({ line, column });
    expect(mistake?.message).toMatch(message);
  });

  it('may be a mebibyte long and no longer', async () => {
    const longest = 'a'.repeat(MAX_LINE);
    const { lines, mistake } = await readText(`first\n${longest}\n`);
    expect(lines).toEqual(['first', longest]);
    expect(mistake).toBeNull();

    for (const text of [`first\n${longest}a\nlast\n`, `first\n${longest}a`]) {
      const tooLong = await readText(text);
      expect(tooLong.lines).toEqual(['first']);
      expect(tooLong.mistake).toMatchObject({
        line: 2,
        message: expect.stringMatching(/longer than 1048576/),
      });
    }
  });

  it('are not waited for in vain when there is no end of a line', async () => {
    let asked = 0;
    const endless = (function* () {
      for (;;) {
        asked += 1;
        yield new Uint8Array(65_536).fill(0x61);
      }
    })();
    const { mistake } = await read(endless);
    expect(mistake?.message).toMatch(/longer/);
    expect(asked).toBe(17);
  });

  it('say that a file is binary rather than that its line is long', async () => {
    const { mistake } = await read([new Uint8Array(MAX_LINE + 2)]);
    expect(mistake).toMatchObject({ line: 1, column: 1, message: expect.stringMatching(/NUL/) });
  });
});
