import type { Mm } from './kernel.ts';
import type { Frames } from './types.ts';
/** Page frames, free and in use, and which LRU list each is on. */
/** What holds them, without room for any yet (arena.ts). */
export declare const newFrames: () => Frames;
/** The number of a cgroup's list on a node: 0 to `mm.lists` - 1, an active one (1) behind its inactive one (0). */
export declare const listOf: (mm: Mm, memcg: number, node: number, list: number) => number;
export declare const listLength: (mm: Mm, memcg: number, node: number, list: number) => number;
/** Pages of a cgroup on one of its lists, of all nodes. */
export declare function lruPages(mm: Mm, memcg: number, list: number): number;
/** list_add(): to the head, where the youngest are. */
export declare function addToList(mm: Mm, pfn: number): void;
export declare function removeFromList(mm: Mm, pfn: number): void;
/**
 * A frame on the wanted node, or on the next that has one free; 0 when the
 * machine has none. Its flags are the node and nothing else.
 */
export declare function allocFrame(mm: Mm, node: number): number;
/** The frame must be on no list and in no page table. */
export declare function freeFrame(mm: Mm, pfn: number): void;
