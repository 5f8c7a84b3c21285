import type { MemCgroup, Mm, Task } from './types.ts';
/**
 * 4/4: which node a pass begins with. The reclaimer takes the best: of the nodes
 * that hold at least 3/4 of their share of the usage, the one with the most
 * inactive pages for its active ones. Direct reclaim begins at the task's own.
 */
export declare function startNode(mm: Mm, task: Task, memcg: MemCgroup, background: boolean): number;
/** A zone list: the node itself, then the others in order of their numbers, round the end. */
export declare function nodesFrom(mm: Mm, first: number): readonly number[];
