import type { Mm } from './kernel.ts';
/**
 * Lays the arrays out, with room for the lists of all cgroups and for so many chunks of slots; what they
 * held they keep, and the rest is 0. Arrays that were taken from `mm` before must not be used any more.
 * Throws a TooLarge if they don't fit into 4 GiB.
 */
export declare function layOut(mm: Mm, chunks: number): void;
export declare const isHalfEmpty: ({ core }: Mm) => boolean;
/** Chunks that there can be at most, beside the rest. */
export declare function chunksThatFit(mm: Mm): number;
/** For a cgroup that is new. */
export declare function makeRoomForLists(mm: Mm): void;
