import type { ColumnName } from './columns.ts';
import { COLUMNS } from './columns.ts';

/** From left to right. The bar stands between health and usage. */
export type Shown = ColumnName | 'bar';
const ORDER: readonly Shown[] = [
  ...(['name', 'health', 'bar', 'usage', 'limit', 'peak', 'state', 'reclaimer'] as const),
  ...(['bg/s', 'direct/s', 'stalls', 'p99', 'failcnt', 'refaults', 'OOM'] as const),
];
/** The first is kept the longest as the screen gets narrower. */
const IMPORTANCE: readonly Shown[] = [
  ...(['name', 'health', 'bar', 'usage', 'bg/s', 'stalls', 'failcnt', 'limit', 'reclaimer'] as const),
  ...(['state', 'direct/s', 'OOM', 'p99', 'refaults', 'peak'] as const),
];

/** On a wide screen the bar is worth more than one more figure. */
const leastBar = (room: number): number => (room >= 72 ? 14 : 8);
const MOST_BAR = 24;
const MOST_NAME = 48;
const GAP = 1;

export interface ShownColumn {
  readonly name: Shown;
  readonly width: number;
}

/** Those that fit side by side, the one that is sorted by among them. `label`: the widest name. */
export function shownColumns(room: number, sorted: ColumnName, label: number): ShownColumn[] {
  const least = (name: Shown): number => {
    if (name === 'bar') return leastBar(room);
    // A name that is cut tells less than one more figure does.
    if (name === 'name') return Math.max(COLUMNS.name.width, Math.min(label, Math.floor(room / 5)));
    return COLUMNS[name].width;
  };
  const shown = new Set<Shown>();
  let left = room + GAP;
  for (const name of new Set<Shown>(['name', sorted, ...IMPORTANCE])) {
    if (least(name) + GAP > left) {
      // What is less important than one that has no room would only look arbitrary.
      if (name !== sorted) break;
      continue;
    }
    shown.add(name);
    left -= least(name) + GAP;
  }
  const name = Math.min(left, Math.max(0, Math.min(label, MOST_NAME) - least('name')));
  const bar = shown.has('bar') ? Math.min(left - name, MOST_BAR - leastBar(room)) : 0;
  const extra: Partial<Record<Shown, number>> = { name: shown.has('bar') ? name : left, bar };
  return ORDER.filter((each) => shown.has(each)).map((each) => ({
    name: each,
    width: least(each) + (extra[each] ?? 0),
  }));
}
