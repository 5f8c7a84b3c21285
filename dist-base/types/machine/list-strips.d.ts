import { type Pages } from '../kernel/units.ts';
import type { Mm } from '../mm/kernel.ts';
import type { MemCgroup } from '../mm/types.ts';
/** Pages next to each other on a list, counted. */
export interface ListCell {
    readonly pages: number;
    /** Used since they were last looked at: they go round once more. */
    readonly referenced: number;
    readonly dirty: number;
    readonly anon: number;
}
export interface ListStrip {
    readonly active: boolean;
    readonly node: number;
    readonly length: Pages;
    /** The youngest first, the next to be looked at by reclaim last. */
    readonly cells: readonly ListCell[];
    /** Pages in the middle of the list that were not looked at, between the first and the second half of the cells. */
    readonly skipped: Pages;
}
/** Pages of a list that are looked at, at most: so that a look takes a millisecond, not a frame. */
export declare const LONGEST_WALK = 65536;
/** Every list of the cgroup that has pages, node by node, the active one first. */
export declare function listStrips(mm: Mm, memcg: MemCgroup, cells: number, most: number): ListStrip[];
