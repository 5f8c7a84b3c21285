import { type Refusal } from '../kernel/errno.ts';
import { type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** 1/4: mem_cgroup_force_empty(). */
/**
 * Refused while tasks are in the cgroup, even at usage 0. Of the root it never is: the count that is
 * asked (kernel/cgroup.c, find_css_set()) leaves out the set of cgroups that the first task was born with.
 */
export declare function mayForceEmpty(mm: Mm, memcg: MemCgroup): Refusal | null;
/**
 * Reclaims as long as passes make progress, then drops the accounting of what is
 * left; usage ends at 0. `task` runs the passes. May sleep: call it again.
 */
export declare function forceEmpty(mm: Mm, task: Task, memcg: MemCgroup): Status;
