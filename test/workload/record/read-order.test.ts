import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadOrder } from '../../../src/workload/record/read-order.ts';

const sum = (pieces: readonly { pages: number; times: number }[]): number =>
  pieces.reduce((all, { pages, times }) => all + pages * times, 0);

describe('where reads go', () => {
  it('is on and on where nobody knows how much there is', () => {
    const order = new ReadOrder();
    expect(order.pieces(10, null)).toEqual([{ at: 0, pages: 10, times: 1 }]);
    expect(order.pieces(5, null)).toEqual([{ at: 10, pages: 5, times: 1 }]);
  });

  it('is round and round in what there is, after all of it was read', () => {
    const order = new ReadOrder();
    expect(order.pieces(1000, 1000)).toEqual([{ at: 0, pages: 1000, times: 1 }]);
    expect(order.pieces(700, 1000)).toEqual([{ at: 0, pages: 700, times: 1 }]);
    expect(order.pieces(2500, 1000)).toEqual([
      { at: 700, pages: 300, times: 1 },
      { at: 0, pages: 1000, times: 2 },
      { at: 0, pages: 200, times: 1 },
    ]);
  });

  it('is first to what is new when there is more than ever before', () => {
    const order = new ReadOrder();
    order.pieces(1000, 1000);
    expect(order.pieces(300, 1200)).toEqual([
      { at: 1000, pages: 200, times: 1 },
      { at: 0, pages: 100, times: 1 },
    ]);
  });

  it('leaves out no page and reads none beyond what there is', () => {
    const asked = fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 0, max: 3000 })), { maxLength: 30 });
    fc.assert(
      fc.property(asked, (reads) => {
        const order = new ReadOrder();
        let most = 256;
        for (const [count, known] of reads) {
          most = Math.max(most, known);
          const pieces = order.pieces(count, known);
          expect(sum(pieces)).toBe(count);
          for (const { at, pages } of pieces) expect(at + pages).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
