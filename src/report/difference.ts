import { count, percent, times } from '../kernel/numbers.ts';

/** What background reclaim changed, in words: of counts, sizes (bytes) or times (ns). */

/** `3,589 fewer (-100 %)`, `1,200 more (12x)`; empty when nothing changed. */
export function fewer(now: number, before: number): string {
  if (now === before) return '';
  return `${count(Math.abs(now - before))} ${now < before ? 'fewer' : 'more'}${relative(now, before)}`;
}

/** `11 % shorter`, `2.3x as long`; empty when there is nothing to compare. */
export const shorter = (now: number, before: number): string =>
  compared(now, before, 'shorter', 'longer', 'long');

/** `12 % less`, `3x as much`; empty when there is nothing to compare. */
export const less = (now: number, before: number): string => compared(now, before, 'less', 'more', 'much');

function compared(now: number, before: number, down: string, up: string, measure: string): string {
  if (now === before || now === 0 || before === 0) return '';
  const change = now / before - 1;
  if (change >= 1) return `${times(now / before)} as ${measure}`;
  return `${percent(Math.abs(change))} ${change < 0 ? down : up}`;
}

function relative(now: number, before: number): string {
  if (before === 0) return '';
  const change = now / before - 1;
  if (change >= 1) return ` (${times(now / before)})`;
  return ` (${change > 0 ? '+' : ''}${percent(change)})`;
}
