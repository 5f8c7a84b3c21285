import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRandom } from '../../src/kernel/random.ts';
import { newZipf, nextZipf } from '../../src/task/zipf.ts';

const DRAWS = 100_000;

function drawn(n: number, theta: number, seed: number): number[] {
  const random = newRandom(seed);
  const zipf = newZipf(n, theta);
  const counts = Array<number>(n).fill(0);
  for (let i = 0; i < DRAWS; i += 1) counts[nextZipf(random, zipf)] += 1;
  return counts;
}

/** Zipf's law, added up. */
function expectedCounts(n: number, theta: number): number[] {
  const weights = Array.from({ length: n }, (_, k) => (k + 1) ** -theta);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (DRAWS * weight) / sum);
}

describe("Zipf's law", () => {
  test.each<[number, number]>([
    [2, 1],
    [20, 0.2],
    [20, 0.5],
    [20, 0.9],
    [20, 0.99],
    [20, 1],
    [20, 1.000001],
    [20, 1.1],
    [20, 2],
    [20, 3],
    [100, 0.7],
    [100, 1],
  ])('holds for %d ranks and theta %d', (n, theta) => {
    const counts = drawn(n, theta, 1);
    const expected = expectedCounts(n, theta);
    // Ranks that are seldom drawn are taken together, for the test to hold.
    let [chiSquare, freedom, rest, restExpected] = [0, -1, 0, 0];
    for (let k = 0; k < n; k += 1) {
      rest += counts[k];
      restExpected += expected[k];
      if (restExpected < 10 && k < n - 1) continue;
      chiSquare += (rest - restExpected) ** 2 / Math.max(restExpected, 1);
      freedom += 1;
      [rest, restExpected] = [0, 0];
    }
    // Four standard deviations above the mean of the chi-square distribution.
    expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * Math.max(1, freedom)));
  });

  test('gives the first of a million ranks what is theirs', () => {
    const [n, theta] = [1_000_000, 0.99];
    const random = newRandom(3);
    const zipf = newZipf(n, theta);
    let sum = 0;
    for (let k = 1; k <= n; k += 1) sum += k ** -theta;
    let first = 0;
    for (let i = 0; i < DRAWS; i += 1) first += nextZipf(random, zipf) === 0 ? 1 : 0;
    const expected = DRAWS / sum;
    expect(Math.abs(first - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  test('gives no rank beyond the last, whatever the number and the exponent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 30 }),
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        fc.nat(1000),
        (n, theta, seed) => {
          const random = newRandom(seed);
          const zipf = newZipf(n, theta);
          for (let i = 0; i < 50; i += 1) {
            const rank = nextZipf(random, zipf);
            expect(Number.isInteger(rank) && rank >= 0 && rank < n).toBe(true);
          }
        },
      ),
    );
  });

  test('is drawn the same from the same seed', () => {
    expect(drawn(50, 0.9, 7)).toEqual(drawn(50, 0.9, 7));
    expect(drawn(50, 0.9, 7)).not.toEqual(drawn(50, 0.9, 8));
  });
});
