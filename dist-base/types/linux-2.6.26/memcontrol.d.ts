import { type Pages } from '../kernel/units.ts';
import type { MemCgroup, Mm } from './types.ts';
/**
 * mm/memcontrol.c with 3/4: charging pages to a cgroup and uncharging them, and
 * waking the background reclaimer.
 */
/** mem_cgroup_create() */
export declare const memCgroupCreate: (mm: Mm, path: string, parent: MemCgroup | null) => MemCgroup;
/**
 * The charge itself, after tryCharge said DONE: the frame (its slot set) goes to
 * the cgroup's list; page cache to the inactive, anonymous memory to the active
 * one. Only then, with the page on its list, may the reclaimer be woken (3/4).
 */
export declare function chargeFrame(mm: Mm, memcg: MemCgroup, pfn: number): void;
/**
 * The accounting of `count` page cache pages that were put on their list together,
 * each of which took `each` ns: the one that crossed high woke the reclaimer.
 */
export declare function chargeRun(mm: Mm, memcg: MemCgroup, count: number, each: number): void;
/** 3/4: mem_cgroup_schedule_reclaim(), after a charge that left the usage above high. */
export declare function scheduleReclaim(mm: Mm, memcg: MemCgroup, usage?: Pages, count?: number): void;
/** Wakes the cgroup's reclaimer, if there is one and it waits. */
export declare function wakeReclaimer(mm: Mm, memcg: MemCgroup, usage: Pages): void;
/** mem_cgroup_uncharge_page(): off its list, and one page less in use. */
export declare function uncharge(mm: Mm, pfn: number): void;
/** The accounting alone, for a page that is on no list any more. */
export declare function unaccount(mm: Mm, pfn: number): void;
/** The accounting of `count` page cache pages that left their list together. */
export declare function unaccountRun(mm: Mm, id: number, count: number): void;
/**
 * mem_cgroup_force_empty_list(): drops the accounting of every page of the
 * cgroup. The pages live on, charged to nobody.
 */
export declare function dropAccounting(mm: Mm, memcg: MemCgroup): void;
