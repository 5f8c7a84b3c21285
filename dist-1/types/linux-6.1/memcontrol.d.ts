import type { Cpu, Events, MemCgroup, Mm } from './types.ts';
/**
 * mem_cgroup_css_alloc(); `parent` null: the root, and who is nobody. `before`: whose place it takes, who had
 * memory control and gave it up.
 */
export declare function memCgroupCreate(mm: Mm, path: string, parent: MemCgroup | null, before?: MemCgroup | null): MemCgroup;
/** memcg_memory_event(): counted in all above, too; local only here. */
export declare function memoryEvent(mm: Mm, memcg: MemCgroup, event: keyof Events): void;
/**
 * commit_charge(), after tryCharge() said DONE: the frame (its slot and flags set) is the cgroup's, and counts as what
 * it is. It is on no list yet.
 */
export declare function commitCharge(mm: Mm, cpu: Cpu, memcg: MemCgroup, pfn: number): void;
/** mem_cgroup_uncharge(), of a page that is on no list. */
export declare function unaccount(mm: Mm, pfn: number): void;
/** `count` pages of clean files that are mapped by nobody and on no list. */
export declare function unaccountRun(mm: Mm, memcg: MemCgroup, count: number): void;
/** A page off its list or batch, and uncharged. */
export declare function uncharge(mm: Mm, pfn: number): void;
/**
 * mem_cgroup_css_offline(): the cgroup is removed, and its kernel memory is its parent's from now on. Its pages stay
 * charged to it; it goes with the last of them.
 */
export declare function removeMemcg(mm: Mm, memcg: MemCgroup): void;
