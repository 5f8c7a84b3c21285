import type { MemCgroup, Mm } from './types.ts';
/**
 * mm/oom_kill.c, mem_cgroup_out_of_memory(): kills the task of the cgroup (null: of the machine) with the most memory; ties:
 * the lowest pid. While a victim is still dying nobody else is killed
 * (select_bad_process() gives up on TIF_MEMDIE). A real process is never
 * signalled: it counts as a victim, once, and is dying as long as it has pages
 * that were refused.
 */
export declare function killLargest(mm: Mm, memcg: MemCgroup | null): void;
