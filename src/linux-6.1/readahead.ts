import { needResched } from '../kernel/sched.ts';
import { DISK_READ, submit } from '../mm/blkdev.ts';
import { MARKER, NODE_SHIFT, PG_LOCKED, PG_READAHEAD } from '../mm/page-flags.ts';
import { findSlot, slotOf } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, type Mapping, type Status, SUSPENDED } from '../mm/types.ts';
import { easyCharges, tryCharge } from './charge.ts';
import { lendFolios, lendLists, takeFolios, takeLists } from './folios.ts';
import { addToPageCache } from './page-cache.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, OpenFile, Task } from './types.ts';
import { hasNode, isEmptyLeaf, leafFilled, slotsToLeafEnd } from './xarray.ts';

/**
 * mm/readahead.c, ondemand_readahead(): windows that open and double up to 32 pages for sequential reads, and for random ones that
 * land behind pages which are there.
 */

/** VM_READAHEAD_PAGES: 128 KiB. */
export const MAX_PAGES = 32;

/** More is to be read ahead when this page is read. */
export const isMarker = (flags: number): boolean => (flags & MARKER) === PG_READAHEAD;

/** page_cache_sync_ra(): page `index` is missing, `request` pages are wanted from there on. */
export function syncReadahead(mm: Mm, ra: OpenFile, index: number, request: number): void {
  if (ra.readahead) ondemandReadahead(mm, ra, index, request, false);
  else beginBatch(ra, index, request, 0);
}

/** page_cache_async_ra(): the read has come to the marker. */
export const asyncReadahead = (mm: Mm, ra: OpenFile, index: number, request: number): void =>
  ondemandReadahead(mm, ra, index, request, true);

function ondemandReadahead(mm: Mm, ra: OpenFile, index: number, request: number, marker: boolean): void {
  if (index === 0) {
    beginSequence(ra, index, request);
    return;
  }
  if (index === ra.start + ra.size - ra.asyncSize || index === ra.start + ra.size) {
    ra.start += ra.size;
    ra.size = nextSize(ra.size);
    ra.asyncSize = ra.size;
    readIt(ra, index);
    return;
  }
  if (marker) {
    // The marker of somebody else's window: go on behind the pages that are there.
    const hole = nextMiss(mm, ra.mapping, index + 1);
    if (hole - index > MAX_PAGES) return;
    ra.start = hole;
    ra.size = nextSize(hole - index + request);
    ra.asyncSize = ra.size;
    readIt(ra, index);
    return;
  }
  // prev_pos is where the last read ended, which is the page behind the one that it read last.
  const step = index - ra.previous - 1;
  if (request > MAX_PAGES || (ra.previous >= 0 && (step === 0 || step === 1))) {
    beginSequence(ra, index, request);
    return;
  }
  const history = pagesBefore(mm, ra.mapping, index);
  if (history > request) {
    // A stream that left its pages here, from the beginning of the file at best.
    ra.start = index;
    ra.size = Math.min((history >= index ? 2 * history : history) + request, MAX_PAGES);
    ra.asyncSize = 1;
    readIt(ra, index);
    return;
  }
  // A small read somewhere else: as it is, and the window is kept.
  beginBatch(ra, index, request, 0);
}

function beginSequence(ra: OpenFile, index: number, request: number): void {
  ra.start = index;
  ra.size = initialSize(request);
  ra.asyncSize = ra.size > request ? ra.size - request : ra.size;
  readIt(ra, index);
}

/** A window whose marker this very read would meet grows by the next one. */
function readIt(ra: OpenFile, index: number): void {
  if (index === ra.start && ra.size === ra.asyncSize) {
    const more = nextSize(ra.size);
    const merged = ra.size + more <= MAX_PAGES;
    ra.asyncSize = merged ? more : MAX_PAGES >> 1;
    ra.size = merged ? ra.size + more : MAX_PAGES;
  }
  beginBatch(ra, ra.start, ra.size, ra.asyncSize);
}

/** get_init_ra_size() */
function initialSize(request: number): number {
  const size = 1 << (32 - Math.clz32(Math.min(request, 2 * MAX_PAGES) - 1));
  if (size <= MAX_PAGES / 32) return size * 4;
  return size <= MAX_PAGES / 4 ? size * 2 : MAX_PAGES;
}

/** get_next_ra_size() */
function nextSize(size: number): number {
  if (size < MAX_PAGES / 16) return 4 * size;
  return size <= MAX_PAGES / 2 ? 2 * size : MAX_PAGES;
}

const isThere = (mm: Mm, mapping: Mapping, page: number): boolean => {
  const slot = page < 0 ? -1 : findSlot(mapping, page);
  return slot >= 0 && mm.tables.slots[slot] > 0;
};

/** page_cache_next_miss(): of a whole window that is there, its last page. */
function nextMiss(mm: Mm, mapping: Mapping, from: number): number {
  let page = from;
  while (page - from < MAX_PAGES - 1 && isThere(mm, mapping, page)) page += 1;
  return page;
}

/** count_history_pages(): of a whole window that is there, one less. */
function pagesBefore(mm: Mm, mapping: Mapping, index: number): number {
  let count = 0;
  while (count < MAX_PAGES - 1 && isThere(mm, mapping, index - 1 - count)) count += 1;
  return count;
}

/** do_page_cache_ra(): not beyond the end of the file. */
function beginBatch(ra: OpenFile, start: number, size: number, lookahead: number): void {
  const count = Math.min(size, ra.mapping.length - start);
  ra.batchNext = start;
  ra.batchEnd = start + Math.max(0, count);
  ra.batchMarker = lookahead > 0 ? start + count - lookahead : -1;
}

/** do_sync_mmap_readahead(): a window around a page that a fault has missed, and in its last quarter a marker. */
export function readAround(ra: OpenFile, index: number): void {
  ra.start = Math.max(0, index - MAX_PAGES / 2);
  ra.size = MAX_PAGES;
  ra.asyncSize = MAX_PAGES / 4;
  beginBatch(ra, ra.start, ra.size, ra.asyncSize);
}

/** A batch that is asked for by whoever knows what will be read: no marker. */
export function readExactly(ra: OpenFile, start: number, end: number): void {
  ra.batchNext = start;
  ra.batchEnd = end;
  ra.batchMarker = -1;
}

/** page_cache_ra_unbounded(): charges the batch's pages and hands them to the disk. What can't be charged is left out. */
export function readPages(mm: Mm, task: Task, ra: OpenFile): Status {
  while (ra.batchNext < ra.batchEnd) {
    const page = ra.batchNext;
    const slot = slotOf(mm, ra.mapping, page);
    if (mm.tables.slots[slot] > 0 && !isCharging(task)) {
      ra.batchNext += 1;
      continue;
    }
    const status = tryCharge(mm, task, true);
    if (status === SUSPENDED) return SUSPENDED;
    // Somebody else may have brought it meanwhile.
    const count = status === DONE && mm.tables.slots[slot] <= 0 ? addSome(mm, task, slot, ra) : 0;
    if (count > 0) extendRun(mm, ra, slot, count);
    ra.batchNext += Math.max(count, 1);
    if (ra.batchNext < ra.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
  }
  submitRun(mm, ra);
  return DONE;
}

/** After tryCharge() said DONE: as many as can be added at once, or page `batchNext` alone; 0: there was no room for a node. */
function addSome(mm: Mm, task: Task, slot: number, ra: OpenFile): number {
  const count = needResched(mm.sched, task) ? 0 : addRun(mm, task, slot, ra);
  if (count > 0) return count;
  const flags = ra.batchNext === ra.batchMarker ? PG_LOCKED | PG_READAHEAD : PG_LOCKED;
  return addToPageCache(mm, task, ra.mapping, ra.batchNext, slot, flags, false, true) ? 1 : 0;
}

/**
 * Adds pages from `slot` on that need nobody's doing: with room for them, in a leaf of the index that is there. Not a page or a
 * nanosecond differs from adding them one by one. Answers how many.
 */
function addRun(mm: Mm, task: Task, slot: number, ra: OpenFile): number {
  const { core, tables } = mm;
  const memcg = memCgroupFromTask(mm, task);
  const most = Math.min(
    // What was added before goes to the disk when the first page is there that is no neighbour of it.
    ra.runLength === 0 || joinsRun(ra, slot) ? ra.batchEnd - ra.batchNext : 1,
    slotsToLeafEnd(slot),
    easyCharges(mm, task, memcg),
    mm.nrFree[task.node],
  );
  if (most === 0 || !hasNode(mm, slot)) return 0;
  lendFolios(mm, task);
  if (!lendLists(mm, task, memcg)) return 0;
  const fills = isEmptyLeaf(mm, slot);
  const count = core.enterFolios(slot, most, (task.node << NODE_SHIFT) | PG_LOCKED);
  takeFolios(mm, task);
  if (count === 0) return 0;
  takeLists(mm, task, memcg, count);
  if (fills) leafFilled(mm, slot);
  mm.nrFree[task.node] -= count;
  mm.freePages -= count;
  mm.sched.cost += count * mm.costs.charge;
  const marker = ra.batchMarker - ra.batchNext;
  if (marker >= 0 && marker < count) mm.frames.flags[tables.slots[slot + marker]] |= PG_READAHEAD;
  return count;
}

const joinsRun = ({ runStart, runLength }: OpenFile, slot: number): boolean => slot === runStart + runLength;

/** Neighbouring slots go to the disk as one request. */
function extendRun(mm: Mm, ra: OpenFile, slot: number, count: number): void {
  if (!joinsRun(ra, slot)) {
    submitRun(mm, ra);
    ra.runStart = slot;
  }
  ra.runLength += count;
}

function submitRun(mm: Mm, ra: OpenFile): void {
  if (ra.runLength > 0) submit(mm, DISK_READ, ra.runStart, ra.runLength);
  ra.runLength = 0;
}
