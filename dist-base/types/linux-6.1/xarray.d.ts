import type { Mapping } from '../mm/types.ts';
import type { MemCgroup, Mm, XArrays } from './types.ts';
/** struct radix_tree_node (584 bytes) in its slab, and whose it is. */
export declare const NODE_BYTES = 592;
export declare const newXArrays: () => XArrays;
/** Whether a page's entry needs no new node. */
export declare const hasNode: ({ own: { xarrays } }: Mm, slot: number) => boolean;
/**
 * xas_create(): makes the nodes that an entry for this page needs; `charge` is called for each before it is there, and
 * says whether it may be.
 */
export declare function makeNodes(mm: Mm, mapping: Mapping, page: number, slot: number, memcg: MemCgroup, charge: () => boolean): boolean;
/** workingset_update_node(): a page has come into a leaf. */
export declare function entryCame(mm: Mm, slot: number): void;
/** A page has left a leaf, and a shadow entry is in its place. */
export declare function entryLeft(mm: Mm, slot: number): void;
/** A page has left its slot for good, with nothing in its place. */
export declare function entryGone(mm: Mm, slot: number): void;
/** The nodes of a chunk whose pages and shadow entries are gone. */
export declare function freeLeaves(mm: Mm, chunk: number): void;
/** scan_shadow_nodes() and delete_node(): the node that has held nothing but shadow entries longest goes with them. */
export declare function reclaimNode(mm: Mm, memcg: MemCgroup): boolean;
/** memcg_reparent_objcgs(), memcg_reparent_list_lrus() */
export declare function reparentNodes(mm: Mm, memcg: MemCgroup, parent: MemCgroup): void;
