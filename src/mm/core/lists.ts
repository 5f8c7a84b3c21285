import {
  ACTIVE_LIST,
  BLOCK_SHIFT,
  BLOCK_WORDS,
  BLOCKS,
  END,
  FIRST_PLACE,
  FREE_BLOCK,
  LENGTH,
  LIST,
  LIST_SHIFT,
  OLDER,
  OLDEST,
  SPARSE,
  USED,
  YOUNGER,
} from '../layout.ts';
import { cluster, heads, lists, nrBlocks, place, places } from './memory.ts';
import { unsettle } from './settled.ts';

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

const OFFSET = BLOCK_WORDS - 1;

/** list_add(): to the young end. */
export function add(list: i32, page: i32): void {
  const head = list << LIST_SHIFT;
  let at = lists[head + END];
  if ((at & OFFSET) === 0) at = beginBlock(list, at);
  places[at] = page;
  place[page] = at;
  places[(at & ~OFFSET) + USED] += 1;
  lists[head + END] = at + 1;
  lists[head + LENGTH] += 1;
}

/** list_add_tail(): to the old end, of which no place before the oldest page's is in use. */
export function addOldest(list: i32, page: i32): void {
  const head = list << LIST_SHIFT;
  const at = lists[head + OLDEST];
  if (at === 0) {
    add(list, page);
    return;
  }
  const to = (at & OFFSET) === FIRST_PLACE ? beginOldest(list, at & ~OFFSET) : at - 1;
  places[to] = page;
  place[page] = to;
  places[(to & ~OFFSET) + USED] += 1;
  lists[head + OLDEST] = to;
  lists[head + LENGTH] += 1;
}

/** A new block before the oldest one, `after`. Answers its last place. */
function beginOldest(list: i32, after: i32): i32 {
  const block = takeBlock();
  places[block + LIST] = list;
  places[block + OLDER] = 0;
  places[block + YOUNGER] = after;
  places[after + OLDER] = block;
  return block | OFFSET;
}

/** Takes a page off its list, wherever it is there. Answers which list that is. */
export function remove(page: i32): i32 {
  const at = place[page];
  const block = at & ~OFFSET;
  const list = places[block + LIST];
  const left = places[block + USED] - 1;
  if ((list & ACTIVE_LIST) !== 0) unsettle(page);
  places[at] = 0;
  lists[(list << LIST_SHIFT) + LENGTH] -= 1;
  places[block + USED] = left;
  if (left === 0) freeBlock(list, block);
  else if (left <= SPARSE) mergeSparse(list, block);
  return list;
}

/** Takes up to `count` pages off the old end, into `cluster` from `from` on, the oldest first. Answers how many. */
export function takeOldest(list: i32, count: i32, from: i32): i32 {
  const head = list << LIST_SHIFT;
  const most = min(count, lists[head + LENGTH]);
  let i = from;
  while (i < from + most) {
    let at = lists[head + OLDEST];
    const block = at & ~OFFSET;
    const stop = min(i + places[block + USED], from + most);
    places[block + USED] -= stop - i;
    for (; i < stop; at += 1) {
      const page = places[at];
      if (page === 0) continue;
      places[at] = 0;
      cluster[i] = page;
      i += 1;
    }
    lists[head + OLDEST] = at;
    if (places[block + USED] === 0) freeBlock(list, block);
  }
  lists[head + LENGTH] -= most;
  if ((list & ACTIVE_LIST) !== 0) for (i = from; i < from + most; i += 1) unsettle(cluster[i]);
  return most;
}

/**
 * Moves the `count` oldest pages to the young end, one after the other; there must be as many.
 * All of them in turn are where they were.
 */
export function rotate(list: i32, count: i32): void {
  const head = list << LIST_SHIFT;
  if (lists[head + LENGTH] === 0) return;
  let left = count % lists[head + LENGTH];
  while (left > 0) {
    let to = lists[head + END];
    if ((to & OFFSET) === 0) to = beginBlock(list, to);
    let at = lists[head + OLDEST];
    const block = at & ~OFFSET;
    const moved = min(min(left, places[block + USED]), BLOCK_WORDS - (to & OFFSET));
    places[block + USED] -= moved;
    places[(to & ~OFFSET) + USED] += moved;
    for (const stop = to + moved; to < stop; at += 1) {
      const page = places[at];
      if (page === 0) continue;
      places[at] = 0;
      places[to] = page;
      place[page] = to;
      to += 1;
    }
    lists[head + OLDEST] = at;
    lists[head + END] = to;
    if (places[block + USED] === 0) freeBlock(list, block);
    left -= moved;
  }
}

/** A new block at the young end of the list, whose last one ends at `at` (0: there is none). Answers its first place. */
function beginBlock(list: i32, at: i32): i32 {
  const block = takeBlock();
  const before = at === 0 ? 0 : at - BLOCK_WORDS;
  places[block + LIST] = list;
  places[block + OLDER] = before;
  places[block + YOUNGER] = 0;
  if (before === 0) lists[(list << LIST_SHIFT) + OLDEST] = block + FIRST_PLACE;
  else places[before + YOUNGER] = block;
  return block + FIRST_PLACE;
}

/** There is one always: mostBlocks() of ../arena.ts. */
function takeBlock(): i32 {
  const block = heads[FREE_BLOCK];
  if (block !== 0) {
    heads[FREE_BLOCK] = places[block + YOUNGER];
    return block;
  }
  const fresh = heads[BLOCKS];
  if (fresh === nrBlocks) unreachable();
  heads[BLOCKS] = fresh + 1;
  return fresh << BLOCK_SHIFT;
}

/** Takes a block without pages out of its list. */
function freeBlock(list: i32, block: i32): void {
  const head = list << LIST_SHIFT;
  const before = places[block + OLDER];
  const after = places[block + YOUNGER];
  if (before === 0) lists[head + OLDEST] = after === 0 ? 0 : after + FIRST_PLACE;
  else places[before + YOUNGER] = after;
  if (after === 0) lists[head + END] = before === 0 ? 0 : before + BLOCK_WORDS;
  else places[after + OLDER] = before;
  places[block + YOUNGER] = heads[FREE_BLOCK];
  heads[FREE_BLOCK] = block;
}

/** Puts a half empty block together with a neighbour that is half empty too. */
function mergeSparse(list: i32, block: i32): void {
  const before = places[block + OLDER];
  const after = places[block + YOUNGER];
  if (after !== 0 && places[after + USED] <= SPARSE) merge(list, block, after);
  else if (before !== 0 && places[before + USED] <= SPARSE) merge(list, before, block);
}

/** The pages of two neighbours at the end of the younger block, which counts as full from now on. */
function merge(list: i32, block: i32, after: i32): void {
  let to = after + BLOCK_WORDS;
  if (places[after + YOUNGER] === 0) lists[(list << LIST_SHIFT) + END] = to;
  to = gather(after, to);
  gather(block, to);
  places[after + USED] += places[block + USED];
  places[block + USED] = 0;
  freeBlock(list, block);
}

/** Moves the pages of a block to the places before `to`, in their order. Answers the first of them. */
function gather(block: i32, to: i32): i32 {
  for (let at = block + OFFSET; at >= block + FIRST_PLACE; at -= 1) {
    const page = places[at];
    if (page === 0) continue;
    places[at] = 0;
    to -= 1;
    places[to] = page;
    place[page] = to;
  }
  return to;
}
