/** What the page core (core/) and the rest of mm both have to know of the arrays that they share: either is compiled with it. */

/** A block of the LRU lists is two cache lines: what it has to say of itself, then places of pages. */
export const BLOCK_SHIFT = 5;
export const BLOCK_WORDS = 1 << BLOCK_SHIFT;
/** In a block: how many places are used, its list, and its neighbours there, 0 for none. */
export const USED = 0;
export const LIST = 1;
export const OLDER = 2;
export const YOUNGER = 3;
export const FIRST_PLACE = 4;
export const BLOCK_PLACES = BLOCK_WORDS - FIRST_PLACE;
/** A block that has no more pages may be put together with a neighbour that has no more either. */
export const SPARSE = BLOCK_PLACES / 2;

/** What there is of a list: the place where its oldest page is looked for, where the next page goes, and its pages. */
export const LIST_SHIFT = 2;
export const OLDEST = 0;
export const END = 1;
export const LENGTH = 2;

/** include/linux/swap.h: a pass wants this many pages, and looks at so many at a time. */
export const SWAP_CLUSTER_MAX = 32;

/** In the number of a list (listOf() of frames.ts): an active one, of the lists of a cgroup and a node. */
export const ACTIVE_LIST = 1;

/** Consecutive pages of one mapping, whose slots stand together. */
export const CHUNK_SHIFT = 9;
export const SLOTS_PER_CHUNK = 1 << CHUNK_SHIFT;

/** Consecutive slots that a node of the page cache's index holds (lib/xarray.c). */
export const LEAF_SHIFT = 6;
export const LEAVES_PER_CHUNK = 1 << (CHUNK_SHIFT - LEAF_SHIFT);

/** PAGEVEC_SIZE of 6.1: pages that go to the lists at once. */
export const FOLIO_BATCH = 15;

/** Pages that are looked up at once for a task that reads them one by one. */
export const WINDOW = 256;

/** In `heads`: frames from this one on were never used; how many of those below are free. */
export const FRESH = 0;
export const NR_FREED = 1;
/** In `heads`: blocks from this one on were never used; the first that is free, 0 for none. */
export const BLOCKS = 2;
export const FREE_BLOCK = 3;
export const HEADS = 4;
