import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../src/dashboard/terminal/cells.ts';
import { FrameWriter } from '../../../src/dashboard/terminal/frame-writer.ts';
import { FakeTerminal } from './fake-terminal.ts';

const COLUMNS = 24;
const ROWS = 4;

const piece = fc.tuple(
  fc.constantFrom('', '1', '31', '1;31', '38;5;12', '7'),
  fc.array(fc.constantFrom('a', 'b', ' ', '⣿', '█', '表', '👍🏽', 'é'), { maxLength: 6 }),
);
const row = fc
  .array(piece, { maxLength: 3 })
  .map((pieces) => pieces.map(([style, text]) => `\x1b[${style}m${text.join('')}\x1b[m`).join(''))
  .filter((text) => cellsOf(text).texts.length <= COLUMNS);
const frame = fc.array(row, { maxLength: ROWS }).map((rows) => rows.join('\n'));

const trimmed = (text: string) => {
  const { texts, styles } = cellsOf(text);
  let length = texts.length;
  while (length > 0 && texts[length - 1] === ' ' && styles[length - 1] === '') length -= 1;
  return { texts: texts.slice(0, length), styles: styles.slice(0, length) };
};

/** What is written for the second frame when the first is there. */
function change(first: string, second: string): string {
  const writer = new FrameWriter();
  writer.write(first, ROWS);
  return writer.write(second, ROWS).replaceAll('\x1b[?2026h', '').replaceAll('\x1b[?2026l', '');
}

describe('what is written to the terminal', () => {
  test('leaves on it what the frame says, whatever was there before', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 6 }), (frames) => {
        const terminal = new FakeTerminal(COLUMNS, ROWS);
        const writer = new FrameWriter();
        for (const each of frames) {
          terminal.take(writer.write(each, ROWS));
          const rows = each.split('\n');
          for (let y = 0; y < ROWS; y += 1) expect(terminal.row(y)).toEqual(trimmed(rows[y] ?? ''));
        }
      }),
    );
  });

  test.each([
    ['nothing when nothing has changed', 'one\ntwo', 'one\ntwo', ''],
    ['one character where one has changed', 'usage 12M', 'usage 13M', '\x1b[1;8H3'],
    ['a jump over what is the same', 'a----------b', 'c----------d', '\x1b[1Hc\x1b[10Cd'],
    ['a few columns again where a jump is longer', 'a--b', 'c--d', '\x1b[1Hc--d'],
    ['the end of a row that is shorter now', 'one two', 'one', '\x1b[1;5H\x1b[K'],
    ['colours that come on top of others', 'ab', '\x1b[1ma\x1b[31mb\x1b[m', '\x1b[1H\x1b[1ma\x1b[31mb\x1b[m'],
    ['both columns of a wide character', '表x', '裏x', '\x1b[1H裏'],
    ['a row that is gone', 'one\ntwo', 'one', '\x1b[2H\x1b[K'],
  ])('is %s', (_, before, after, bytes) => {
    expect(change(before, after)).toBe(bytes);
  });

  test('is the whole frame again after the screen was cleared', () => {
    const writer = new FrameWriter();
    const first = writer.write('one\ntwo', ROWS);
    writer.forget();
    expect(writer.write('one\ntwo', ROWS)).toBe(first);
  });

  test('is no row beyond the screen', () => {
    expect(new FrameWriter().write('1\n2\n3', 2)).not.toContain('3H');
  });
});

describe('a row as cells', () => {
  test.each([
    ['nested colours', '\x1b[31ma\x1b[1mb\x1b[22mc\x1b[39md', ['31', '1;31', '31', '']],
    ['256 and all colours', '\x1b[38;5;9;48;2;1;2;3ma', ['48;2;1;2;3;38;5;9']],
    ['a reset without a number', '\x1b[1;4ma\x1b[mb', ['1;4', '']],
    ['bright ones', '\x1b[97;101ma', ['101;97']],
  ])('has the look of %s', (_, text, styles) => {
    expect(cellsOf(text).styles).toEqual(styles);
  });

  test('gives two columns to a wide character, and none to what is drawn over another', () => {
    expect(cellsOf('a表e\u0301!').texts).toEqual(['a', '表', '', 'e\u0301', '!']);
  });

  test('leaves out what moves the cursor', () => {
    expect(cellsOf('a\x1b[2Jb\x1b[1;1Hc').texts).toEqual(['a', 'b', 'c']);
  });
});
