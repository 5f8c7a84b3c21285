import type { MemCgroup, Mm, Pass } from './types.ts';
/** mm/memcontrol.c: what memory.min and memory.low keep from reclaim. */
/** mem_cgroup_calculate_protection(): right below the target all that is asked for, further down the parent's share. */
export declare function calculateProtection(mm: Mm, target: MemCgroup, memcg: MemCgroup): void;
/** mem_cgroup_below_min(), mem_cgroup_below_low() */
export declare const isBelowMin: (target: MemCgroup, memcg: MemCgroup) => boolean;
export declare const isBelowLow: (target: MemCgroup, memcg: MemCgroup) => boolean;
/** get_scan_count(): of a list of so many pages those that are not protected, in proportion. */
export declare function scanTarget(pass: Pass, target: MemCgroup, memcg: MemCgroup, size: number): number;
