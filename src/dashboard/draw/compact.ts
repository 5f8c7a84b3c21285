import { count, duration, size } from '../../kernel/numbers.ts';
import { bytesOf, type Pages } from '../../kernel/units.ts';

/** Numbers for narrow columns: six characters at most, for all that a machine can count to. */

const UNITS = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** `0`, `9,999`, `12.3k`, `1.2M`. */
export function compact(value: number): string {
  const rounded = value < 10 && value > 0 ? Number(value.toFixed(1)) : Math.round(value);
  if (rounded < 10_000)
    return rounded === 0 && value > 0 ? '<0.1' : Number.isInteger(rounded) ? count(rounded) : `${rounded}`;
  let unit = 1;
  let scaled = value / 1000;
  while (scaled >= 999.5 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${Number(scaled.toPrecision(3))}${UNITS[unit]}`;
}

/** `17.8us`, `214ms`, `83s`. */
export function compactTime(ns: number): string {
  if (ns === 0) return '-';
  return ns < 59.95e9 ? duration(ns).replace(' ', '') : `${compact(Math.round(ns / 1e9))}s`;
}

/** A clamp of the counter: a mark of so many pages was never set (linux-2.6.26/res-counter.ts). */
const UNSET = 2 ** 30;

export const isSet = (mark: Pages | null): mark is Pages => mark !== null && mark < UNSET;

/** `64M`; a mark that is not set is `-`. */
export const compactMark = (mark: Pages | null): string => (isSet(mark) ? compactSize(mark) : '-');

export const compactSize = (pages: Pages): string => size(bytesOf(pages));
