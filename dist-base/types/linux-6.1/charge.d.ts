import { type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** mm/memcontrol.c, try_charge_memcg(): what it takes to charge a page. */
/** mm/internal.h */
export declare const MAX_RECLAIM_RETRIES = 16;
/** Whether a page can be charged without reclaim. */
export declare function hasRoom(mm: Mm, task: Task): boolean;
/**
 * Charges one page to the task's cgroup. DONE: the page is there for commitCharge(), in the CPU's stock or reserved,
 * and so is a frame. May sleep: then call it again.
 */
export declare function tryCharge(mm: Mm, task: Task, noRetry?: boolean): Status;
/** obj_cgroup_charge(), of an object: it does not sleep. False: there is no room for it. */
export declare function chargeObject(mm: Mm, task: Task, memcg: MemCgroup, bytes: number, noRetry: boolean): boolean;
/** A page of kernel memory, here and now. */
export declare function chargeKmem(mm: Mm, task: Task, memcg: MemCgroup, noRetry: boolean): boolean;
