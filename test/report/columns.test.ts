import { describe, expect, it } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { awakeStretches, presentStretches, strengthsOf } from '../../src/report/picture/columns.ts';
import type { Span } from '../../src/script/history/spans.ts';

const span = (from: number, until: number, busy = until - from, times = 1): Span => ({
  from: ns(from),
  until: ns(until),
  name: '',
  times,
  busy,
  scanned: pages(0),
  reclaimed: pages(0),
});

describe('waking times in columns', () => {
  it('are one stretch where they go on, and none where there are none', () => {
    expect(awakeStretches([span(20, 60)], 100, 10)).toEqual([{ from: 20, until: 60, strength: 1 }]);
    expect(awakeStretches([], 100, 10)).toEqual([]);
  });

  it('are as strong as they are long, and seen when they stand alone', () => {
    const shares = Float64Array.of(0, 1e-9, 0, 0, 1e-9, 1e-9, 1e-9, 0, 1, 1, 0.2);
    expect([...strengthsOf(shares)]).toEqual([0, 0.5, 0, 0, 0.125, 0.125, 0.125, 0, 1, 1, 0.5]);
  });

  it('are thin where one span stands for several that took little of it', () => {
    const [{ strength }] = awakeStretches([span(0, 1000, 1, 7)], 1000, 10);
    expect(strength).toBeLessThan(0.2);
  });
});

describe('events in columns', () => {
  it('are there or not', () => {
    expect(presentStretches([span(5, 5), span(12, 12), span(95, 95)], 100, 10)).toEqual([
      { from: 0, until: 20, strength: 1 },
      { from: 90, until: 100, strength: 1 },
    ]);
  });

  it('at the very end are in the last column', () => {
    expect(presentStretches([span(100, 100)], 100, 4)).toEqual([{ from: 75, until: 100, strength: 1 }]);
  });
});
