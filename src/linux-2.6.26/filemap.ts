import { needResched } from '../kernel/sched.ts';
import { DISK_READ, submit, waitFor } from '../mm/blkdev.ts';
import { setPageDirty } from '../mm/dirty.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { PG_LOCKED, PG_READAHEAD } from '../mm/page-flags.ts';
import { slotOf, slotsToChunkEnd } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, type Mapping, type Status, SUSPENDED } from '../mm/types.ts';
import { tryCharge } from './charge.ts';
import { addToPageCache } from './page-cache.ts';
import { balanceDirtyPages, ratelimited } from './page-writeback.ts';
import { asyncReadahead, readPages, syncReadahead } from './readahead.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/** mm/filemap.c: read(2) and write(2) through the page cache, page by page. */

export const openFile = (mapping: Mapping, readahead: boolean): OpenFile => ({
  mapping,
  index: 0,
  last: 0,
  tried: -1,
  balancing: false,
  readahead,
  windowStart: 0,
  windowSize: 0,
  asyncSize: 0,
  previous: -1,
  batchNext: 0,
  batchEnd: 0,
  batchMarker: -1,
  runStart: 0,
  runLength: 0,
});

export function beginCall(file: OpenFile, first: number, end: number): void {
  file.index = first;
  file.last = end;
  file.tried = -1;
}

/** do_generic_file_read(). FAILED is ENOMEM: a page could not be charged. */
export function genericFileRead(mm: Mm, task: Task, file: OpenFile): Status {
  while (file.index < file.last) {
    // do_generic_file_read() has a cond_resched() before each page, a batch has none but its own.
    if (file.batchNext >= file.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
    if (file.batchNext >= file.batchEnd && !isCharging(task) && copyRun(mm, file) > 0) continue;
    const status = bringIn(mm, task, file, file.last - file.index);
    if (status !== DONE) return status;
  }
  return DONE;
}

/** Copies as many neighbouring pages as are there and free to be read; answers how many. */
function copyRun(mm: Mm, file: OpenFile): number {
  const first = slotOf(mm, file.mapping, file.index);
  const most = Math.min(file.last - file.index, slotsToChunkEnd(first));
  // The page that was read last is not marked again (ra->prev_pos).
  const count = mm.core.touchRun(first, most, file.previous === file.index ? 0 : 1);
  if (count > 0) {
    file.index += count;
    file.previous = file.index - 1;
    mm.sched.cost += count * mm.costs.copy;
  }
  return count;
}

/**
 * One step towards having page `file.index` there and unlocked: DONE says look
 * again. `request` pages are wanted from it on.
 */
export function bringIn(mm: Mm, task: Task, file: OpenFile, request: number): Status {
  const { index } = file;
  if (file.batchNext < file.batchEnd) return readPages(mm, task, file);
  const slot = slotOf(mm, file.mapping, index);
  if (isCharging(task)) return readOnePage(mm, task, slot);
  const pfn = mm.tables.slots[slot];
  if (pfn > 0 && (mm.frames.flags[pfn] & PG_READAHEAD) !== 0) {
    mm.frames.flags[pfn] &= ~PG_READAHEAD;
    asyncReadahead(mm, file, index, request);
    return DONE;
  }
  if (pfn > 0) {
    waitFor(mm, task, DISK_READ, slot);
    return SUSPENDED;
  }
  if (file.tried !== index) {
    file.tried = index;
    syncReadahead(file, index, request);
    if (file.batchNext < file.batchEnd) return DONE;
  }
  return readOnePage(mm, task, slot);
}

/** no_cached_page: the page alone. */
function readOnePage(mm: Mm, task: Task, slot: number): Status {
  const memcg = memcgOf(mm, task.memcg);
  const status = tryCharge(mm, task, memcg);
  if (status !== DONE) return status;
  // Somebody else may have brought it meanwhile.
  if (mm.tables.slots[slot] > 0) return DONE;
  addToPageCache(mm, task, memcg, slot, PG_LOCKED);
  submit(mm, DISK_READ, slot, 1);
  return DONE;
}

/**
 * generic_file_buffered_write(): whole pages, so none is read in first. FAILED is
 * ENOMEM. After some pages the writer may have to help writing them out.
 */
export function genericFileWrite(mm: Mm, task: Task, file: OpenFile): Status {
  const { mapping } = file;
  const memcg = memcgOf(mm, task.memcg);
  while (file.index < file.last || file.balancing) {
    if (needResched(mm.sched, task)) return SUSPENDED;
    if (file.balancing) {
      if (balanceDirtyPages(mm, task) === SUSPENDED) return SUSPENDED;
      file.balancing = false;
      continue;
    }
    const slot = slotOf(mm, mapping, file.index);
    let pfn = mm.tables.slots[slot];
    if (pfn <= 0 || isCharging(task)) {
      const status = tryCharge(mm, task, memcg);
      if (status !== DONE) return status;
      // Somebody else may have brought it meanwhile.
      pfn = mm.tables.slots[slot];
      if (pfn <= 0) pfn = addToPageCache(mm, task, memcg, slot, 0);
    } else if ((mm.frames.flags[pfn] & PG_LOCKED) !== 0) {
      waitFor(mm, task, DISK_READ, slot);
      return SUSPENDED;
    }
    setPageDirty(mm, mapping, slot, pfn);
    mm.core.markPageAccessed(pfn);
    mm.sched.cost += mm.costs.writeBegin + mm.costs.copy;
    file.index += 1;
    if (mapping.length < file.index) mapping.length = file.index;
    file.balancing = ratelimited(mm, 1);
  }
  return DONE;
}
