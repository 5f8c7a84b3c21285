import { BLOCK_WORDS, END, FIRST_PLACE, LENGTH, LIST_SHIFT, OLDER, OLDEST, YOUNGER } from './layout.ts';
import type { LruLists } from './types.ts';

/** The LRU lists as those see them who only look: core/lists.ts says how they are built. */

/** What holds them, without room for any yet (arena.ts). */
export const newLruLists = (): LruLists => ({
  place: new Int32Array(),
  lists: new Int32Array(),
  places: new Int32Array(),
});

/** Pages on a list. */
export const lengthOf = ({ lists }: LruLists, list: number): number => lists[(list << LIST_SHIFT) + LENGTH];

/** The block that a place is in. */
export const blockOf = (place: number): number => place & -BLOCK_WORDS;

/** Up to `count` pages from the old end on, the oldest first, all left where they are. */
export function oldestPages(lru: LruLists, list: number, count: number): Int32Array {
  const { lists, places } = lru;
  const pages = new Int32Array(Math.min(count, lengthOf(lru, list)));
  let block = blockOf(lists[(list << LIST_SHIFT) + OLDEST]);
  for (let i = 0; i < pages.length; block = places[block + YOUNGER]) {
    for (let at = block + FIRST_PLACE; at < block + BLOCK_WORDS && i < pages.length; at += 1) {
      if (places[at] !== 0) pages[i++] = places[at];
    }
  }
  return pages;
}

/** Up to `count` pages from the young end on, the youngest first, all left where they are. */
export function youngestPages(lru: LruLists, list: number, count: number): Int32Array {
  const { lists, places } = lru;
  const pages = new Int32Array(Math.min(count, lengthOf(lru, list)));
  let block = blockOf(lists[(list << LIST_SHIFT) + END] - 1);
  for (let i = 0; i < pages.length; block = places[block + OLDER]) {
    for (let at = block + BLOCK_WORDS - 1; at >= block + FIRST_PLACE && i < pages.length; at -= 1) {
      if (places[at] !== 0) pages[i++] = places[at];
    }
  }
  return pages;
}
