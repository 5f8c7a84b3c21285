import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { Output } from '../../../src/dashboard/ink/output.ts';
import { fastStringWidth, NARROW } from '../../../src/dashboard/ink/string-width.ts';
import { cellsOf } from '../../../src/dashboard/terminal/cells.ts';

/** ink's own, which no export names. */
const inks = new URL('./output.js', import.meta.resolve('ink'));
const { default: InkOutput } = (await import(pathToFileURL(inks.pathname).href)) as {
  default: typeof Output;
};

const WIDTH = 30;
const HEIGHT = 3;
const styled = fc
  .tuple(
    fc.constantFrom('31', '1', '48;5;7'),
    fc.array(fc.constantFrom('a', 'b', ' ', '⣿', '█', '表'), { minLength: 1, maxLength: 8 }),
  )
  .map(([style, text]) => `\x1b[${style}m${text.join('')}\x1b[0m`);
const block = fc.array(styled, { minLength: 1, maxLength: 2 }).map((lines) => lines.join('\n'));
const write = fc.record({ x: fc.nat(WIDTH), y: fc.nat(HEIGHT), text: block });
const clip = fc.record({
  x1: fc.nat(10),
  x2: fc.integer({ min: 10, max: WIDTH }),
  y1: fc.nat(1),
  y2: fc.nat(3),
});

type Write = { readonly x: number; readonly y: number; readonly text: string };
const drawn = (output: Output, writes: readonly Write[], within: Parameters<Output['clip']>[0] | null) => {
  if (within !== null) output.clip(within);
  for (const { x, y, text } of writes) output.write(x, y, text, { transformers: [] });
  if (within !== null) output.unclip();
  const { output: text, height } = output.get();
  const rows = text.split('\n').map((row) => trimmed(cellsOf(row)));
  return { rows, height };
};
const trimmed = ({ texts, styles }: ReturnType<typeof cellsOf>) => {
  const cells = texts.map((text, x) => `${text}|${styles[x]}`);
  while (cells.at(-1) === ' |') cells.pop();
  return cells;
};

describe("the bundle's place of ink's output", () => {
  const size = { width: WIDTH, height: HEIGHT };

  test('draws texts beside each other as ink does', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 5 }), (writes) => {
        const apart = writes.map((each, i) => ({ ...each, x: each.x + i * 40 }));
        const wide = { width: 5 * 40 + WIDTH, height: HEIGHT };
        expect(drawn(new Output(wide), apart, null)).toEqual(drawn(new InkOutput(wide), apart, null));
      }),
    );
  });

  test('lays one text over another as ink does, wide characters that are cut apart', () => {
    const narrow = write.map((each) => ({ ...each, text: each.text.replaceAll('表', 'c') }));
    fc.assert(
      fc.property(fc.array(narrow, { maxLength: 5 }), fc.option(clip), (writes, within) => {
        expect(drawn(new Output(size), writes, within)).toEqual(drawn(new InkOutput(size), writes, within));
      }),
    );
  });
});

describe('the width of a text', () => {
  test('is one for every character that is not looked up', () => {
    for (const [from, to] of NARROW) {
      for (let code = from; code <= to; code += 1) expect(stringWidth(String.fromCharCode(code))).toBe(1);
    }
  });

  test('is what string-width says', () => {
    const text = fc.oneof(
      styled,
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom('\x1b', '[', '3', 'm', 'é', '\u00ad', '\ufe0f', '▶', '↔', '\t', '⣿', '─', '👍'),
      }),
    );
    fc.assert(
      fc.property(text, (each) => {
        expect(fastStringWidth(each)).toBe(stringWidth(each));
      }),
      {
        numRuns: 1000,
      },
    );
  });
});
