import { type Refusal } from '../kernel/errno.ts';
import { type Bytes, type Pages } from '../kernel/units.ts';
/**
 * kernel/res_counter.c with the watermarks of 2/4. Usage is counted in pages;
 * the marks are kept as the exact bytes that the files show, and again as the
 * greatest page count that does not exceed them, for the charge path, whose fields
 * come first.
 */
/** Ordered: comparisons use the order. */
export declare const BELOW_LOW = 0;
export declare const BELOW_HIGH = 1;
export declare const BELOW_LIMIT = 2;
export declare const OVER_LIMIT = 3;
export type ResState = typeof BELOW_LOW | typeof BELOW_HIGH | typeof BELOW_LIMIT | typeof OVER_LIMIT;
export type Mark = 'limit' | 'high' | 'low';
export interface ResCounter {
    usage: Pages;
    maxUsage: Pages;
    limitPages: Pages;
    highPages: Pages;
    lowPages: Pages;
    failcnt: number;
    limit: Bytes;
    high: Bytes;
    low: Bytes;
}
export declare function newResCounter(): ResCounter;
/** PAGE_COUNTER_MAX pages of later kernels: no mark. */
export declare const PAGE_COUNTER_MAX: Bytes;
/** usage <= mark in bytes exactly when the usage in pages is <= this. */
export declare function wholePages(mark: Bytes): Pages;
/** 2/4: res_counter_state(); equal counts as below. */
export declare function resCounterState(counter: ResCounter, neverOverLimit: boolean): ResState;
/**
 * 2/4: a write keeps low <= high <= limit, equal allowed, or changes nothing.
 * Without the series (`wmarks` false) any limit is taken.
 */
export declare function setMark(counter: ResCounter, mark: Mark, value: Bytes, wmarks: boolean): Refusal | null;
