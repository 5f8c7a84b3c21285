import { ERRNO_TEXT, type Errno, isErrno } from '../kernel/errno.ts';
import { type Nanoseconds, ns, PAGE_SIZE, type Pages, pages, pagesOf } from '../kernel/units.ts';
import type { Owner } from '../machine/machine.ts';
import type { Pattern } from '../task/behaviour.ts';
import { Mistake } from './mistake.ts';
import { suggestion } from './nearest.ts';
import type { Word } from './words.ts';

/** How single words are read as sizes, times, numbers and patterns. Each throws a Mistake at the word's column. */

const SIZE_SHIFT: Readonly<Record<string, bigint>> = { '': 0n, k: 10n, m: 20n, g: 30n, t: 40n };
const SIZE = /^(\d+)([kmgt]?)$/i;

/** The bytes of a word that is a SIZE (digits and an optional k M G T), or null. */
export function bytesIn(text: string): bigint | null {
  const match = SIZE.exec(text);
  return match === null ? null : BigInt(match[1]) << SIZE_SHIFT[match[2].toLowerCase()];
}

const NEAR_SIZE = /^(\d{1,12}(?:\.\d{1,6})?) ?([kmgt]?)(?:i?b|bytes?)?$/i;
const UNITS = ['', 'k', 'M', 'G'] as const;

/** `: did you mean '1536M'?` for `1.5G`: a SIZE as the kernels read it too; nothing where that says nothing. */
export function sizeMeant(text: string): string {
  const match = NEAR_SIZE.exec(text);
  if (match === null) return '';
  const meant = sizeText(Math.round(Number(match[1]) * 2 ** Number(SIZE_SHIFT[match[2].toLowerCase()])));
  return meant.toLowerCase() === text.toLowerCase() ? '' : `: did you mean '${meant}'?`;
}

/** The shortest SIZE of so many bytes. */
export function sizeText(bytes: number): string {
  const unit = UNITS.findLastIndex((_, i) => bytes > 0 && bytes % 1024 ** i === 0);
  return unit < 0 ? `${bytes}` : `${bytes / 1024 ** unit}${UNITS[unit]}`;
}

/** Bytes, at most 2^53. */
export function readSize(word: Word): number {
  const size = bytesIn(word.text);
  if (size === null) {
    const how = sizeMeant(word.text) || ': write digits and an optional k, M, G or T, as in 64M';
    throw new Mistake(`'${word.text}' is not a size${how}`, word.column);
  }
  if (size > BigInt(Number.MAX_SAFE_INTEGER))
    throw new Mistake(`${word.text} is too large: 8191T is the most`, word.column);
  return Number(size);
}

/** Permission bits in octal. */
export function readMode(word: Word): number {
  if (!/^[0-7]{1,4}$/.test(word.text))
    throw new Mistake(`'${word.text}' is not a mode: write it in octal, as in 0644`, word.column);
  return Number.parseInt(word.text, 8);
}

/** UID:GID */
export function readOwner(word: Word): Owner {
  const match = /^(\d{1,10}):(\d{1,10})$/.exec(word.text);
  const [uid, gid] = match === null ? [] : [Number(match[1]), Number(match[2])];
  if (uid === undefined || gid === undefined || uid >= NO_ID || gid >= NO_ID)
    throw new Mistake(`'${word.text}' is no owner: write two numbers, UID:GID, as in 1000:1000`, word.column);
  return { uid, gid };
}

/** (uid_t)-1 is nobody's. */
const NO_ID = 2 ** 32 - 1;

/** Whole pages, rounded up. */
export const readPages = (word: Word): Pages => pagesOf(readSize(word));

/** SIZE/s as bytes a second. */
export function readRate(word: Word): number {
  const text = word.text.endsWith('/s') ? word.text.slice(0, -2) : word.text;
  const rate = bytesIn(text);
  if (rate === null || rate === 0n || rate > BigInt(Number.MAX_SAFE_INTEGER)) {
    const meant = rate === null ? sizeMeant(text) : '';
    throw new Mistake(
      `'${word.text}' is not a rate${meant || ': write a size above 0 and /s, as in 100M/s'}`,
      word.column,
    );
  }
  return Number(rate);
}

const TIME_UNIT: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const TIME = /^(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)$/;

export function readTime(word: Word): Nanoseconds {
  if (word.text === '0') return ns(0);
  const match = TIME.exec(word.text);
  if (match === null) {
    throw new Mistake(
      `'${word.text}' is not a time: write a number and ns, us, ms, s, m or h, as in 1.5s`,
      word.column,
    );
  }
  const time = Math.round(Number(match[1]) * TIME_UNIT[match[2]]);
  if (time > Number.MAX_SAFE_INTEGER)
    throw new Mistake(`${word.text} is too long: 2501h is the most`, word.column);
  return ns(time);
}

/** A whole number from `least` to `most`. */
export function readWhole(word: Word, least: number, most: number): number {
  const value = /^-?\d+$/.test(word.text) ? Number(word.text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new Mistake(`'${word.text}' is not a whole number from ${least} to ${most}`, word.column);
  }
  return value;
}

/** seq, random, zipf=THETA, hot=SHARE%:OF%. */
export function readPattern(word: Word): Pattern {
  const { text, column } = word;
  if (text === 'seq' || text === 'random') return { kind: text };
  const zipf = /^zipf=(\d+(?:\.\d+)?)$/.exec(text);
  if (zipf !== null) {
    const theta = Number(zipf[1]);
    if (theta > 0 && theta <= 10) return { kind: 'zipf', theta };
    throw new Mistake(`zipf takes an exponent above 0 and at most 10, as in zipf=0.99`, column);
  }
  const hot = /^hot=(\d+(?:\.\d+)?)%:(\d+(?:\.\d+)?)%$/.exec(text);
  if (hot !== null) {
    const [share, of] = [Number(hot[1]) / 100, Number(hot[2]) / 100];
    if (share > 0 && share <= 1 && of <= 1) return { kind: 'hot', share, of };
    throw new Mistake('hot takes two percentages up to 100, the first above 0, as in hot=10%:90%', column);
  }
  const near = suggestion(text.split('=')[0], ['seq', 'random', 'zipf', 'hot']);
  throw new Mistake(`'${text}' is not a pattern (seq, random, zipf=0.99, hot=10%:90%)${near}`, column);
}

export function readErrno(word: Word): Errno {
  if (isErrno(word.text)) return word.text;
  const near = suggestion(word.text, Object.keys(ERRNO_TEXT));
  throw new Mistake(`'${word.text}' is not an errno that the machine can answer${near}`, word.column);
}

const TASK = /^[A-Za-z_][A-Za-z0-9_-]*$/;

export function readTask(word: Word): string {
  if (TASK.test(word.text)) return word.text;
  throw new Mistake(
    `'${word.text}' is not a task's name: letters, digits, _ and -, and a letter or _ first`,
    word.column,
  );
}

/** The page that holds the byte at this offset. */
export const pageAt = (offset: number): Pages => pages(Math.floor(offset / PAGE_SIZE));

/** A Mistake where one of them is named twice. */
export function checkOnce(words: readonly string[], column: number): void {
  const twice = words.find((word, i) => words.indexOf(word) !== i);
  if (twice !== undefined) throw new Mistake(`'${twice}' is named twice`, column);
}
