import { type Pages, pages } from '../kernel/units.ts';
import { listOf } from '../mm/frames.ts';
import type { Mm } from '../mm/kernel.ts';
import { ACTIVE_LIST } from '../mm/layout.ts';
import { lengthOf, oldestPages, youngestPages } from '../mm/lru-lists.ts';
import { PG_ANON, PG_DIRTY, PG_REFERENCED, PG_YOUNG } from '../mm/page-flags.ts';
import type { MemCgroup } from '../mm/types.ts';

/** Pages next to each other on a list, counted. */
export interface ListCell {
  readonly pages: number;
  /** Used since they were last looked at: they go round once more. */
  readonly referenced: number;
  readonly dirty: number;
  readonly anon: number;
}

export interface ListStrip {
  readonly active: boolean;
  readonly node: number;
  readonly length: Pages;
  /** The youngest first, the next to be looked at by reclaim last. */
  readonly cells: readonly ListCell[];
  /** Pages in the middle of the list that were not looked at, between the first and the second half of the cells. */
  readonly skipped: Pages;
}

/** Pages of a list that are looked at, at most: so that a look takes a millisecond, not a frame. */
export const LONGEST_WALK = 65_536;

/** Every list of the cgroup that has pages, node by node, the active one first. */
export function listStrips(mm: Mm, memcg: MemCgroup, cells: number, most: number): ListStrip[] {
  const strips: ListStrip[] = [];
  for (let node = 0; node < mm.nodes; node += 1) {
    for (let list = mm.lists - 1; list >= 0; list -= 1)
      strips.push(strip(mm, memcg.id, node, list, cells, most));
  }
  return strips;
}

function strip(mm: Mm, memcg: number, node: number, kind: number, cells: number, most: number): ListStrip {
  const { lru } = mm;
  const list = listOf(mm, memcg, node, kind);
  const length = lengthOf(lru, list);
  const walked = Math.min(length, most);
  const count = Math.min(cells, walked);
  const young = Math.ceil(count / 2);
  const counted =
    walked === length
      ? inCells(mm, youngestPages(lru, list, length), count)
      : [
          ...inCells(mm, youngestPages(lru, list, Math.ceil(walked / 2)), young),
          ...inCells(mm, oldestPages(lru, list, Math.floor(walked / 2)).reverse(), count - young),
        ];
  return {
    active: (kind & ACTIVE_LIST) !== 0,
    node,
    length: pages(length),
    cells: counted,
    skipped: pages(length - walked),
  };
}

/** The pages, the youngest first, in `count` cells. */
function inCells(mm: Mm, pfns: Int32Array, count: number): ListCell[] {
  const { flags, slot } = mm.frames;
  const { young } = mm.tables;
  const cells: ListCell[] = [];
  for (let cell = 0, done = 0; cell < count; cell += 1) {
    const end = Math.round(((cell + 1) * pfns.length) / count);
    const counted = { pages: end - done, referenced: 0, dirty: 0, anon: 0 };
    for (; done < end; done += 1) {
      const pfn = pfns[done];
      const flag = flags[pfn];
      if ((flag & (PG_REFERENCED | PG_YOUNG)) !== 0 || young[slot[pfn]] !== 0) counted.referenced += 1;
      if ((flag & PG_DIRTY) !== 0) counted.dirty += 1;
      if ((flag & PG_ANON) !== 0) counted.anon += 1;
    }
    cells.push(counted);
  }
  return cells;
}
