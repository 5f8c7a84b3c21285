import { type Status } from '../mm/types.ts';
import type { Mm, OpenFile, Task } from './types.ts';
/**
 * mm/readahead.c, ondemand_readahead(): windows that open and double up to 32 pages for sequential reads, and for random ones that
 * land behind pages which are there.
 */
/** VM_READAHEAD_PAGES: 128 KiB. */
export declare const MAX_PAGES = 32;
/** page_cache_sync_ra(): page `index` is missing, `request` pages are wanted from there on. */
export declare function syncReadahead(mm: Mm, ra: OpenFile, index: number, request: number): void;
/** page_cache_async_ra(): the read has come to the marker. */
export declare function asyncReadahead(mm: Mm, ra: OpenFile, index: number, request: number): void;
/** A batch that is asked for by whoever knows what will be read: no marker. */
export declare function readExactly(ra: OpenFile, start: number, end: number): void;
/** page_cache_ra_unbounded(): charges the batch's pages and hands them to the disk. What can't be charged is left out. */
export declare function readPages(mm: Mm, task: Task, ra: OpenFile): Status;
