import { SWAP_WRITE, submit } from './blkdev.ts';
import { unaccount } from './memcontrol.ts';
import { setEntry } from './page-table.ts';
import type { Mm, Page, SwapEntry } from './types.ts';

/** mm/swapfile.c: one swap area; entries are numbered from 1. */

export const newSwap = (size: number): SwapEntry[] =>
  Array.from({ length: size + 1 }, () => ({ used: false, writing: null }));

export const swapUsed = (mm: Mm): number => mm.swap.filter(({ used }) => used).length;

/** The next free entry, round the end; 0 for none. One whose page is still being written must wait. */
export function addToSwap(mm: Mm): number {
  const size = mm.swap.length - 1;
  if (swapUsed(mm) === size) return 0;
  for (let tried = 0; tried < size; tried += 1) {
    const entry = mm.nextSwap;
    mm.nextSwap = entry === size ? 1 : entry + 1;
    const { used, writing } = mm.swap[entry];
    if (used || writing !== null) continue;
    mm.swap[entry].used = true;
    return entry;
  }
  return 0;
}

/** The last mapping goes, so it is uncharged here and now; its frame is free when the write ends. */
export function swapOut(mm: Mm, page: Page, entry: number): void {
  page.memcg.stat.swapOut += 1;
  page.memcg.stat.writebackPages += 1;
  unaccount(mm, page);
  setEntry(page, { kind: 'swapped', entry });
  mm.swap[entry].writing = page;
  mm.nrWriteback += 1;
  submit(mm, SWAP_WRITE, entry, 1);
}
