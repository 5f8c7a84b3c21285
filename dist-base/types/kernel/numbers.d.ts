import { type Pages } from './units.ts';
/** `5,242,880`. Not Intl's: that takes 10 ms to make, which is more than most reports take. */
export declare const count: (n: number | bigint) => string;
/** A count, or a mean of counts, in six characters at most: `0`, `9,999`, `12.3k`, `1.2M`, `<0.1`. */
export declare function compact(value: number): string;
/** With separators and exactly so many decimals; `<0.01` for what they can't show. */
export declare const decimal: (value: number, decimals: number) => string;
/** `1 page`, `5,242,880 pages`. */
export declare const plural: (n: number, noun: string) => string;
/** A unit of sizes: 0 bytes, 1 K, 2 M, 3 G, 4 T. */
export type SizeUnit = 0 | 1 | 2 | 3 | 4;
/** The largest unit of which this many bytes are at least one. */
export declare function sizeUnit(bytes: number | bigint): SizeUnit;
/**
 * Bytes as a size: `64M`, `61.4M`, `3.90M`, `512`. In a column, name the unit that
 * all its sizes share; one that is too small to show in it stands in its own.
 */
export declare function size(bytes: number | bigint, unit?: SizeUnit): string;
/** A size as it can be typed: `64M` or `960K` where that is exact, the bytes otherwise. */
export declare function exactSize(bytes: bigint): string;
/** What a mark's file reads: `unset` for LLONG_MAX, rounded to whole pages or not, else a size. */
export declare const markSize: (bytes: bigint) => string;
/** Pages as a size; what a mark is called that is not set. */
export declare const pageSize: (count: Pages | null, unset?: string) => string;
/** Nanoseconds as three figures at most: `1.23 ms`, `214 ms`, `3 s`, `1 min 23 s`. */
export declare function duration(ns: number): string;
/** The same in six characters at most, and as the language has it: `17.8us`, `214ms`, `83s`. */
export declare function shortDuration(ns: number): string;
/** Nanoseconds as seconds that lose nothing, never with an exponent: `1.25`, `0.0000178`. */
export declare function seconds(ns: number): string;
/**
 * An instant of virtual time, as exact as `step` (ns) asks: `12 s`, `12.35 s`, `1:20`, `1:02:03`, `1:20.5`.
 */
export declare function instant(at: number, step?: number): string;
/**
 * Several times (ns) to be read against each other: one unit, that of the longest (or of the shortest above 0),
 * and as many decimals (three at most) as give the shortest three figures.
 */
export declare function durations(times: readonly number[], unitOf?: 'longest' | 'shortest'): string[];
/** A fraction as `93 %`, `9.3 %`, `<0.1 %`; never `100 %` for less than all, nor `0 %` for something. */
export declare function percent(fraction: number, gap?: string): string;
/** The same, but below 1 % with two figures: of what most shares are there. */
export declare const finePercent: (fraction: number) => string;
/** How many times as much: `12x`, `1.5x`, `0.25x`. */
export declare const times: (ratio: number) => string;
