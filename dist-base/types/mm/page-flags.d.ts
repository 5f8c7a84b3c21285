/** Page flags, as in include/linux/page-flags.h, with those of page_cgroup beside them. */
/** Locked: being read in. */
export declare const PG_LOCKED: number;
export declare const PG_REFERENCED: number;
export declare const PG_DIRTY: number;
/** PageActive: where the page belongs. */
export declare const PG_ACTIVE: number;
/** PAGE_CGROUP_FLAG_ACTIVE: the list it is on; moved late, when a scan meets it (2.6.26). */
export declare const PC_ACTIVE: number;
/** PageLRU, in the same place where lists are moved at once: the page is on a list, and no longer in a batch that goes to one. */
export declare const PG_LRU: number;
export declare const PG_WRITEBACK: number;
export declare const PG_READAHEAD: number;
/** Anonymous: not page cache. */
export declare const PG_ANON: number;
/** Some task has it mapped. */
export declare const PG_MAPPED: number;
/** The accessed bit of entries that mapped the page and are gone: those of entries that map it are PageTables.young. */
export declare const PG_YOUNG: number;
/** Shared memory of processes: swapped as anonymous memory is, counted as page cache. */
export declare const PG_SHMEM: number;
/** PagePrivate, in the same place, of a file's page: it has buffers, of a kernel that counts them. */
export declare const PG_PRIVATE: number;
/** Any of these: a page at the inactive list's old end can't be freed without another look. */
export declare const NOT_PLAIN: number;
/** What memory.stat counts as cache; the rest is rss. */
export declare function isCache(flags: number): boolean;
/** A page with this was active when it was deactivated or evicted, PageWorkingset (of kernels that know refaults). */
export declare const PG_WORKINGSET: number;
/** The node that the page lies on, in the upper bits. */
export declare const NODE_SHIFT = 12;
export declare const MAX_NODES = 16;
