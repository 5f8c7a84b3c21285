import { SWAP_WRITE, submit } from './blkdev.ts';
import { freeFrame } from './frames.ts';
import type { Mm } from './kernel.ts';
import { swapContent } from './page-table.ts';
import type { SwapArea } from './types.ts';

/** mm/swapfile.c, mm/swap_state.c: one swap area; entries are numbered from 1. */
export const newSwapArea = (size: number): SwapArea => ({
  size,
  used: 0,
  map: new Uint8Array(size + 1),
  frame: new Int32Array(size + 1),
  slot: new Int32Array(size + 1),
  next: 1,
});

/** A free entry, now in use; 0 when swap is full or there is none. */
export function addToSwap(mm: Mm): number {
  const { swap } = mm;
  if (swap.used === swap.size) return 0;
  for (let tried = 0; tried < swap.size; tried += 1) {
    const entry = swap.next;
    swap.next = entry === swap.size ? 1 : entry + 1;
    // An entry that was given up while its page is still being written must wait.
    if (swap.map[entry] === 0 && swap.frame[entry] === 0) {
      swap.map[entry] = 1;
      swap.used += 1;
      return entry;
    }
  }
  return 0;
}

/** Where a page is uncharged before it is written: what was written is free now. */
export function freeWritten(mm: Mm, start: number, count: number): void {
  const { frame } = mm.swap;
  for (let entry = start; entry < start + count; entry += 1) {
    freeFrame(mm, frame[entry]);
    frame[entry] = 0;
  }
}

export function freeSwapEntry(mm: Mm, entry: number): void {
  mm.swap.map[entry] = 0;
  mm.swap.used -= 1;
}

/** The entry takes the place of a page that is uncharged and on no list; its frame is free when the write ends. */
export function writeToSwap(mm: Mm, pfn: number, entry: number): void {
  const { frames, swap } = mm;
  const slot = frames.slot[pfn];
  mm.tables.slots[slot] = swapContent(entry);
  swap.slot[entry] = slot;
  swap.frame[entry] = pfn;
  frames.slot[pfn] = -1;
  mm.nrWriteback += 1;
  submit(mm, SWAP_WRITE, entry, 1);
}
