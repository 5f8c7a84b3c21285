import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInteger, parsePageCounter, parseWrittenSize } from '../../src/kernel/memparse.ts';

/** Latin-1, so that \xa0 is one byte. */
const parse = (text: string): bigint | null => parseWrittenSize(Uint8Array.from(Buffer.from(text, 'latin1')));

const MIB = 1n << 20n;

describe('a written size', () => {
  test.each<[string, bigint]>([
    ['0', 0n],
    ['1', 4096n],
    ['4096', 4096n],
    ['4097', 8192n],
    ['64M', 64n * MIB],
    ['64m', 64n * MIB],
    ['4k', 4096n],
    ['4K', 4096n],
    ['1g', 1024n * MIB],
    ['2G', 2048n * MIB],
    ['010000', 4096n],
    ['0777K', 511n * 1024n + 1024n],
    ['0x1000', 4096n],
    ['0X1000', 4096n],
    ['0x1fM', 31n * MIB],
    ['0xfK', 16384n],
    ['0xfFfF', 65536n],
  ])('%j is %d', (text, size) => {
    expect(parse(text)).toBe(size);
  });

  test.each<[string]>([[''], ['\n'], [' '], ['M'], ['G\n'], ['k'], ['\0'], ['\x0064M'], ['\xa0\t']])(
    '%j has no digit and is 0',
    (text) => {
      expect(parse(text)).toBe(0n);
    },
  );

  test.each<[string, bigint]>([
    ['64M\n', 64n * MIB],
    ['64M ', 64n * MIB],
    ['64M\t\r\n\v\f \xa0', 64n * MIB],
    ['64M\0', 64n * MIB],
    ['64M\0junk', 64n * MIB],
    ['64M \0\n', 64n * MIB],
    ['4096\xa0', 4096n],
  ])('%j loses the blanks at its end and all from the first NUL on', (text, size) => {
    expect(parse(text)).toBe(size);
  });

  test.each<[string, bigint]>([
    ['18446744073709551615', 0n],
    ['18446744073709551616', 0n],
    ['18446744073709555712', 4096n],
    ['17179869184G', 0n],
    ['17179869185G', 1n << 30n],
    ['0xffffffffffffffff', 0n],
    ['0x10000000000001000', 4096n],
    ['9223372036854775807', 9223372036854775808n],
    ['18446744073709547520', 18446744073709547520n],
    ['18446744073709547521', 0n],
  ])('%s wraps at 2^64', (text, size) => {
    expect(parse(text)).toBe(size);
  });

  test.each<[string]>([
    ['-1'],
    ['+5'],
    [' 64M'],
    ['\n64M'],
    ['\xa064M'],
    ['64 M'],
    ['64M 1'],
    ['64\t\n1'],
    ['1T'],
    ['1P'],
    ['08'],
    ['0779K'],
    ['1.5M'],
    ['1e3'],
    ['64MB'],
    ['64MM'],
    ['64Mk'],
    ['1f'],
    ['0x'],
    ['0xg'],
    ['0b1'],
    ['x'],
    ['MM'],
    ['unlimited'],
    ['1_000'],
    ['\xb2'],
  ])('%j is refused', (text) => {
    expect(parse(text)).toBeNull();
  });

  const roundedUp = (value: bigint): bigint => BigInt.asUintN(64, ((value + 4095n) / 4096n) * 4096n);
  const anyU64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

  test.each<[string, (value: bigint) => string]>([
    ['decimal', (value) => value.toString()],
    ['octal', (value) => `0${value.toString(8)}`],
    ['hexadecimal', (value) => `0x${value.toString(16)}`],
    ['upper case hexadecimal', (value) => `0X${value.toString(16).toUpperCase()}`],
  ])('is any u64 in %s, rounded up to a page', (_base, write) => {
    fc.assert(
      fc.property(anyU64, (value) => {
        expect(parse(write(value))).toBe(roundedUp(value));
      }),
    );
  });

  test('is never anything but null or a whole page below 2^64', () => {
    const likely = fc.string({ unit: fc.constantFrom(...'0179afxXkKmMgG-+ \n\0\xa0'), maxLength: 24 });
    fc.assert(
      fc.property(fc.oneof(likely, fc.string({ unit: 'binary' })), (text) => {
        const size = parse(text);
        if (size !== null) expect([size % 4096n, size >> 64n]).toEqual([0n, 0n]);
      }),
    );
  });
});

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('a size of later kernels', () => {
  test.each<[string, bigint | null]>([
    ['max', 9223372036854771712n],
    [' max\n', 9223372036854771712n],
    ['4097', 4096n],
    ['\t64M\n', 64n * MIB],
    ['1T', 1n << 40n],
    ['1p', 1n << 50n],
    ['1E', 1n << 60n],
    ['8E', 9223372036854771712n],
    ['', 0n],
    ['M', 0n],
    ['0x10K', 16384n],
    ['64MB', null],
    ['-1', null],
    ['ma', null],
    ['1 M', null],
  ])('%j is %s', (text, size) => expect(parsePageCounter(bytesOf(text), 'max')).toBe(size));

  test('nothing can stand for all', () => {
    expect(parsePageCounter(bytesOf(' \n'), '')).toBe(9223372036854771712n);
  });
});

describe('a whole number of later kernels', () => {
  test.each<[string, number | null]>([
    ['95', 95],
    [' 95\n', 95],
    ['-25', -25],
    ['+5', 5],
    ['0x1f', 31],
    ['010', 8],
    ['', null],
    ['-', null],
    ['1.5', null],
    ['1k', null],
    ['2147483648', null],
  ])('%j is %s', (text, value) => expect(parseInteger(bytesOf(text))).toBe(value));
});
