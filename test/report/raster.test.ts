import { expect, it } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { ASCII, BRAILLE, bandsOf, rasterize } from '../../src/report/raster.ts';

const sample = (time: number, min: number, max: number) => ({
  time: ns(time),
  min: pages(min),
  max: pages(max),
  last: pages(max),
});

it('a column has the least and the most of all samples that touch it', () => {
  const samples = [sample(5, 1, 2), sample(10, 0, 3), sample(20, 4, 9)];
  expect(bandsOf(samples, 0, 20, 2)).toEqual([
    { min: 0, max: 3 },
    { min: 4, max: 9 },
  ]);
});

it('a sample covers every column since the one before it', () => {
  expect(bandsOf([sample(10, 1, 1), sample(40, 2, 2)], 0, 40, 4)).toEqual([
    { min: 1, max: 1 },
    { min: 2, max: 2 },
    { min: 2, max: 2 },
    { min: 2, max: 2 },
  ]);
});

it('there is nothing before the birth and after the end', () => {
  expect(bandsOf([sample(30, 1, 1)], 20, 40, 4)).toEqual([null, null, { min: 1, max: 1 }, null]);
});

it('all of a run in which no virtual time passed is in the last column', () => {
  expect(bandsOf([sample(0, 0, 5)], 0, 0, 3).filter(Boolean)).toEqual([{ min: 0, max: 5 }]);
});

it('a jump is drawn as one unbroken line', () => {
  const jump = [
    { min: 0, max: 0 },
    { min: 3, max: 3 },
  ];
  expect(rasterize(jump, 3, 4, ASCII)).toEqual([
    [null, '*'],
    [null, '*'],
    [null, '*'],
    ['*', '*'],
  ]);
});

it.each([
  ['the lowest left dot', [{ min: 0, max: 0 }, null], '⡀'],
  ['the highest right dot', [null, { min: 3, max: 3 }], '⠈'],
  ['a whole column', [{ min: 0, max: 3 }, null], '⡇'],
  [
    'a step up',
    [
      { min: 0, max: 1 },
      { min: 2, max: 3 },
    ],
    '⡼',
  ],
])('braille draws %s', (_, bands, cell) => {
  expect(rasterize(bands, 3, 1, BRAILLE)).toEqual([[cell]]);
});
