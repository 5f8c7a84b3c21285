import { listLength, listOf, lruPages } from '../mm/frames.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { NODE_SHIFT, PG_ACTIVE, PG_ANON } from '../mm/page-flags.ts';
import { INACTIVE_ANON, INACTIVE_FILE, LISTS, type MemCgroup, type Mm } from './types.ts';

/** include/linux/mm_inline.h: which list a page belongs on; and how long lists are, a cgroup's own and its children's. */

/** folio_is_file_lru(): 1, or 0 for what would have to be swapped. */
export const isFile = (flags: number): 0 | 1 => ((flags & PG_ANON) === 0 ? 1 : 0);

/** folio_lru_list() */
export const kindOf = (flags: number): number =>
  ((flags & PG_ANON) === 0 ? INACTIVE_FILE : INACTIVE_ANON) + ((flags & PG_ACTIVE) === 0 ? 0 : 1);

export const listOfPage = (mm: Mm, pfn: number): number => {
  const flags = mm.frames.flags[pfn];
  return listOf(mm, mm.frames.memcg[pfn], flags >> NODE_SHIFT, kindOf(flags));
};

/** With all below it, of all nodes. */
export function treePages(mm: Mm, memcg: MemCgroup, list: number): number {
  let sum = lruPages(mm, memcg.id, list);
  for (const child of memcg.children) sum += treePages(mm, memcgOf(mm, child), list);
  return sum;
}

/** All pages on a cgroup's own lists of a node. */
export function ownLruPages(mm: Mm, id: number, node: number): number {
  let sum = 0;
  for (let list = INACTIVE_ANON; list < LISTS; list += 1) sum += listLength(mm, id, node, list);
  return sum;
}
