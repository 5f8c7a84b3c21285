import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp, log } from '../../src/task/logarithm.ts';

const relativeError = (found: number, exact: number): number =>
  exact === 0 ? Math.abs(found) : Math.abs(found / exact - 1);

describe('the logarithm', () => {
  test.each([
    1,
    2,
    10,
    Math.E,
    Math.PI,
    0.5,
    1 / 3,
    1.5,
    Math.SQRT2,
    1e-9,
    1e9,
    2 ** 30,
    2 ** 53,
    1e300,
    1e-300,
    Number.MIN_VALUE,
    2 ** -1022,
    Number.MAX_VALUE,
    1 + 2 ** -52,
    1 - 2 ** -53,
    1.000001,
    0.999999,
  ])('of %d is within 1e-12 of the true one', (x) => {
    expect(relativeError(log(x), Math.log(x))).toBeLessThan(1e-12);
  });

  test('of any positive number is within 1e-12 of the true one', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(relativeError(log(x), Math.log(x))).toBeLessThan(1e-12);
      }),
      { numRuns: 2000 },
    );
  });

  test('near 1, where it is small, is as exact', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.9, max: 1.1, noNaN: true }), (x) => {
        expect(relativeError(log(x), Math.log(x))).toBeLessThan(1e-12);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the exponential', () => {
  test('of any exponent up to 700 is within 1e-12 of the true one', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(relativeError(exp(x), Math.exp(x))).toBeLessThan(1e-12);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [0, 1],
    [1, Math.E],
    [-1, 1 / Math.E],
    [Math.LN2, 2],
    [-50, Math.exp(-50)],
    [709, Math.exp(709)],
  ])('of %d is %d', (x, exact) => {
    expect(relativeError(exp(x), exact)).toBeLessThan(1e-12);
  });

  test('undoes the logarithm', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        // The error of the logarithm, up to 690, is one of the exponent.
        expect(relativeError(exp(log(x)), x)).toBeLessThan(1e-12);
      }),
    );
  });
});
