import { NODE_SHIFT, PC_ACTIVE } from './page-flags.ts';
import type { Frames, Mm } from './types.ts';

/**
 * Page frames and the LRU lists that they are linked into. A list head is an
 * index behind the last pfn, so that linking needs no special case at the ends.
 */

/** Cgroups that the list heads are laid out for; a cgroup's id fits 16 bits. */
export const MAX_MEMCGS = 1 << 16;

/** `nrPages` frames and the list heads of `memcgs` cgroups on `nodes` nodes. */
export function newFrames(nrPages: number, nodes: number, memcgs: number = MAX_MEMCGS): Frames {
  const heads = nrPages + 1;
  const lists = memcgs * nodes * 2;
  return {
    next: new Int32Array(heads + lists),
    prev: new Int32Array(heads + lists),
    slot: new Int32Array(heads),
    flags: new Uint16Array(heads),
    memcg: new Uint16Array(heads),
    heads,
    listLength: new Int32Array(lists),
    fresh: 1,
    free: 0,
  };
}

/** Index of the head of a cgroup's active (1) or inactive (0) list on a node. */
export const listHead = (mm: Mm, memcg: number, node: number, active: number): number =>
  mm.frames.heads + (memcg * mm.nodes + node) * 2 + active;

/** Makes the lists of a new cgroup empty. */
export function initLists(mm: Mm, memcg: number): void {
  for (let node = 0; node < mm.nodes; node += 1) {
    for (let active = 0; active < 2; active += 1) {
      const head = listHead(mm, memcg, node, active);
      mm.frames.next[head] = head;
      mm.frames.prev[head] = head;
      mm.frames.listLength[head - mm.frames.heads] = 0;
    }
  }
}

export const listLength = (mm: Mm, memcg: number, node: number, active: number): number =>
  mm.frames.listLength[(memcg * mm.nodes + node) * 2 + active];

/** Pages of a cgroup on its active (1) or inactive (0) lists of all nodes. */
export function lruPages(mm: Mm, memcg: number, active: number): number {
  let sum = 0;
  for (let node = 0; node < mm.nodes; node += 1) sum += listLength(mm, memcg, node, active);
  return sum;
}

/** The list that the page is on, by its flags. */
const headOf = (mm: Mm, pfn: number): number => {
  const flags = mm.frames.flags[pfn];
  return listHead(mm, mm.frames.memcg[pfn], flags >> NODE_SHIFT, (flags & PC_ACTIVE) === 0 ? 0 : 1);
};

/** list_add(): to the head, where the youngest are. */
export function addToList(mm: Mm, pfn: number): void {
  const { next, prev, listLength: lengths, heads } = mm.frames;
  const head = headOf(mm, pfn);
  const first = next[head];
  next[pfn] = first;
  prev[pfn] = head;
  prev[first] = pfn;
  next[head] = pfn;
  lengths[head - heads] += 1;
}

export function removeFromList(mm: Mm, pfn: number): void {
  const { next, prev, listLength: lengths, heads } = mm.frames;
  next[prev[pfn]] = next[pfn];
  prev[next[pfn]] = prev[pfn];
  lengths[headOf(mm, pfn) - heads] -= 1;
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
  const pfn = takeFrame(mm);
  mm.frames.flags[pfn] = from << NODE_SHIFT;
  return pfn;
}

/** The next free frame; there must be one, and the caller counts it off. */
export function takeFrame(mm: Mm): number {
  const { frames } = mm;
  const pfn = frames.free;
  if (pfn !== 0) {
    frames.free = frames.next[pfn];
    return pfn;
  }
  frames.fresh += 1;
  return frames.fresh - 1;
}

/** The frame must be on no list and in no page table. */
export function freeFrame(mm: Mm, pfn: number): void {
  const { frames } = mm;
  mm.nrFree[frames.flags[pfn] >> NODE_SHIFT] += 1;
  mm.freePages += 1;
  frames.next[pfn] = frames.free;
  frames.free = pfn;
}
