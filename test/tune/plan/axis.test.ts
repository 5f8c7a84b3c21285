import { describe, expect, test } from 'vitest';
import { pages } from '../../../src/kernel/units.ts';
import { Mistake } from '../../../src/script/mistake.ts';
import { allowedUnder, readAxis } from '../../../src/tune/plan/axis.ts';

describe('where a mark is looked for', () => {
  test.each([
    ['0.9', { kind: 'list', marks: [{ share: 0.9 }] }],
    ['90%', { kind: 'list', marks: [{ share: 0.9 }] }],
    ['1', { kind: 'list', marks: [{ share: 1 }] }],
    ['48M', { kind: 'list', marks: [{ pages: 12288 }] }],
    ['.5,62.5%,4096', { kind: 'list', marks: [{ share: 0.5 }, { share: 0.625 }, { pages: 1 }] }],
    ['0.8..0.98', { kind: 'range', from: { share: 0.8 }, to: { share: 0.98 } }],
    ['48M..0.9', { kind: 'range', from: { pages: 12288 }, to: { share: 0.9 } }],
  ])('%s is read', (text, axis) => {
    expect(readAxis(text)).toEqual(axis);
  });

  test.each([
    '',
    '0',
    '1.5',
    '101%',
    '-1',
    '0.9,',
    '0.9..',
    '0.98..0.8',
    '64M..48M',
    '1..2..3',
    'high',
    '0.9;0.8',
  ])('%j is a mistake', (text) => {
    expect(() => readAxis(text)).toThrow(Mistake);
  });

  test('is never above the limit, and each of a list once, in order', () => {
    const { list, least, most } = allowedUnder(pages(1000), readAxis('0.9,8G,0.5,900,2000K,0.5'));
    expect(list).toEqual([1, 500, 900, 1000]);
    expect([least, most]).toEqual([1, 1000]);
  });
});
