import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../../src/report/picture/spread.ts';

describe('labels on a line', () => {
  it.each<[number[], number[], number[]]>([
    [
      [10, 50, 90],
      [20, 20, 20],
      [10, 50, 90],
    ],
    [
      [50, 50],
      [20, 20],
      [50, 70],
    ],
    [
      [95, 96, 97],
      [20, 20, 20],
      [50, 70, 90],
    ],
    [[0], [20], [10]],
    [[], [], []],
  ])('that belong at %j and are %j long stand at %j', (at, sizes, places) => {
    expect(spread(at, sizes, 0, 100)).toEqual(places);
  });

  it('keep their order, never overlap, and stay on the line if they fit', () => {
    const labels = fc.array(fc.tuple(fc.integer({ min: -50, max: 1050 }), fc.integer({ min: 1, max: 60 })), {
      maxLength: 16,
    });
    fc.assert(
      fc.property(labels, (all) => {
        const sorted = all.toSorted(([a], [b]) => a - b);
        const sizes = sorted.map(([, size]) => size);
        const places = spread(
          sorted.map(([at]) => at),
          sizes,
          0,
          1000,
        );
        let edge = 0;
        for (const [i, place] of places.entries()) {
          expect(place - sizes[i] / 2).toBeGreaterThanOrEqual(edge - 1e-9);
          edge = place + sizes[i] / 2;
        }
        expect(edge).toBeLessThanOrEqual(1000 + 1e-9);
      }),
    );
  });
});
