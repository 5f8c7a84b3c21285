import { isSet } from '../../kernel/units.ts';
import type { CgroupRow } from '../stage/stage.ts';
import type { Look } from '../theme.ts';
import { MARK_SIGNS } from './mark-labels.ts';
import { cellSpans, type Span } from './spans.ts';

/** Usage as a bar, and across it low, high and limit as lines: what is full and what is still free at a glance. */
export function bar({ usage }: Pick<CgroupRow, 'usage'>, width: number, memory: number): Span[] {
  const marks = (['low', 'high', 'limit'] as const).filter((name) => isSet(usage[name]));
  // Where nothing bounds it, its peak does, if that is more than a sliver of the machine.
  const bound = marks.length > 0 ? Math.max(...marks.map((name) => usage[name])) : memory;
  const top = Math.max(1, bound, usage.usage);
  const halves = Math.round((usage.usage / top) * width * 2);
  const full = halves >> 1;
  const cells: string[] = Array.from({ length: width }, (_, i) =>
    i < full ? '█' : i === full && halves % 2 === 1 ? '▌' : ' ',
  );
  if (usage.usage > 0 && halves === 0) cells[0] = '▌';
  const over = usage.usage > usage.limit;
  const looks = new Array<Look | null>(width).fill(over ? 'bad' : null);
  for (const name of marks) {
    const column = Math.min(width - 1, Math.max(0, Math.round((usage[name] / top) * width) - 1));
    cells[column] = MARK_SIGNS[name];
    looks[column] = 'mark';
  }
  return cellSpans(cells, looks);
}
