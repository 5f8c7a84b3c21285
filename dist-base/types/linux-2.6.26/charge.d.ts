import { type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** Whether a page can be charged without reclaim. */
export declare const hasRoom: (mm: Mm, { res }: MemCgroup) => boolean;
/**
 * Makes room for one page: a free frame in the machine and one page below the
 * limit (mem_cgroup_charge_common, and the page allocator before it). DONE means
 * that `chargeFrame` may follow at once. May sleep: then call it again.
 */
export declare function tryCharge(mm: Mm, task: Task, memcg: MemCgroup): Status;
