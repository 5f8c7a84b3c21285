import { decodeText } from './text.ts';
import { type Bytes, bytes, PAGE_SHIFT, PAGE_SIZE } from './units.ts';

/**
 * How 2.6.26 reads a size that is written to a control file: res_counter_write()
 * strips white space from the END only (strstrip()'s result is not used), then
 * memparse(), then mem_cgroup_write_strategy() rounds up to a page.
 */

const U64 = (1n << 64n) - 1n;
const SUFFIX_SHIFT: Readonly<Record<string, bigint>> = { k: 10n, K: 10n, m: 20n, M: 20n, g: 30n, G: 30n };
/** isspace() of lib/ctype.c: the ASCII blanks and 0xA0. */
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xa0;

/** The bytes of a written size, or null where the kernel answers EINVAL. */
export function parseWrittenSize(data: Uint8Array): Bytes | null {
  const nul = data.indexOf(0);
  let end = nul < 0 ? data.length : nul;
  while (end > 0 && isSpace(data[end - 1])) end -= 1;

  const { value, length } = parseUnsigned(data, end);
  const suffix = length < end ? SUFFIX_SHIFT[String.fromCharCode(data[length])] : undefined;
  if (length + (suffix === undefined ? 0 : 1) !== end) return null;
  return roundUpToPage((value << (suffix ?? 0n)) & U64);
}

/**
 * page_counter_memparse() of later kernels: white space goes at both ends, `max` stands for no limit, the
 * suffix goes up to E, and the result is rounded DOWN to a page. null: EINVAL.
 */
export function parsePageCounter(data: Uint8Array, max: string): Bytes | null {
  const text = strip(data);
  if (decodeText(text) === max) return PAGE_COUNTER_BYTES;
  const { value, length } = parseUnsigned(text, text.length);
  const suffix = length < text.length ? 'kmgtpe'.indexOf(String.fromCharCode(text[length] | 0x20)) : -1;
  if (length + (suffix < 0 ? 0 : 1) !== text.length) return null;
  const size = (value << BigInt(10 * (suffix + 1))) & U64;
  const down = (size >> BigInt(PAGE_SHIFT)) << BigInt(PAGE_SHIFT);
  return down < PAGE_COUNTER_BYTES ? bytes(down) : PAGE_COUNTER_BYTES;
}

/** PAGE_COUNTER_MAX pages: no mark. */
export const PAGE_COUNTER_BYTES = bytes(9223372036854771712n);

/** kstrtoint(strstrip(), 0): a sign, then one number in the base of its prefix; or the errno of what is none. */
export function kstrtoint(data: Uint8Array): number | 'EINVAL' | 'ERANGE' {
  const text = strip(data);
  const negative = text[0] === 0x2d;
  const digits = negative || text[0] === 0x2b ? text.subarray(1) : text;
  const { value, length, overflow } = parseUnsigned(digits, digits.length);
  if (overflow) return 'ERANGE';
  if (digits.length === 0 || length !== digits.length) return 'EINVAL';
  if (value > INT_MAX) return 'ERANGE';
  return negative ? -Number(value) : Number(value);
}

/** The same, for those to whom either is EINVAL: null. */
export function parseInteger(data: Uint8Array): number | null {
  const value = kstrtoint(data);
  return typeof value === 'number' ? value : null;
}

const INT_MAX = (1n << 31n) - 1n;

/** What a text says that is stripped at both ends. */
export const strippedText = (data: Uint8Array): string => decodeText(strip(data));

/** strstrip() of what comes before a NUL. */
function strip(data: Uint8Array): Uint8Array {
  const nul = data.indexOf(0);
  let begin = 0;
  let end = nul < 0 ? data.length : nul;
  while (end > 0 && isSpace(data[end - 1])) end -= 1;
  while (begin < end && isSpace(data[begin])) begin += 1;
  return data.subarray(begin, end);
}

/** simple_strtoull(s, &end, 0): base by prefix, modulo 2^64; no digit at all is 0. */
function parseUnsigned(data: Uint8Array, end: number): { value: bigint; length: number; overflow: boolean } {
  let base = 10;
  let at = 0;
  if (end > 0 && data[0] === 0x30) {
    base = 8;
    at = 1;
    if (end > 2 && (data[1] | 0x20) === 0x78 && digit(data[2]) < 16) {
      base = 16;
      at = 2;
    }
  }
  let value = 0n;
  let overflow = false;
  while (at < end && digit(data[at]) < base) {
    const whole = value * BigInt(base) + BigInt(digit(data[at]));
    value = whole & U64;
    overflow ||= whole > U64;
    at += 1;
  }
  return { value, length: at, overflow };
}

/** The value of a hexadecimal digit, or 99. */
function digit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 99;
}

/** In u64 arithmetic, so it wraps: 2^64 - 1 becomes 0. */
function roundUpToPage(value: bigint): Bytes {
  const up = (value + BigInt(PAGE_SIZE - 1)) & U64;
  return bytes((up >> BigInt(PAGE_SHIFT)) << BigInt(PAGE_SHIFT));
}
