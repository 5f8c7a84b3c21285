import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Histogram, newHistogram, percentile, record } from '../../src/kernel/histogram.ts';

function histogramOf(values: readonly number[]): Histogram {
  const histogram = newHistogram();
  for (const value of values) record(histogram, value);
  return histogram;
}

/** Nearest rank: the least value that so great a share of the values does not exceed. */
function nearestRank(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
}

const anyDuration = fc.oneof(fc.nat(40), fc.nat(1_000_000), fc.integer({ min: 0, max: 2 ** 50 }));
const anyShare = fc.oneof(fc.constantFrom(0, 0.5, 0.9, 0.99, 1), fc.double({ min: 0, max: 1, noNaN: true }));

describe('a percentile', () => {
  test('is the nearest rank of the values or up to 1/16 above it', () => {
    fc.assert(
      fc.property(fc.array(anyDuration, { minLength: 1, maxLength: 300 }), anyShare, (values, share) => {
        const found = percentile(histogramOf(values), share);
        const exact = nearestRank(values, share);
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(exact + exact / 16);
      }),
    );
  });

  test('is never above the maximum, and is it for the whole', () => {
    fc.assert(
      fc.property(fc.array(anyDuration, { minLength: 1 }), anyShare, (values, share) => {
        const histogram = histogramOf(values);
        expect(percentile(histogram, share)).toBeLessThanOrEqual(Math.max(...values));
        expect(percentile(histogram, 1)).toBe(Math.max(...values));
      }),
    );
  });

  test('rises with the share', () => {
    fc.assert(
      fc.property(fc.array(anyDuration, { minLength: 1 }), anyShare, anyShare, (values, one, two) => {
        const histogram = histogramOf(values);
        const [less, more] = [Math.min(one, two), Math.max(one, two)];
        expect(percentile(histogram, less)).toBeLessThanOrEqual(percentile(histogram, more));
      }),
    );
  });

  test('does not depend on the order of the values', () => {
    fc.assert(
      fc.property(fc.array(anyDuration), (values) => {
        expect(histogramOf(values.toReversed())).toEqual(histogramOf(values));
      }),
    );
  });

  test.each([...Array(32).keys()])('of values below 32 is exact: %d', (value) => {
    expect(percentile(histogramOf([value, value + 1000]), 0.5)).toBe(value);
  });

  test('of nothing is 0', () => {
    expect(percentile(newHistogram(), 0.99)).toBe(0);
  });
});

test('a histogram counts, sums and keeps the maximum', () => {
  expect(histogramOf([5, 100, 7])).toMatchObject({ count: 3, total: 112, max: 100 });
});
