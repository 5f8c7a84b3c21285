/** Page flags, as in include/linux/page-flags.h, with those of page_cgroup beside them. */

/** Locked: being read in. */
export const PG_LOCKED = 1 << 0;
export const PG_REFERENCED = 1 << 1;
export const PG_DIRTY = 1 << 2;
/** PageActive: where the page belongs. */
export const PG_ACTIVE = 1 << 3;
/** PAGE_CGROUP_FLAG_ACTIVE: the list it is on; moved late, when a scan meets it (2.6.26). */
export const PC_ACTIVE = 1 << 4;
/** PageLRU, in the same place where lists are moved at once: the page is on a list, and no longer in a batch that goes to one. */
export const PG_LRU = PC_ACTIVE;
export const PG_WRITEBACK = 1 << 5;
export const PG_READAHEAD = 1 << 6;
/** Of what is dirty, or on its way to the disk: to be reclaimed as soon as it is there. The same bit, as in include/linux/page-flags.h. */
export const PG_RECLAIM = PG_READAHEAD;
/** Anonymous: not page cache. */
export const PG_ANON = 1 << 7;
/** Some task has it mapped. */
export const PG_MAPPED = 1 << 8;
/** The accessed bit of entries that mapped the page and are gone: those of entries that map it are PageTables.young. */
export const PG_YOUNG = 1 << 9;
/** Shared memory of processes: swapped as anonymous memory is, counted as page cache. */
export const PG_SHMEM = 1 << 10;
/** PagePrivate, in the same place, of a file's page: it has buffers, of a kernel that counts them. */
export const PG_PRIVATE = PG_SHMEM;

/** A page at which more is to be read ahead has PG_READAHEAD alone of these. */
export const MARKER = PG_READAHEAD | PG_DIRTY | PG_WRITEBACK;

/** Any of these: a page at the inactive list's old end can't be freed without another look. */
export const NOT_PLAIN = PG_LOCKED | PG_WRITEBACK | PG_DIRTY | PG_ANON | PG_MAPPED;

/** What memory.stat counts as cache; the rest is rss. */
export function isCache(flags: number): boolean {
  return (flags & (PG_ANON | PG_SHMEM)) !== PG_ANON;
}

/** A page with this was active when it was deactivated or evicted, PageWorkingset (of kernels that know refaults). */
export const PG_WORKINGSET = 1 << 11;

/** The node that the page lies on, in the upper bits. */
export const NODE_SHIFT = 12;
export const MAX_NODES = 16;
