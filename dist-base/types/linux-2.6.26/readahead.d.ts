import { type Status } from '../mm/types.ts';
import type { Mm, OpenFile, Task } from './types.ts';
/** page_cache_sync_readahead(): page `offset` is missing, `request` pages are wanted from there on. */
export declare function syncReadahead(ra: OpenFile, offset: number, request: number): void;
/** page_cache_async_readahead(): the read has come to the marker. */
export declare function asyncReadahead(mm: Mm, ra: OpenFile, offset: number, request: number): void;
/** A batch that is asked for by whoever knows what will be read: pages `start` to `end` - 1, no marker. */
export declare function readExactly(ra: OpenFile, start: number, end: number): void;
/** Charges the batch's pages and hands them to the disk. Never FAILED: what can't be charged is left out. */
export declare function readPages(mm: Mm, task: Task, ra: OpenFile): Status;
