import type { Mm } from './kernel.ts';
import { lengthOf } from './lru-lists.ts';
import { NODE_SHIFT, PC_ACTIVE } from './page-flags.ts';
import type { Frames } from './types.ts';

/** Page frames, free and in use, and which LRU list each is on. */

/** What holds them, without room for any yet (arena.ts). */
export const newFrames = (): Frames => ({
  slot: new Int32Array(),
  flags: new Uint16Array(),
  memcg: new Uint16Array(),
  freed: new Int32Array(),
});

/** The number of a cgroup's list on a node: 0 to `mm.lists` - 1, an active one (1) behind its inactive one (0). */
export const listOf = (mm: Mm, memcg: number, node: number, list: number): number =>
  (memcg * mm.nodes + node) * mm.lists + list;

export const listLength = (mm: Mm, memcg: number, node: number, list: number): number =>
  lengthOf(mm.lru, listOf(mm, memcg, node, list));

/** Pages of a cgroup on one of its lists, of all nodes. */
export function lruPages(mm: Mm, memcg: number, list: number): number {
  let sum = 0;
  for (let node = 0; node < mm.nodes; node += 1) sum += listLength(mm, memcg, node, list);
  return sum;
}

/** The list that the page is on, by its flags. */
const listOfPage = (mm: Mm, pfn: number): number => {
  const flags = mm.frames.flags[pfn];
  return listOf(mm, mm.frames.memcg[pfn], flags >> NODE_SHIFT, (flags & PC_ACTIVE) === 0 ? 0 : 1);
};

/** list_add(): to the head, where the youngest are. */
export function addToList(mm: Mm, pfn: number): void {
  mm.core.add(listOfPage(mm, pfn), pfn);
}

export function removeFromList(mm: Mm, pfn: number): void {
  mm.core.remove(pfn);
}

/**
 * A frame on the wanted node, or on the next that has one free; 0 when the
 * machine has none. Its flags are the node and nothing else.
 */
export function allocFrame(mm: Mm, node: number): number {
  if (mm.freePages === 0) return 0;
  let from = node;
  while (mm.nrFree[from] === 0) from = from + 1 === mm.nodes ? 0 : from + 1;
  mm.nrFree[from] -= 1;
  mm.freePages -= 1;
  const pfn = mm.core.takeFrame();
  mm.frames.flags[pfn] = from << NODE_SHIFT;
  return pfn;
}

/** The frame must be on no list and in no page table. */
export function freeFrame(mm: Mm, pfn: number): void {
  mm.nrFree[mm.frames.flags[pfn] >> NODE_SHIFT] += 1;
  mm.freePages += 1;
  mm.core.giveFrame(pfn);
}
