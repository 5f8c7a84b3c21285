import { type Asked, type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** memory_reclaim() and memory_high_write() of mm/memcontrol.c, Linux 5.19: so many pages, now. */
/** mm/internal.h: passes that may free nothing. */
export declare const MAX_RECLAIM_RETRIES = 16;
/**
 * Whether another pass may free what this one could not. A pass of 2.6.26 has looked at everything, twice: only
 * the end of a write changes what the next one finds. (Later kernels just try again, since they look at less.)
 */
export declare const mayYetFree: (mm: Mm, retries: number) => boolean;
/** `above`: no more than what lies above that usage, pages; -1: however little there is. */
export declare const ask: (pages: number, above?: number) => Asked;
/**
 * Goes on with what was asked for, a pass at a call: then others get their turn.
 * FAILED: it can't be had in full, which memory.reclaim answers with EAGAIN.
 */
export declare function proactiveReclaim(mm: Mm, task: Task, memcg: MemCgroup, asked: Asked, background: boolean): Status;
