import { type MemCgroup, type Mm, type Pass } from './types.ts';
/** can_reclaim_anon_pages() */
export declare const canReclaimAnon: ({ swap }: Mm) => boolean;
/** inactive_is_low(): 1:1 below 1 GiB, then by the square root of the GiB. */
export declare function inactiveIsLow(mm: Mm, memcg: MemCgroup, node: number, inactiveList: number): boolean;
/** What a priority begins with, as the lists of the whole tree below the target are. */
export declare function prepareScanCount(mm: Mm, pass: Pass, target: MemCgroup, node: number): void;
/** snapshot_refaults() */
export declare function snapshotRefaults(mm: Mm, target: MemCgroup, node: number): void;
/** By list: pages to look at. */
export declare function getScanCount(mm: Mm, pass: Pass, target: MemCgroup, memcg: MemCgroup, node: number): number[];
/** lru_note_cost(): in the cgroup and all above; what is long ago counts for less. */
export declare function noteCost(mm: Mm, memcg: MemCgroup, node: number, kind: 0 | 1, pages: number): void;
