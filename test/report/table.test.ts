import fc from 'fast-check';
import { expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { beside, paragraph, table } from '../../src/report/table.ts';

const rows = [
  { label: 'passes', cells: ['1,843', '0'], note: 'in all' },
  { label: 'CPU time', cells: ['214 ms', ''] },
];

it('aligns labels to the left and numbers to the right', () => {
  expect(table(['background', 'direct'], rows, 80)).toEqual([
    '            background  direct',
    '  passes         1,843       0  in all',
    '  CPU time      214 ms',
  ]);
});

it('puts a note that does not fit below its row', () => {
  expect(table(['background', 'direct'], rows, 36)).toEqual([
    '            background  direct',
    '  passes         1,843       0',
    '    in all',
    '  CPU time      214 ms',
  ]);
});

it('puts columns that do not fit below each other, each with its title', () => {
  expect(table(['background', 'direct'], rows, 24)).toEqual([
    '  passes',
    '    background 1,843',
    '    direct 0',
    '    in all',
    '  CPU time',
    '    background 214 ms',
  ]);
});

it('measures what is seen: wide characters are two columns', () => {
  expect(
    table(
      [''],
      [
        { label: '漢字', cells: ['1'] },
        { label: 'abcd', cells: ['23'] },
      ],
      80,
    ),
  ).toEqual(['  漢字   1', '  abcd  23']);
});

it('says nothing for no rows', () => {
  expect(table(['background'], [], 80)).toEqual([]);
});

it.each([
  ['next to each other where they fit', 11, ['aaaa  bbbb', 'aa', 'a']],
  ['below each other where they do not', 9, ['aaaa', 'aa', 'a', '', '  bbbb']],
])('blocks stand %s', (_, width, lines) => {
  expect(beside(['aaaa', 'aa', 'a'], ['  bbbb'], width)).toEqual(lines);
});

it('breaks a word that is longer than a line', () => {
  expect(paragraph('a verylongword', 8, '  ')).toEqual(['  a', '  verylo', '  ngword']);
});

it('leaves what fits as wrapping would', () => {
  const piece = fc.constantFrom('a', 'Bc', '漢', ' ', '  ', '\t', '\n', '\r', '\x1b[1m', '\x1b[22m');
  const text = fc.array(piece, { minLength: 1 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (given, width) => {
      expect(paragraph(given, width)).toEqual(wrapAnsi(given, width, { hard: true }).split('\n'));
    }),
  );
});
