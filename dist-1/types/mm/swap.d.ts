import type { Mm } from './kernel.ts';
import type { SwapArea } from './types.ts';
/** mm/swapfile.c, mm/swap_state.c: one swap area; entries are numbered from 1. */
export declare const newSwapArea: (size: number) => SwapArea;
/** A free entry, now in use; 0 when swap is full or there is none. */
export declare function addToSwap(mm: Mm): number;
export declare function freeSwapEntry(mm: Mm, entry: number): void;
/** The entry takes the place of a page that is uncharged and on no list; its frame is free when the write ends. */
export declare function writeToSwap(mm: Mm, pfn: number, entry: number): void;
