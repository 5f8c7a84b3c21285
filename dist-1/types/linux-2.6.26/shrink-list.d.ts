import type { MemCgroup, Mm, Task } from './types.ts';
/** mm/vmscan.c, shrink_list(): what a pass makes of the old ends of the two lists of a cgroup and a node. */
/**
 * shrink_active_list(): looks at up to `count` pages from the old
 * end of the active list and deactivates those that no task has mapped; mapped
 * ones only when `reclaimMapped`. Answers how many it looked at.
 */
export declare function shrinkActiveList(mm: Mm, memcg: number, node: number, count: number, reclaimMapped: boolean): number;
/** A cgroup of nothing but anonymous memory without swap: no page leaves its active lists. */
export declare const isHeld: (mm: Mm, { stat }: MemCgroup) => boolean;
/**
 * The same for `count` pages of a list that none leaves, cluster by cluster: they only change
 * places. A reclaimer that spins looks at millions.
 */
export declare function turnActiveList(mm: Mm, memcg: number, node: number, count: number): number;
/**
 * shrink_inactive_list() and shrink_page_list(): takes clusters of
 * 32 off the inactive list's old end, whatever `count` asks, and frees what can
 * be freed. Adds to the pass's reclaimed, scanned and looked.
 */
export declare function shrinkInactiveList(mm: Mm, task: Task, memcg: number, node: number, count: number): void;
