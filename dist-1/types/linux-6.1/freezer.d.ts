import type { Cgroup, MemCgroup, Mm, Task } from './types.ts';
/** kernel/cgroup/freezer.c, and what else a cgroup keeps of its tasks: their CPU time and their number. */
/** cgroup_do_freeze(), down the tree: a cgroup is frozen when it is to be, or one above is. */
export declare function applyFreeze(mm: Mm, { memcg, children }: Cgroup): void;
/** CGRP_FROZEN: it is to be, and nobody in it or below is still in the kernel. */
export declare const isFrozen: (mm: Mm, memcg: MemCgroup) => boolean;
export declare const tasksOf: ({ tasks }: Mm, { id }: MemCgroup) => Task[];
/** pids_charge(): tasks in the cgroup and below. */
export declare function nrTasksBelow(mm: Mm, memcg: MemCgroup): number;
export declare function taskJoined(mm: Mm, task: Task): void;
export declare function taskLeaves(mm: Mm, task: Task): void;
/** Of the cgroup and those below, ns. */
export declare function cpuTime(mm: Mm, memcg: MemCgroup): number;
