import { BLOCK_PLACES, BLOCK_SHIFT } from './layout.ts';
import type { LruLists } from './types.ts';

/** The LRU lists as those see them who only look: core/lists.ts says how they are built. */

const OFFSET = BLOCK_PLACES - 1;

export const blockOf = (place: number): number => place >> BLOCK_SHIFT;

/** What holds them, without room for any yet (arena.ts). */
export const newLruLists = (): LruLists => ({
  place: new Int32Array(),
  pfn: new Int32Array(),
  used: new Uint8Array(),
  list: new Int32Array(),
  older: new Int32Array(),
  younger: new Int32Array(),
  oldest: new Int32Array(),
  end: new Int32Array(),
  length: new Int32Array(),
});

/** Up to `count` pages from the old end on, the oldest first, all left where they are. */
export function oldestPages(lists: LruLists, list: number, count: number): Int32Array {
  const pages = new Int32Array(Math.min(count, lists.length[list]));
  let block = lists.oldest[list] >> BLOCK_SHIFT;
  for (let i = 0; i < pages.length; block = lists.younger[block]) {
    for (let at = block << BLOCK_SHIFT; at < (block + 1) << BLOCK_SHIFT && i < pages.length; at += 1) {
      if (lists.pfn[at] !== 0) pages[i++] = lists.pfn[at];
    }
  }
  return pages;
}

/** Up to `count` pages from the young end on, the youngest first, all left where they are. */
export function youngestPages(lists: LruLists, list: number, count: number): Int32Array {
  const pages = new Int32Array(Math.min(count, lists.length[list]));
  let block = (lists.end[list] - 1) >> BLOCK_SHIFT;
  for (let i = 0; i < pages.length; block = lists.older[block]) {
    for (let at = (block << BLOCK_SHIFT) + OFFSET; at >= block << BLOCK_SHIFT && i < pages.length; at -= 1) {
      if (lists.pfn[at] !== 0) pages[i++] = lists.pfn[at];
    }
  }
  return pages;
}
