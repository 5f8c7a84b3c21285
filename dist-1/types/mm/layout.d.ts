/** What the page core (core/) and the rest of mm both have to know of the arrays that they share: either is compiled with it. */
/** Places in a block of the LRU lists. */
export declare const BLOCK_SHIFT = 5;
export declare const BLOCK_PLACES: number;
/** A block that has no more pages may be put together with a neighbour that has no more either. */
export declare const SPARSE: number;
/** include/linux/swap.h: a pass wants this many pages, and looks at so many at a time. */
export declare const SWAP_CLUSTER_MAX = 32;
/** In the number of a list (listOf() of frames.ts): an active one, of the lists of a cgroup and a node. */
export declare const ACTIVE_LIST = 1;
/** Consecutive pages of one mapping, whose slots stand together. */
export declare const CHUNK_SHIFT = 9;
export declare const SLOTS_PER_CHUNK: number;
/** Pages that are looked up at once for a task that reads them one by one. */
export declare const WINDOW = 256;
/** In `heads`: frames from this one on were never used; how many of those below are free. */
export declare const FRESH = 0;
export declare const NR_FREED = 1;
/** In `heads`: blocks from this one on were never used; the first that is free, 0 for none. */
export declare const BLOCKS = 2;
export declare const FREE_BLOCK = 3;
export declare const HEADS = 4;
