import { pageSize } from '../../kernel/numbers.ts';
import type { Pages } from '../../kernel/units.ts';

export type MarkName = 'limit' | 'high' | 'low';

export interface MarkLine {
  readonly name: MarkName;
  readonly line: string;
  /** What the reclaimer does there. */
  readonly says: string;
}

/** From the top down, as they stand in the graph. */
export const MARK_LINES: readonly MarkLine[] = [
  { name: 'limit', line: '─', says: 'limit' },
  { name: 'high', line: '╌', says: 'start' },
  { name: 'low', line: '┈', says: 'stop' },
];

/** The same across a bar. */
export const MARK_SIGNS: Readonly<Record<MarkName, string>> = { low: '┊', high: '╎', limit: '│' };

export interface PlacedMark {
  readonly mark: MarkLine;
  readonly value: Pages;
  /** Of the plot, 0 is the topmost; -1: above it. */
  readonly row: number;
}

/**
 * One label a row, each next to its line or as near as the others leave room: `─ limit 64M`,
 * `╌ start at 56M`. Those that don't fit in `rows` are left out, the limit first: it is said elsewhere.
 */
export function markLabels(placed: readonly PlacedMark[], rows: number, at: boolean): Map<number, string> {
  const labels = new Map<number, string>();
  const kept = placed.slice(Math.max(0, placed.length - rows));
  let free = 0;
  for (const [i, { mark, value, row }] of kept.entries()) {
    const lowest = rows - (kept.length - i);
    const place = Math.min(lowest, Math.max(free, row));
    const verb = mark.name !== 'limit' && at ? `${mark.says} at` : mark.says;
    const sign = row < 0 ? '↑' : mark.line;
    labels.set(place, `${sign} ${verb} ${pageSize(value)}`);
    free = place + 1;
  }
  return labels;
}
