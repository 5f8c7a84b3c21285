import { type StepEnd } from '../kernel/sched.ts';
import { type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** balance_dirty_pages_ratelimited(), after a page was dirtied. Answers whether it is time to look at the limits. */
export declare function ratelimited(mm: Mm): boolean;
/** balance_dirty_pages(): who dirties beyond the limits waits until enough is written. May sleep: call it again. */
export declare function balanceDirtyPages(mm: Mm, task: Task, memcg: MemCgroup): Status;
/** wb_workfn() */
export declare const flusherStep: (mm: Mm, thread: Task) => StepEnd;
