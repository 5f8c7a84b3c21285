import { BLOCK_PLACES, BLOCK_SHIFT, BLOCKS, FREE_BLOCK, SPARSE } from '../layout.ts';
import {
  cluster,
  end,
  heads,
  length,
  listOf,
  nrBlocks,
  older,
  oldest,
  pfn,
  place,
  used,
  younger,
} from './memory.ts';

/**
 * The LRU lists as unrolled linked lists: chains of blocks of places, each list's pages in
 * order of age. What are neighbours on a list are neighbours in memory, so a scan does not
 * have to have read one page to learn which is next, as it has with links from page to page:
 * of lists that no cache holds, that wait was most of what a scan cost.
 *
 * A page that leaves from the middle leaves its place empty. Blocks without a page are freed,
 * and neighbours that are half empty are put together, so that a place in four is used at
 * the least.
 *
 * Block 0 is none: so lists begin empty as zeros.
 */

const OFFSET = BLOCK_PLACES - 1;

/** list_add(): to the young end. */
export function add(list: i32, page: i32): void {
  let at = end[list];
  if ((at & OFFSET) === 0) at = beginBlock(list, at);
  pfn[at] = page;
  place[page] = at;
  used[at >> BLOCK_SHIFT] += 1;
  end[list] = at + 1;
  length[list] += 1;
}

/** list_add_tail(): to the old end, of which no place before the oldest page's is in use. */
export function addOldest(list: i32, page: i32): void {
  const at = oldest[list];
  if (at === 0) {
    add(list, page);
    return;
  }
  const to = (at & OFFSET) === 0 ? beginOldest(list, at) : at - 1;
  pfn[to] = page;
  place[page] = to;
  used[to >> BLOCK_SHIFT] += 1;
  oldest[list] = to;
  length[list] += 1;
}

/** A new block before the one that begins at `at`. Answers its last place. */
function beginOldest(list: i32, at: i32): i32 {
  const after = at >> BLOCK_SHIFT;
  const block = takeBlock();
  listOf[block] = list;
  older[block] = 0;
  younger[block] = after;
  older[after] = block;
  return (block << BLOCK_SHIFT) | OFFSET;
}

/** Takes a page off its list, wherever it is there. Answers which list that is. */
export function remove(page: i32): i32 {
  const at = place[page];
  const block = at >> BLOCK_SHIFT;
  const list = listOf[block];
  const left = used[block] - 1;
  pfn[at] = 0;
  length[list] -= 1;
  used[block] = left;
  if (left === 0) freeBlock(list, block);
  else if (left <= SPARSE) mergeSparse(list, block);
  return list;
}

/** Takes up to `count` pages off the old end, into `cluster` from `from` on, the oldest first. Answers how many. */
export function takeOldest(list: i32, count: i32, from: i32): i32 {
  const most = min(count, length[list]);
  let i = from;
  while (i < from + most) {
    let at = oldest[list];
    const block = at >> BLOCK_SHIFT;
    const stop = min(i + used[block], from + most);
    used[block] -= stop - i;
    for (; i < stop; at += 1) {
      const page = pfn[at];
      if (page === 0) continue;
      pfn[at] = 0;
      cluster[i] = page;
      i += 1;
    }
    oldest[list] = at;
    if (used[block] === 0) freeBlock(list, block);
  }
  length[list] -= most;
  return most;
}

/**
 * Moves the `count` oldest pages to the young end, one after the other; there must be as many.
 * All of them in turn are where they were.
 */
export function rotate(list: i32, count: i32): void {
  if (length[list] === 0) return;
  let left = count % length[list];
  while (left > 0) {
    let to = end[list];
    if ((to & OFFSET) === 0) to = beginBlock(list, to);
    let at = oldest[list];
    const block = at >> BLOCK_SHIFT;
    const moved = min(min(left, used[block]), BLOCK_PLACES - (to & OFFSET));
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
    end[list] = to;
    if (used[block] === 0) freeBlock(list, block);
    left -= moved;
  }
}

/** A new block at the young end of the list, whose last one ends at `at` (0: there is none). Answers its first place. */
function beginBlock(list: i32, at: i32): i32 {
  const block = takeBlock();
  const before = at === 0 ? 0 : (at >> BLOCK_SHIFT) - 1;
  listOf[block] = list;
  older[block] = before;
  younger[block] = 0;
  if (before === 0) oldest[list] = block << BLOCK_SHIFT;
  else younger[before] = block;
  return block << BLOCK_SHIFT;
}

/** There is one always: mostBlocks() of ../arena.ts. */
function takeBlock(): i32 {
  const block = heads[FREE_BLOCK];
  if (block !== 0) {
    heads[FREE_BLOCK] = younger[block];
    return block;
  }
  const fresh = heads[BLOCKS];
  if (fresh === nrBlocks) unreachable();
  heads[BLOCKS] = fresh + 1;
  return fresh;
}

/** Takes a block without pages out of its list. */
function freeBlock(list: i32, block: i32): void {
  const before = older[block];
  const after = younger[block];
  if (before === 0) oldest[list] = after << BLOCK_SHIFT;
  else younger[before] = after;
  if (after === 0) end[list] = before === 0 ? 0 : (before + 1) << BLOCK_SHIFT;
  else older[after] = before;
  younger[block] = heads[FREE_BLOCK];
  heads[FREE_BLOCK] = block;
}

/** Puts a half empty block together with a neighbour that is half empty too. */
function mergeSparse(list: i32, block: i32): void {
  const before = older[block];
  const after = younger[block];
  if (after !== 0 && used[after] <= SPARSE) merge(list, block, after);
  else if (before !== 0 && used[before] <= SPARSE) merge(list, before, block);
}

/** The pages of two neighbours at the end of the younger block, which counts as full from now on. */
function merge(list: i32, block: i32, after: i32): void {
  let to = (after + 1) << BLOCK_SHIFT;
  if (younger[after] === 0) end[list] = to;
  to = gather(after, to);
  gather(block, to);
  used[after] += used[block];
  used[block] = 0;
  freeBlock(list, block);
}

/** Moves the pages of a block to the places before `to`, in their order. Answers the first of them. */
function gather(block: i32, to: i32): i32 {
  const first = block << BLOCK_SHIFT;
  for (let at = first + OFFSET; at >= first; at -= 1) {
    const page = pfn[at];
    if (page === 0) continue;
    pfn[at] = 0;
    to -= 1;
    pfn[to] = page;
    place[page] = to;
  }
  return to;
}
