import { add, remove } from './lru-lists.ts';
import { NODE_SHIFT, PC_ACTIVE } from './page-flags.ts';
import type { Frames, Mm } from './types.ts';

/** Page frames, free and in use, and which LRU list each is on. */

/** Cgroups that there are lists for; a cgroup's id fits 16 bits. */
export const MAX_MEMCGS = 1 << 16;

export const newFrames = (nrPages: number): Frames => ({
  slot: new Int32Array(nrPages + 1),
  flags: new Uint16Array(nrPages + 1),
  memcg: new Uint16Array(nrPages + 1),
  fresh: 1,
  freed: new Int32Array(nrPages),
  nrFreed: 0,
});

/** The number of a cgroup's active (1) or inactive (0) list on a node. */
export const listOf = (mm: Mm, memcg: number, node: number, active: number): number =>
  (memcg * mm.nodes + node) * 2 + active;

export const listLength = (mm: Mm, memcg: number, node: number, active: number): number =>
  mm.lru.length[listOf(mm, memcg, node, active)];

/** Pages of a cgroup on its active (1) or inactive (0) lists of all nodes. */
export function lruPages(mm: Mm, memcg: number, active: number): number {
  let sum = 0;
  for (let node = 0; node < mm.nodes; node += 1) sum += listLength(mm, memcg, node, active);
  return sum;
}

/** The list that the page is on, by its flags. */
const listOfPage = (mm: Mm, pfn: number): number => {
  const flags = mm.frames.flags[pfn];
  return listOf(mm, mm.frames.memcg[pfn], flags >> NODE_SHIFT, (flags & PC_ACTIVE) === 0 ? 0 : 1);
};

/** list_add(): to the head, where the youngest are. */
export function addToList(mm: Mm, pfn: number): void {
  add(mm.lru, listOfPage(mm, pfn), pfn);
}

export function removeFromList(mm: Mm, pfn: number): void {
  remove(mm.lru, listOfPage(mm, pfn), pfn);
}

/** mem_cgroup_move_lists(): to the head of the active or the inactive list. */
export function moveLists(mm: Mm, pfn: number, active: boolean): void {
  removeFromList(mm, pfn);
  if (active) mm.frames.flags[pfn] |= PC_ACTIVE;
  else mm.frames.flags[pfn] &= ~PC_ACTIVE;
  addToList(mm, pfn);
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
  const pfn = takeFrame(mm.frames);
  mm.frames.flags[pfn] = from << NODE_SHIFT;
  return pfn;
}

/** The frame that was freed last; there must be one, and the caller counts it off. */
export function takeFrame(frames: Frames): number {
  if (frames.nrFreed > 0) {
    frames.nrFreed -= 1;
    return frames.freed[frames.nrFreed];
  }
  frames.fresh += 1;
  return frames.fresh - 1;
}

/** The frame must be on no list and in no page table. */
export function freeFrame(mm: Mm, pfn: number): void {
  const { frames } = mm;
  mm.nrFree[frames.flags[pfn] >> NODE_SHIFT] += 1;
  mm.freePages += 1;
  frames.freed[frames.nrFreed] = pfn;
  frames.nrFreed += 1;
}
