import { type MemCgroup, type Mm } from './types.ts';
/** include/linux/mm_inline.h: which list a page belongs on; and how long lists are, a cgroup's own and its children's. */
/** folio_is_file_lru(): 1, or 0 for what would have to be swapped. */
export declare const isFile: (flags: number) => 0 | 1;
/** folio_lru_list() */
export declare const kindOf: (flags: number) => number;
export declare const listOfPage: (mm: Mm, pfn: number) => number;
/** lruvec_page_state(NR_LRU_BASE + list): with all below it in the tree. */
export declare function lruState(mm: Mm, memcg: MemCgroup, node: number, list: number): number;
/** Of all nodes. */
export declare function treePages(mm: Mm, memcg: MemCgroup, list: number): number;
/** All pages on a cgroup's own lists of a node. */
export declare function ownLruPages(mm: Mm, id: number, node: number): number;
