import type { MemCgroup, Mm, Task } from './types.ts';
/** mm/vmscan.c, shrink_list(): what a pass makes of the old ends of a cgroup's lists. */
/** shrink_active_list(): deactivates up to `count` pages; all of them but code that was run lately, which is not known here. */
export declare function shrinkActiveList(mm: Mm, task: Task, memcg: MemCgroup, node: number, list: number, count: number): void;
/** shrink_inactive_list(): looks at up to `count` pages of an inactive list. Answers how many were freed. */
export declare function shrinkInactiveList(mm: Mm, task: Task, target: MemCgroup, memcg: MemCgroup, node: number, list: number, count: number): number;
