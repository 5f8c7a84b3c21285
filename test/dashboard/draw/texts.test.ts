import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cut, cutStart, fill, fillStart, safe, wrap, wrapIn } from '../../../src/dashboard/draw/text.ts';
import { timeTicks } from '../../../src/dashboard/draw/time-axis.ts';
import { compact, instant, shortDuration } from '../../../src/kernel/numbers.ts';
import { widthOf } from '../../../src/report/width.ts';
import { humanValue } from '../../../src/script/human.ts';

describe('numbers for narrow columns', () => {
  it.each([
    [0, '0'],
    [0.04, '<0.1'],
    [0.25, '0.3'],
    [9999, '9,999'],
    [10_000, '10k'],
    [12_345, '12.3k'],
    [999_900, '1M'],
    [2 ** 53, '9.01P'],
  ])('%d is %s', (value, text) => expect(compact(value)).toBe(text));

  it.each([
    [0, '0s'],
    [17_800, '17.8us'],
    [83e9, '83s'],
    [9e15, '9Ms'],
  ])('%d ns are %s', (value, text) => expect(shortDuration(value)).toBe(text));

  it('have six characters at most', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), (value) => {
        expect(compact(value).length).toBeLessThanOrEqual(6);
        expect(shortDuration(Math.round(value)).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('instants', () => {
  it.each([
    [0, 1e9, '0 s'],
    [1.5e9, 1e8, '1.5 s'],
    [59.9999e9, 1e9, '60 s'],
    [80e9, 1e9, '1:20'],
    [80.5e9, 1e8, '1:20.5'],
    [3723e9, 60e9, '1:02:03'],
    [250, 1, '0.000000250 s'],
  ])('%d ns in steps of %d are %s', (at, step, text) => expect(instant(at, step)).toBe(text));

  it('on an axis are round, in order, and not too many', () => {
    expect(timeTicks(0, 60e9, 6).map(({ label }) => label)).toEqual([
      '0 s',
      '10 s',
      '20 s',
      '30 s',
      '40 s',
      '50 s',
      '1:00',
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 50 }),
        fc.integer({ min: 1e3, max: 2 ** 50 }),
        (from, span) => {
          const ticks = timeTicks(from, from + span, 6);
          expect(ticks.length).toBeLessThanOrEqual(7);
          for (const { at } of ticks) expect(at >= from && at <= from + span).toBe(true);
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        },
      ),
    );
  });
});

describe('texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string(),
    fc.constantFrom('日本語', '─│█⠿', '👩‍👩‍👧x', 'e\u0301e\u0301'),
  );

  it('are as wide as a terminal draws them', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(widthOf(safe(each))).toBe(stringWidth(safe(each)));
      }),
    );
  });

  it('cut or filled have the width that was asked for', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 30 }), (each, width) => {
        const shown = safe(each);
        expect(widthOf(cut(shown, width))).toBeLessThanOrEqual(width);
        expect(widthOf(cutStart(shown, width))).toBeLessThanOrEqual(width);
        expect(widthOf(fill(shown, width))).toBe(width);
        expect(widthOf(fillStart(shown, width))).toBe(width);
      }),
    );
  });

  it('are cut with a sign', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('日本語', 4)).toBe('日…');
    expect(cutStart('/web/db/index', 6)).toBe('…index');
  });

  it('wrapped lose no word, and no line is too wide', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (each, width) => {
        const shown = safe(each);
        const lines = wrap(shown, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(shown.replaceAll(' ', ''));
      }),
    );
    expect(wrapIn('one two three four', 9, 2)).toEqual(['one two', 'three fo…']);
  });
});

describe('values of control files', () => {
  it.each([
    ['memory.limit_in_bytes', '67108864', '64M'],
    ['memory.limit_in_bytes', '9223372036854775807', 'unset'],
    ['memory.limit_in_bytes', '512', ''],
    ['cache', '4096', '4K'],
    ['memory.wmark_low', '41943040', '40M'],
    ['memory.wmark_high', '9223372036854771712', 'unset'],
    ['memory.high_wmark_distance', '8388608', '8M'],
    ['low_wmark', '8388608', '8M'],
    ['pgpgin', '4096', ''],
    ['bg_cpu_ns', '66500000', '66.5 ms'],
    ['tasks', '4194305', ''],
  ])('%s %s reads %j', (name, value, human) => expect(humanValue(name, value)).toBe(human));
});
