import type { Row } from './spans.ts';

/** Rows that are made only when they come into sight. */
export interface Scrolled {
  readonly count: number;
  readonly row: (index: number) => Row;
  /** Shown first is the end: `scroll` counts from there. */
  readonly fromEnd: boolean;
  /** This row has to be in sight, whatever `scroll` says. */
  readonly keep?: number;
}

export const allRows = (rows: readonly Row[]): Scrolled => ({
  count: rows.length,
  row: (index) => rows[index] ?? [],
  fromEnd: false,
});

/** How far one can scroll away before nothing new comes into sight. */
export const mostScroll = ({ count }: Scrolled, room: number): number => Math.max(0, count - room);

/** The index of the first row in sight. */
export function firstRow(scrolled: Scrolled, scroll: number, room: number): number {
  const most = mostScroll(scrolled, room);
  const kept = Math.min(most, Math.max(0, scroll));
  const first = scrolled.fromEnd ? most - kept : kept;
  const { keep } = scrolled;
  if (keep === undefined) return first;
  return Math.max(Math.min(first, keep), keep - room + 1);
}

/** The rows in sight, exactly `room`. */
export function inSight(scrolled: Scrolled, scroll: number, room: number): Row[] {
  const first = firstRow(scrolled, scroll, room);
  return Array.from({ length: room }, (_, i) => (first + i < scrolled.count ? scrolled.row(first + i) : []));
}

/** `4-12 of 40`; empty when all is in sight. */
export function scrollNote(scrolled: Scrolled, scroll: number, room: number): string {
  if (scrolled.count <= room) return '';
  const first = firstRow(scrolled, scroll, room);
  return `${first + 1}-${Math.min(scrolled.count, first + room)} of ${scrolled.count}`;
}
