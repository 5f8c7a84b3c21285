import { grown } from '../kernel/arrays.ts';
import type { LruLists } from './types.ts';

/**
 * The LRU lists as unrolled linked lists: chains of blocks of places, each list's pages in
 * order of age. What are neighbours on a list are neighbours in memory, so a scan does not
 * have to have read one page to learn which is next, as it has with links from page to page:
 * of lists that no cache holds, that wait was most of what a scan cost.
 *
 * A page that leaves from the middle leaves its place empty. Blocks without a page are freed,
 * and neighbours that are half empty are put together, so that a place in four is used at
 * the least.
 */

/** Places in a block. Block 0 is none: so lists begin empty as zeros. */
const BLOCK_SHIFT = 5;
export const BLOCK_PLACES = 1 << BLOCK_SHIFT;
const OFFSET = BLOCK_PLACES - 1;
const SPARSE = BLOCK_PLACES / 2;

export const blockOf = (place: number): number => place >> BLOCK_SHIFT;

/** `lists` empty lists of pages 1 to `nrPages`. */
export function newLruLists(nrPages: number, lists: number): LruLists {
  const blocks = blocksFor(nrPages);
  return {
    place: new Int32Array(nrPages + 1),
    pfn: new Int32Array(blocks << BLOCK_SHIFT),
    used: new Uint8Array(blocks),
    older: new Int32Array(blocks),
    younger: new Int32Array(blocks),
    blocks: 1,
    freeBlock: 0,
    oldest: new Int32Array(lists),
    end: new Int32Array(lists),
    length: new Int32Array(lists),
  };
}

/** Enough for `nrPages` without an empty place, and a list that is just begun. */
export const blocksFor = (nrPages: number): number => (nrPages >> BLOCK_SHIFT) + 4;

/** list_add(): to the young end. */
export function add(lists: LruLists, list: number, pfn: number): void {
  let at = lists.end[list];
  if ((at & OFFSET) === 0) at = beginBlock(lists, list, at);
  lists.pfn[at] = pfn;
  lists.place[pfn] = at;
  lists.used[at >> BLOCK_SHIFT] += 1;
  lists.end[list] = at + 1;
  lists.length[list] += 1;
}

/** Takes a page off, wherever on the list it is. */
export function remove(lists: LruLists, list: number, pfn: number): void {
  const at = lists.place[pfn];
  const block = at >> BLOCK_SHIFT;
  lists.pfn[at] = 0;
  lists.length[list] -= 1;
  lists.used[block] -= 1;
  const left = lists.used[block];
  if (left === 0) freeBlock(lists, list, block);
  else if (left <= SPARSE) mergeSparse(lists, list, block);
}

/** Takes up to `count` pages off the old end, into `taken` from `from` on, the oldest first. Answers how many. */
export function takeOldest(
  lists: LruLists,
  list: number,
  count: number,
  taken: Int32Array,
  from: number,
): number {
  const { pfn, used, length, oldest } = lists;
  const most = Math.min(count, length[list]);
  for (let i = from; i < from + most; ) {
    let at = oldest[list];
    const block = at >> BLOCK_SHIFT;
    const stop = Math.min(i + used[block], from + most);
    used[block] -= stop - i;
    for (; i < stop; at += 1) {
      const page = pfn[at];
      if (page === 0) continue;
      pfn[at] = 0;
      taken[i] = page;
      i += 1;
    }
    oldest[list] = at;
    if (used[block] === 0) freeBlock(lists, list, block);
  }
  length[list] -= most;
  return most;
}

/**
 * Moves the `count` oldest pages to the young end, one after the other; there must be as many.
 * All of them in turn are where they were.
 */
export function rotate(lists: LruLists, list: number, count: number): void {
  const { place, oldest } = lists;
  for (let left = count % lists.length[list]; left > 0; ) {
    let to = lists.end[list];
    if ((to & OFFSET) === 0) to = beginBlock(lists, list, to);
    // Only now: to begin a block may have moved them.
    const { pfn, used } = lists;
    let at = oldest[list];
    const block = at >> BLOCK_SHIFT;
    const moved = Math.min(left, used[block], BLOCK_PLACES - (to & OFFSET));
    used[block] -= moved;
    used[to >> BLOCK_SHIFT] += moved;
    for (const stop = to + moved; to < stop; at += 1) {
      const page = pfn[at];
      if (page === 0) continue;
      pfn[at] = 0;
      pfn[to] = page;
      place[page] = to;
      to += 1;
    }
    oldest[list] = at;
    lists.end[list] = to;
    if (used[block] === 0) freeBlock(lists, list, block);
    left -= moved;
  }
}

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

/** A new block at the young end of the list, whose last one ends at `end` (0: there is none). Answers its first place. */
function beginBlock(lists: LruLists, list: number, end: number): number {
  const block = takeBlock(lists);
  const before = end === 0 ? 0 : (end >> BLOCK_SHIFT) - 1;
  lists.older[block] = before;
  lists.younger[block] = 0;
  if (before === 0) lists.oldest[list] = block << BLOCK_SHIFT;
  else lists.younger[before] = block;
  return block << BLOCK_SHIFT;
}

function takeBlock(lists: LruLists): number {
  const block = lists.freeBlock;
  if (block !== 0) {
    lists.freeBlock = lists.younger[block];
    return block;
  }
  if (lists.blocks === lists.used.length) growBlocks(lists);
  lists.blocks += 1;
  return lists.blocks - 1;
}

function growBlocks(lists: LruLists): void {
  const blocks = 2 * lists.blocks;
  lists.pfn = grown(lists.pfn, new Int32Array(blocks << BLOCK_SHIFT));
  lists.used = grown(lists.used, new Uint8Array(blocks));
  lists.older = grown(lists.older, new Int32Array(blocks));
  lists.younger = grown(lists.younger, new Int32Array(blocks));
}

/** Takes a block without pages out of its list. */
function freeBlock(lists: LruLists, list: number, block: number): void {
  const { older, younger } = lists;
  const before = older[block];
  const after = younger[block];
  if (before === 0) lists.oldest[list] = after << BLOCK_SHIFT;
  else younger[before] = after;
  if (after === 0) lists.end[list] = before === 0 ? 0 : (before + 1) << BLOCK_SHIFT;
  else older[after] = before;
  younger[block] = lists.freeBlock;
  lists.freeBlock = block;
}

/** Puts a half empty block together with a neighbour that is half empty too. */
function mergeSparse(lists: LruLists, list: number, block: number): void {
  const { used, older, younger } = lists;
  const after = younger[block];
  const before = older[block];
  if (after !== 0 && used[after] <= SPARSE) merge(lists, list, block, after);
  else if (before !== 0 && used[before] <= SPARSE) merge(lists, list, before, block);
}

/** The pages of two neighbours at the end of the younger block, which counts as full from now on. */
function merge(lists: LruLists, list: number, block: number, after: number): void {
  const { pfn, used } = lists;
  if (lists.younger[after] === 0) lists.end[list] = (after + 1) << BLOCK_SHIFT;
  let to = (after + 1) << BLOCK_SHIFT;
  for (const from of [after, block]) {
    for (let at = (from << BLOCK_SHIFT) + OFFSET; at >= from << BLOCK_SHIFT; at -= 1) {
      const page = pfn[at];
      if (page === 0) continue;
      pfn[at] = 0;
      to -= 1;
      pfn[to] = page;
      lists.place[page] = to;
    }
  }
  used[after] += used[block];
  used[block] = 0;
  freeBlock(lists, list, block);
}
