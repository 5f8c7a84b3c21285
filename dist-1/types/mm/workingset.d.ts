import type { Mm } from './kernel.ts';
/**
 * mm/workingset.c, which 2.6.26 has not: what stays in a page's slot when it is evicted, so that its refault is known,
 * and how much of that is kept. Of the emulated memory alone: the same on every host.
 */
/**
 * What a slot holds besides a pfn (> 0) and nothing (0): the page was here and was
 * evicted from this cgroup, whose refault it is when it comes back (a shadow entry).
 */
export declare const evictedFrom: (memcg: number) => number;
/** workingset_eviction(), of a page that leaves the page cache at this virtual time. */
export declare function leaveShadow({ tables }: Mm, slot: number, memcg: number, now: number): void;
/**
 * count_shadow_nodes(): chunks that hold shadow entries and no page. Linux allows the nodes of its trees one entry in
 * eight that is of use, where as many entries are of use as there are pages of memory: eight entries a page.
 */
export declare const mostShadowChunks: ({ nrPages }: Pick<Mm, 'nrPages'>) => number;
/**
 * Chunks without a page, to be let go: those that hold nothing, and of those that hold shadow entries the ones beyond
 * so many, those first that lost their last page first (shadow_lru_isolate() takes them off shadow_nodes in that
 * order). One that a device is reading into or writing from is not among them.
 */
export declare function excessChunks(mm: Mm, kept: number): number[];
