import type { MemCgroup, Mm, Task } from './types.ts';
/** The tree of cgroups: who stands above whom, and the order of a walk. */
/** parent_mem_cgroup(); null: it is the root. */
export declare const parentOf: (mm: Mm, { parent }: MemCgroup) => MemCgroup | null;
/** mem_cgroup_from_task(): whom its memory is charged to. */
export declare const memCgroupFromTask: (mm: Mm, { memcg }: Pick<Task, 'memcg'>) => MemCgroup;
export declare const isRoot: ({ parent }: MemCgroup) => boolean;
/** mem_cgroup_is_descendant(): it is that one, too. */
export declare function isBelow(mm: Mm, id: number, above: MemCgroup): boolean;
/** mem_cgroup_iter(): a cgroup and all below, parents first, the removed that still have pages too. */
export declare function treeOf(mm: Mm, memcg: MemCgroup): Generator<MemCgroup>;
/** What of all cgroups of a tree comes to. */
export declare function sumOf(mm: Mm, memcg: MemCgroup, count: (each: MemCgroup) => number): number;
/** How many are below: cgroups, and those removed that still have pages (`dying`). */
export declare function descendants(mm: Mm, memcg: MemCgroup): {
    live: number;
    dying: number;
};
