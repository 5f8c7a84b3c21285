import { type Refusal, refuse } from '../kernel/errno.ts';
import { exactSize } from '../kernel/numbers.ts';
import { type Bytes, LLONG_MAX, PAGE_SHIFT, type Pages, pages, UNSET_PAGES } from '../kernel/units.ts';

/**
 * kernel/res_counter.c with the watermarks of 2/4. Usage is counted in pages;
 * the marks are kept as the exact bytes that the files show, and again as the
 * greatest page count that does not exceed them, for the charge path, whose fields
 * come first.
 */

/** Ordered: comparisons use the order. */
export const BELOW_LOW = 0;
export const BELOW_HIGH = 1;
export const BELOW_LIMIT = 2;
export const OVER_LIMIT = 3;
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

export function newResCounter(): ResCounter {
  return {
    usage: pages(0),
    maxUsage: pages(0),
    limitPages: UNSET_PAGES,
    highPages: UNSET_PAGES,
    lowPages: UNSET_PAGES,
    failcnt: 0,
    limit: LLONG_MAX,
    high: LLONG_MAX,
    low: LLONG_MAX,
  };
}

/** usage <= mark in bytes exactly when the usage in pages is <= this. */
export function wholePages(mark: Bytes): Pages {
  const whole = mark >> BigInt(PAGE_SHIFT);
  return whole > BigInt(UNSET_PAGES) ? UNSET_PAGES : pages(Number(whole));
}

/** 2/4: res_counter_state(); equal counts as below. */
export function resCounterState(counter: ResCounter, neverOverLimit: boolean): ResState {
  const { usage } = counter;
  if (usage <= counter.lowPages) return BELOW_LOW;
  if (usage <= counter.highPages) return BELOW_HIGH;
  if (usage <= counter.limitPages || neverOverLimit) return BELOW_LIMIT;
  return OVER_LIMIT;
}

/**
 * 2/4: a write keeps low <= high <= limit, equal allowed, or changes nothing.
 * Without the series (`wmarks` false) any limit is taken.
 */
export function setMark(counter: ResCounter, mark: Mark, value: Bytes, wmarks: boolean): Refusal | null {
  const broken = wmarks ? brokenRule(counter, mark, value) : null;
  if (broken !== null) return refuse('EINVAL', broken);
  if (mark === 'limit') {
    counter.limit = value;
    counter.limitPages = wholePages(value);
  } else if (mark === 'high') {
    counter.high = value;
    counter.highPages = wholePages(value);
  } else {
    counter.low = value;
    counter.lowPages = wholePages(value);
  }
  return null;
}

function brokenRule(counter: ResCounter, mark: Mark, value: Bytes): string | null {
  const { limit, high, low } = counter;
  const is = exactSize(value);
  if (mark === 'limit' && high > value) {
    return `${is} is below high_wmark_in_bytes (${exactSize(high)}): lower low, then high, then the limit`;
  }
  if (mark === 'high' && value < low) {
    return `${is} is below low_wmark_in_bytes (${exactSize(low)}): lower low_wmark_in_bytes first`;
  }
  if (mark === 'high' && value > limit) {
    return `${is} is above limit_in_bytes (${exactSize(limit)}): raise the limit first`;
  }
  if (mark === 'low' && value > high) {
    return `${is} is above high_wmark_in_bytes (${exactSize(high)}): raise high_wmark_in_bytes first`;
  }
  return null;
}
