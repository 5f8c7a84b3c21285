import { type Errno } from '../kernel/errno.ts';
import { type Nanoseconds, type Pages } from '../kernel/units.ts';
import type { Owner } from '../machine/machine.ts';
import type { Pattern } from '../task/behaviour.ts';
import type { Word } from './words.ts';
/** The bytes of a word that is a SIZE (digits and an optional k M G T), or null. */
export declare function bytesIn(text: string): bigint | null;
/** Bytes, at most 2^53. */
export declare function readSize(word: Word): number;
/** Permission bits in octal. */
export declare function readMode(word: Word): number;
/** UID:GID */
export declare function readOwner(word: Word): Owner;
/** Whole pages, rounded up. */
export declare const readPages: (word: Word) => Pages;
/** SIZE/s as bytes a second. */
export declare function readRate(word: Word): number;
export declare function readTime(word: Word): Nanoseconds;
/** A whole number from `least` to `most`. */
export declare function readWhole(word: Word, least: number, most: number): number;
/** seq, random, zipf=THETA, hot=SHARE%:OF%. */
export declare function readPattern(word: Word): Pattern;
export declare function readErrno(word: Word): Errno;
export declare function readTask(word: Word): string;
/** The page that holds the byte at this offset. */
export declare const pageAt: (offset: number) => Pages;
