import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/dashboard/draw/judgement.ts';
import type { Comparison } from '../../../src/dashboard/stage/stage.ts';

const AS: Readonly<Record<string, Comparison['as']>> = { 'time stalled': 'time', 'reclaimer CPU': 'time' };
const figures = (given: Readonly<Record<string, readonly [was: number, whatIf: number]>>): Comparison[] =>
  Object.entries(given).map(([name, [was, whatIf]]) => ({
    ...{ name, as: AS[name] ?? 'count', was, whatIf, lessIsBetter: name !== 'pages charged' },
  }));

describe('which future is better', () => {
  it.each<[string, Parameters<typeof figures>[0], string]>([
    [
      'is told with what it costs',
      { 'limit failures': [3584, 0], 'time stalled': [61e6, 0], 'reclaimer CPU': [0, 12.4e6] },
      'better: tasks waited not at all instead of 61 ms, no limit failures instead of 3,584; ' +
        'but the reclaimer worked 12.4 ms instead of not at all',
    ],
    [
      'goes by what hurts most',
      { refaults: [1204, 300], 'OOM kills': [0, 1] },
      'worse: 1 OOM kill instead of none; but 300 refaults instead of 1,204 (75 % less)',
    ],
    [
      'says by how much',
      { 'time stalled': [10e6, 25e6] },
      'worse: tasks waited 25 ms instead of 10 ms (2.5 times as much)',
    ],
    [
      'minds no trifles',
      { refaults: [1000, 1010] },
      'neither better nor worse: nothing that hurts is different',
    ],
    [
      'warns when not the same was done',
      { refaults: [1000, 500], 'pages charged': [8000, 4000] },
      'better: 500 refaults instead of 1,000 (50 % less); in the same time tasks got 50 % less pages',
    ],
  ])('%s', (_, given, told) => {
    const { word, says } = judge(figures(given));
    expect(`${word}: ${says}`).toBe(told);
  });
});
