import type { Mm } from './kernel.ts';
import type { Mapping } from './types.ts';
/** Pages below this are small integers, and shifts do for divisions. */
export declare const SMALL_PAGE: number;
/** Files end here: 2^33 pages, 32 TiB. */
export declare const MAX_FILE_PAGES: number;
export declare const isSwapped: (content: number) => boolean;
export declare const swapEntryOf: (content: number) => number;
export declare const swapContent: (entry: number) => number;
export declare const LEAST_CHUNKS = 64;
/** Room for as many pages as the machine has frames: to grow is to copy all, and what is not used takes no memory. */
export declare function newPageTables(nrPages: number): Mm['tables'];
export declare function newMapping(mm: Mm, name: string, anonymous: boolean): Mapping;
/** The slot of a page, or -1 where no page of that chunk was ever there. */
export declare function findSlot(mapping: Mapping, page: number): number;
/** Pages below this have a place in the directory, and are small integers. */
export declare const nearPages: ({ length }: Int32Array) => number;
/** The same for a page below nearPages(): for those who look up many. */
export declare function findNearSlot(directory: Int32Array, page: number): number;
/** The slot of a page, made when it isn't there. */
export declare function slotOf(mm: Mm, mapping: Mapping, page: number): number;
/** There is hardly room for more pages, however many shadows give way: who goes on comes to a TooLarge. */
export declare function isFull(mm: Mm): boolean;
/**
 * Forgets all from a page on; no page may be resident there. A chunk that a
 * device may be reading into or writing from (a file's) is emptied and kept.
 */
export declare function freeChunks(mm: Mm, mapping: Mapping, fromPage: number, onDisk?: boolean): void;
/** Slots from this one to the end of its chunk. */
export declare const slotsToChunkEnd: (slot: number) => number;
export declare const mappingOfSlot: (mm: Mm, slot: number) => Mapping;
