import { type MemCgroup, type Mm } from './types.ts';
/** workingset_eviction(), by reclaim of `target`. What stays in the slot. */
export declare function workingsetEviction(mm: Mm, target: MemCgroup, pfn: number): void;
/** The same of a page that is swapped out: there its slot holds a swap entry. */
export declare function swapEviction(mm: Mm, target: MemCgroup, memcg: MemCgroup, pfn: number, entry: number): void;
/** What a slot held before a page came into it. */
export interface Shadow {
    readonly content: number;
    readonly age: number;
}
export declare const shadowIn: ({ tables: { slots, ages } }: Mm, slot: number) => Shadow;
/** workingset_refault(), of a page whose cgroup and flags are set and that is on no list yet. */
export declare function workingsetRefault(mm: Mm, pfn: number, { content, age }: Shadow): void;
/** The same of a page that comes from a swap entry. */
export declare function swapRefault(mm: Mm, pfn: number, entry: number): void;
/** workingset_activation() */
export declare function workingsetActivation(mm: Mm, pfn: number): void;
