import { needResched } from '../kernel/sched.ts';
import { DISK_READ, isCongested, submit } from '../mm/blkdev.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { PG_LOCKED, PG_READAHEAD } from '../mm/page-flags.ts';
import { findSlot, slotOf, slotsToChunkEnd } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, type Mapping, type Status, SUSPENDED } from '../mm/types.ts';
import { tryCharge } from './charge.ts';
import { addRunToPageCache, addToPageCache } from './page-cache.ts';
import type { MemCgroup, Mm, OpenFile, Task } from './types.ts';

/**
 * mm/readahead.c of 2.6.26, ondemand_readahead(): windows that open and double
 * up to 32 pages for sequential reads, none for random ones. A window is one
 * batch: its pages are charged one after the other with nobody between them, a
 * page whose charge fails is left out, and then it is read in.
 */

/** VM_MAX_READAHEAD: 128 KiB. */
const MAX_PAGES = 32;

/** page_cache_sync_readahead(): page `offset` is missing, `request` pages are wanted from there on. */
export function syncReadahead(ra: OpenFile, offset: number, request: number): void {
  if (ra.readahead) ondemandReadahead(ra, offset, request, null);
}

/** page_cache_async_readahead(): the read has come to the marker. */
export function asyncReadahead(mm: Mm, ra: OpenFile, offset: number, request: number): void {
  if (!ra.readahead || isCongested(mm.devices[DISK_READ])) return;
  ondemandReadahead(ra, offset, request, mm);
}

/** `mm` where the marker was hit, to look for what is there. */
function ondemandReadahead(ra: OpenFile, offset: number, request: number, mm: Mm | null): void {
  const expected =
    offset === ra.windowStart + ra.windowSize - ra.asyncSize || offset === ra.windowStart + ra.windowSize;
  const step = offset - ra.previous;
  const sequential = (step >= 0 && step <= 1) || request > MAX_PAGES;
  if (offset > 0 && expected) {
    ra.windowStart += ra.windowSize;
    ra.windowSize = nextSize(ra.windowSize);
    ra.asyncSize = ra.windowSize;
  } else if (mm !== null) {
    // The marker of somebody else's window: go on behind the pages that are there.
    const hole = nextHole(mm, ra.mapping, offset);
    if (hole - offset > MAX_PAGES) return;
    ra.windowStart = hole;
    ra.windowSize = nextSize(hole - offset);
    ra.asyncSize = ra.windowSize;
  } else if (sequential) {
    ra.windowStart = offset;
    ra.windowSize = initialSize(request);
    ra.asyncSize = ra.windowSize > request ? ra.windowSize - request : ra.windowSize;
  } else {
    // A small read somewhere else: as it is, and the window is kept.
    beginBatch(ra, offset, request, 0);
    return;
  }
  beginBatch(ra, ra.windowStart, ra.windowSize, ra.asyncSize);
}

/** get_init_ra_size() */
function initialSize(request: number): number {
  const size = 1 << (32 - Math.clz32(Math.min(request, 2 * MAX_PAGES) - 1));
  if (size <= MAX_PAGES / 32) return size * 4;
  return size <= MAX_PAGES / 4 ? size * 2 : MAX_PAGES;
}

/** get_next_ra_size() */
const nextSize = (size: number): number => Math.min(MAX_PAGES, size < MAX_PAGES / 16 ? 4 * size : 2 * size);

function nextHole(mm: Mm, mapping: Mapping, offset: number): number {
  let page = offset;
  for (; page - offset <= MAX_PAGES; page += 1) {
    const slot = findSlot(mapping, page);
    if (slot < 0 || mm.tables.slots[slot] <= 0) break;
  }
  return page;
}

/** __do_page_cache_readahead(): not beyond the end of the file. */
function beginBatch(ra: OpenFile, start: number, size: number, lookahead: number): void {
  const end = Math.min(start + size, ra.mapping.length);
  ra.batchNext = start;
  ra.batchEnd = Math.max(start, end);
  ra.batchMarker = lookahead > 0 ? start + size - lookahead : -1;
}

/** A batch that is asked for by whoever knows what will be read: pages `start` to `end` - 1, no marker. */
export function readExactly(ra: OpenFile, start: number, end: number): void {
  ra.batchNext = start;
  ra.batchEnd = end;
  ra.batchMarker = -1;
}

/** Charges the batch's pages and hands them to the disk. Never FAILED: what can't be charged is left out. */
export function readPages(mm: Mm, task: Task, ra: OpenFile): Status {
  const memcg = memcgOf(mm, task.memcg);
  while (ra.batchNext < ra.batchEnd) {
    const slot = slotOf(mm, ra.mapping, ra.batchNext);
    if (mm.tables.slots[slot] > 0 && !isCharging(task)) {
      ra.batchNext += 1;
      continue;
    }
    if (!isCharging(task)) {
      const count = easyRun(mm, task, memcg, slot, ra);
      if (count > 0) {
        addRunToPageCache(mm, task, memcg, slot, count, PG_LOCKED);
        markWindow(mm, ra, slot, count);
        extendRun(mm, ra, slot, count);
        ra.batchNext += count;
        if (ra.batchNext < ra.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
        continue;
      }
    }
    const status = tryCharge(mm, task, memcg);
    if (status === SUSPENDED) return SUSPENDED;
    // Somebody else may have brought it meanwhile.
    if (status === DONE && mm.tables.slots[slot] <= 0) {
      const marked = ra.batchNext === ra.batchMarker;
      addToPageCache(mm, task, memcg, slot, marked ? PG_LOCKED | PG_READAHEAD : PG_LOCKED);
      extendRun(mm, ra, slot, 1);
    }
    ra.batchNext += 1;
  }
  submitRun(mm, ra);
  return DONE;
}

/**
 * How many pages from `slot` on can be added without asking: absent, neighbours,
 * below the limit, with frames on the task's node.
 */
function easyRun(mm: Mm, task: Task, memcg: MemCgroup, slot: number, ra: OpenFile): number {
  const most = Math.min(
    ra.batchEnd - ra.batchNext,
    slotsToChunkEnd(slot),
    memcg.res.limitPages - memcg.res.usage,
    chargesBeforePreemption(memcg, ra),
    mm.nrFree[task.node],
  );
  return mm.core.countAbsent(slot, most);
}

/**
 * A batch is charged in one go, but for this: the reclaimer that one of its
 * charges wakes is on the CPU after the tenth charge above high; at once if it is
 * the window's first page that woke it. (So in the recorded steps of 1 MiB on one
 * CPU: 10 charges above high for every waking, or as many as were left of the
 * window, but 1 where a window began at high.)
 */
const CHARGES_ABOVE_HIGH = 10;

function chargesBeforePreemption({ daemonWaits, res }: MemCgroup, ra: OpenFile): number {
  if (!daemonWaits) return Infinity;
  const room = res.highPages - res.usage;
  if (room === 0 && ra.batchNext === ra.windowStart) return 1;
  return Math.max(1, room + CHARGES_ABOVE_HIGH);
}

/** The page that asks for the next window when a read comes to it, if it is among those just added. */
function markWindow(mm: Mm, ra: OpenFile, slot: number, count: number): void {
  const at = ra.batchMarker - ra.batchNext;
  if (at >= 0 && at < count) mm.frames.flags[mm.tables.slots[slot + at]] |= PG_READAHEAD;
}

/** Neighbouring slots go to the disk as one request. */
function extendRun(mm: Mm, ra: OpenFile, slot: number, count: number): void {
  if (slot !== ra.runStart + ra.runLength) {
    submitRun(mm, ra);
    ra.runStart = slot;
  }
  ra.runLength += count;
}

function submitRun(mm: Mm, ra: OpenFile): void {
  if (ra.runLength > 0) submit(mm, DISK_READ, ra.runStart, ra.runLength);
  ra.runLength = 0;
}
