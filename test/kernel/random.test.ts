import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newRandom, nextBelow, nextFloat, nextUint32 } from '../../src/kernel/random.ts';

const take = (seed: number, count: number): number[] => {
  const random = newRandom(seed);
  return Array.from({ length: count }, () => nextUint32(random));
};

describe('the random numbers', () => {
  // Every recorded run hangs on these: another sequence is another machine.
  test.each<[number, number[]]>([
    [0, [2266749544, 3859721991, 3128767472, 1553841669, 3822136429, 4266283186]],
    [1, [3359835970, 1182520828, 4267878529, 3063500945, 52107484, 3520520]],
    [4294967295, [3808816175, 4158527780, 3722100240, 3084069354, 1751159752, 3708259514]],
  ])('of seed %d are what they always were', (seed, sequence) => {
    expect(take(seed, 6)).toEqual(sequence);
  });

  test('are the same after a copy of their state', () => {
    const random = newRandom(7);
    nextUint32(random);
    const copy = structuredClone(random);
    expect(nextUint32(copy)).toBe(nextUint32(random));
  });

  test('differ from seed to seed', () => {
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => take(seed, 1)[0]));
    expect(firsts.size).toBe(1000);
  });

  test('stay within their bounds', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const random = newRandom(seed);
        for (let i = 0; i < 20; i += 1) {
          const [word, share, below] = [nextUint32(random), nextFloat(random), nextBelow(random, bound)];
          expect(Number.isInteger(word) && word >= 0 && word < 2 ** 32).toBe(true);
          expect(share >= 0 && share < 1).toBe(true);
          expect(Number.isInteger(below) && below >= 0 && below < bound).toBe(true);
        }
      }),
    );
  });

  test('fall evenly', () => {
    const random = newRandom(1);
    const counts = Array<number>(16).fill(0);
    for (let i = 0; i < 160_000; i += 1) counts[nextBelow(random, 16)] += 1;
    // Chi-square with 15 degrees of freedom: 37.7 is exceeded once in a thousand.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(37.7);
  });
});
