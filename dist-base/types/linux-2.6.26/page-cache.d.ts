import type { MemCgroup, Mm, Task } from './types.ts';
/** mm/filemap.c and mm/swap.c: new pages of files, charged and on their list. */
/** add_to_page_cache_lru(), after tryCharge() said DONE. Answers the frame. */
export declare function addToPageCache(mm: Mm, task: Task, memcg: MemCgroup, slot: number, flags: number): number;
/**
 * The same for `count` neighbouring slots that hold no page, at once: frames and
 * room below the limit must be there for all. Not a page or a nanosecond differs
 * from adding them one by one.
 */
export declare function addRunToPageCache(mm: Mm, task: Task, memcg: MemCgroup, firstSlot: number, count: number, pageFlags: number): void;
