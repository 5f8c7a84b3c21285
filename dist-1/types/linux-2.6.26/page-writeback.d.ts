import { type StepEnd } from '../kernel/sched.ts';
import { type Status } from '../mm/types.ts';
import type { Mm, Task } from './types.ts';
/** __bdi_writeout_inc(): counts what was written, half of it forgotten with each period. */
export declare function countWriteout(mm: Mm, count: number): void;
/**
 * pageout(): one dirty page of a reclaim pass. may_write_to_queue(): into a
 * congested queue only those may write that are marked as swap writers.
 */
export declare function pageout(mm: Mm, task: Task, pfn: number): void;
/** set_page_dirty() is followed by this for `count` pages. Answers whether it is time to look at the limits. */
export declare function ratelimited(mm: Mm, count: number): boolean;
/**
 * balance_dirty_pages(): who dirties pages beyond the device's limit writes some
 * itself, and waits for writes to end until it is under the limit or has done
 * its duty. May sleep: call it again.
 */
export declare function balanceDirtyPages(mm: Mm, task: Task): Status;
/** The flusher thread. */
export declare const pdflushStep: (mm: Mm, thread: Task) => StepEnd;
