import { describe, expect, it } from 'vitest';
import { fewer, less, shorter } from '../../src/report/difference.ts';

describe('what changed, in words', () => {
  it.each([
    [0, 3589, '3,589 fewer (-100 %)'],
    [1, 3589, '3,588 fewer (-99.9 %)'],
    [12, 14, '2 fewer (-14 %)'],
    [14, 12, '2 more (+17 %)'],
    [1200, 100, '1,100 more (12x)'],
    [5, 0, '5 more'],
    [7, 7, ''],
  ])('%s events instead of %s: %s', (now, before, words) => {
    expect(fewer(now, before)).toBe(words);
  });

  it.each([
    [2.14e9, 2.41e9, '11 % shorter'],
    [3e9, 2e9, '50 % longer'],
    [5e9, 2e9, '2.5x as long'],
    [0, 2e9, ''],
    [2e9, 0, ''],
  ])('%s ns instead of %s: %s', (now, before, words) => {
    expect(shorter(now, before)).toBe(words);
  });

  it.each([
    [56, 64, '13 % less'],
    [192, 64, '3x as much'],
  ])('%s pages instead of %s: %s', (now, before, words) => {
    expect(less(now, before)).toBe(words);
  });
});
