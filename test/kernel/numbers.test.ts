import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, duration, durations, percent, size, times } from '../../src/kernel/numbers.ts';

const KIB = 1024;
const MIB = KIB * KIB;
const GIB = KIB * MIB;

describe('numbers as people read them', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [5242880, '5,242,880'],
    [18446744073709551615n, '18,446,744,073,709,551,615'],
  ])('count %s is %s', (n, text) => {
    expect(count(n)).toBe(text);
  });

  it.each([
    [0, '0'],
    [512, '512'],
    [1023, '1,023'],
    [4096, '4K'],
    [1023 * KIB + 1, '1,023.0K'],
    [64 * MIB, '64M'],
    [1.5 * MIB, '1.5M'],
    [64 * MIB + 4096, '64.0M'],
    [64 * MIB - 4096, '64.0M'],
    [Math.round(61.4 * MIB), '61.4M'],
    [MIB + 4096, '1.00M'],
    [Math.round(3.9 * MIB), '3.90M'],
    [10 * MIB - 1, '10.0M'],
    [GIB, '1G'],
    [2 ** 40, '1T'],
    [2n ** 62n, '4,194,304T'],
    [2n ** 63n - 1n, '8,388,608.0T'],
  ])('size %s is %s: exact ones have no idle decimals', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it.each([
    [64 * MIB, 2, '64M'],
    [2 * GIB, 2, '2,048M'],
    [512 * KIB, 2, '0.5M'],
    [300 * KIB, 2, '0.29M'],
    [4096, 2, '4K'],
    [0, 2, '0M'],
  ] as const)('size %s in the unit %s of its column is %s', (bytes, unit, text) => {
    expect(size(bytes, unit)).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [7, '7 ns'],
    [999, '999 ns'],
    [1234, '1.23 us'],
    [999_600, '1 ms'],
    [1_234_567, '1.23 ms'],
    [214e6, '214 ms'],
    [1.2e9, '1.2 s'],
    [59.94e9, '59.9 s'],
    [59.96e9, '1 min'],
    [83e9, '1 min 23 s'],
    [3600e9, '1 h'],
    [3661e9, '1 h 1 min'],
    [1e15, '277 h 46 min'],
  ])('%s ns is %s', (ns, text) => {
    expect(duration(ns)).toBe(text);
  });

  it.each([
    [
      [96e3, 1.2e6, 3.41e6],
      ['0.096 ms', '1.200 ms', '3.410 ms'],
    ],
    [
      [12.5e6, 140e6],
      ['12.5 ms', '140.0 ms'],
    ],
    [
      [2.14e9, 2.41e9],
      ['2.14 s', '2.41 s'],
    ],
    [
      [0, 3],
      ['0 ns', '3 ns'],
    ],
    [
      [300, 2e9],
      ['<0.001 s', '2.000 s'],
    ],
    [[], []],
  ])('times %s that are read together share a unit: %s', (list, texts) => {
    expect(durations(list)).toEqual(texts);
  });

  it.each([
    [0, '0 %'],
    [0.0001, '<0.1 %'],
    [0.0922, '9.2 %'],
    [0.09, '9 %'],
    [0.42, '42 %'],
    [1, '100 %'],
    [0.9999, '99.9 %'],
    [-1, '-100 %'],
    [-0.9997, '-99.9 %'],
    [12.5, '1,250 %'],
  ])('the fraction %s is %s: only all is 100 %, only nothing is 0 %', (fraction, text) => {
    expect(percent(fraction)).toBe(text);
  });

  it.each([
    [12, '12x'],
    [1.5, '1.5x'],
    [2.04, '2x'],
    [9.96, '10x'],
    [5242.9, '5,243x'],
  ])('the ratio %s is %s', (ratio, text) => {
    expect(times(ratio)).toBe(text);
  });

  it('an exact size reads back as the same bytes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 50n }), (bytes) => {
        const exact = /^([\d,]+)([KMGT]?)$/.exec(size(bytes));
        if (exact === null) return;
        const [, digits, unit] = exact;
        const scale = 1024n ** BigInt(' KMGT'.indexOf(unit || ' '));
        expect(BigInt(digits.replaceAll(',', '')) * scale).toBe(bytes);
      }),
    );
  });
});
