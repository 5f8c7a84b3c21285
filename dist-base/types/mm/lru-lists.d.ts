import type { LruLists } from './types.ts';
export declare const blockOf: (place: number) => number;
/** What holds them, without room for any yet (arena.ts). */
export declare const newLruLists: () => LruLists;
/** Up to `count` pages from the old end on, the oldest first, all left where they are. */
export declare function oldestPages(lists: LruLists, list: number, count: number): Int32Array;
/** Up to `count` pages from the young end on, the youngest first, all left where they are. */
export declare function youngestPages(lists: LruLists, list: number, count: number): Int32Array;
