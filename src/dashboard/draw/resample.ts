import type { Pages } from '../../kernel/units.ts';
import type { Band } from '../../report/raster.ts';
import type { Curve, Stretch } from '../../script/history/track.ts';

/** What happened while one column of characters went by. */
export interface ColumnEvents {
  /** Share of the time that the reclaimer was awake, 0 to 1. */
  awake: number;
  failures: number;
  stalls: number;
  oomKills: number;
  /** Marks at its end; undefined: nothing is known of this time. */
  marks: Pick<Stretch, 'low' | 'high' | 'limit'> | undefined;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** Usage brought to `count` columns of dots that cover the window; null where nothing is known. */
export function bandsOf({ stretches }: Curve, window: Window, count: number): Band[] {
  const bands: Band[] = new Array<Band>(count).fill(null);
  const place = placing(window, count);
  for (const stretch of stretches) {
    const { first, last } = place(stretch);
    const { min, max } = stretch;
    for (let column = Math.max(0, first); column <= Math.min(count - 1, last); column += 1) {
      const band = bands[column];
      bands[column] = band ? { min: Math.min(band.min, min), max: Math.max(band.max, max) } : { min, max };
    }
  }
  return bands;
}

/** What happened, brought to `count` columns of characters. */
export function eventsOf({ stretches }: Curve, window: Window, count: number): ColumnEvents[] {
  const columns = Array.from(
    { length: count },
    (): ColumnEvents => ({ awake: 0, failures: 0, stalls: 0, oomKills: 0, marks: undefined }),
  );
  const place = placing(window, count);
  const width = (window.to - window.from) / count;
  for (const stretch of stretches) {
    const { first, last } = place(stretch);
    if (last < 0 || first >= count) continue;
    const share = stretch.awake / Math.max(1, stretch.time - stretch.from);
    for (let column = Math.max(0, first); column <= Math.min(count - 1, last); column += 1) {
      const begin = window.from + column * width;
      const covered = Math.min(stretch.time, begin + width) - Math.max(stretch.from, begin);
      columns[column].awake += (share * Math.max(0, covered)) / width;
      columns[column].marks = stretch;
    }
    const at = columns[Math.min(count - 1, Math.max(0, last))];
    at.failures += stretch.failures;
    at.stalls += stretch.stalls;
    at.oomKills += stretch.oomKills;
  }
  return columns;
}

/** The columns that a stretch goes through. */
function placing({ from, to }: Window, count: number) {
  const width = Math.max(1e-9, (to - from) / count);
  return (stretch: Stretch): { readonly first: number; readonly last: number } => {
    const first = Math.floor((stretch.from - from) / width + 1e-6);
    return { first, last: Math.max(first, Math.ceil((stretch.time - from) / width - 1e-6) - 1) };
  };
}

/** The highest mark of this name that a column knows. */
export const markAt = (column: ColumnEvents, name: 'low' | 'high' | 'limit'): Pages | null =>
  column.marks?.[name] ?? null;
