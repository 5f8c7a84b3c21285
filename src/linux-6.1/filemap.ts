import { needResched } from '../kernel/sched.ts';
import { DISK_READ, submit, waitFor } from '../mm/blkdev.ts';
import { setPageDirty } from '../mm/dirty.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { PG_LOCKED, PG_PRIVATE, PG_READAHEAD, PG_WORKINGSET } from '../mm/page-flags.ts';
import { slotOf, slotsToChunkEnd } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, FAILED, type Mapping, type Status, SUSPENDED } from '../mm/types.ts';
import { BUFFER_BYTES } from './buffers.ts';
import { chargeObject, tryCharge } from './charge.ts';
import { lendFolios, takeFolios } from './folios.ts';
import { addToPageCache } from './page-cache.ts';
import { balanceDirtyPages, ratelimited } from './page-writeback.ts';
import { beginThrashing, endThrashing } from './psi.ts';
import { asyncReadahead, isMarker, readPages, syncReadahead } from './readahead.ts';
import { markAccessed } from './swap.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/** mm/filemap.c: read(2) and write(2) through the page cache. */

export const openFile = (mapping: Mapping, readahead: boolean): OpenFile => ({
  mapping,
  index: 0,
  last: 0,
  readahead,
  previous: -1,
  start: 0,
  size: 0,
  asyncSize: 0,
  mmapMiss: 0,
  tried: -1,
  batchNext: 0,
  batchEnd: 0,
  batchMarker: -1,
  runStart: 0,
  runLength: 0,
  balancing: false,
});

export function beginCall(file: OpenFile, first: number, end: number): void {
  file.index = first;
  file.last = end;
  file.tried = -1;
}

/** PAGEVEC_SIZE: pages that are looked up before any is marked. */
const LOOKED_UP = 15;

/** filemap_read(). FAILED is ENOMEM: a page could not be charged. */
export function genericFileRead(mm: Mm, task: Task, file: OpenFile): Status {
  endThrashing(mm, task);
  while (file.index < file.last) {
    if (file.batchNext >= file.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
    if (file.batchNext >= file.batchEnd && !isCharging(task) && copyRun(mm, task, file)) continue;
    const status = bringIn(mm, task, file, file.last - file.index);
    if (status !== DONE) return status;
  }
  return DONE;
}

/** Copies neighbouring pages that are there, up to 15 and one with a marker, which asks for more first. */
function copyRun(mm: Mm, task: Task, file: OpenFile): boolean {
  const first = slotOf(mm, file.mapping, file.index);
  const most = Math.min(file.last - file.index, slotsToChunkEnd(first), LOOKED_UP);
  // A page that was read last, and is read on, is not marked again (ra->prev_pos).
  const marksFirst = file.index !== file.previous;
  lendFolios(mm, task);
  let count = mm.core.touchFolios(first, most, marksFirst ? 1 : 0);
  takeFolios(mm, task);
  if (count < 0) count = touchOneByOne(mm, first, most, marksFirst);
  if (count === 0) return false;
  file.index += count;
  file.previous = file.index - 1;
  mm.sched.cost += count * mm.costs.copy;
  return true;
}

/** Where some are of other cgroups, and to be activated. */
function touchOneByOne(mm: Mm, first: number, most: number, marksFirst: boolean): number {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  let count = 0;
  while (count < most) {
    const pfn = slots[first + count];
    if (pfn <= 0 || (flags[pfn] & PG_LOCKED) !== 0 || isMarker(flags[pfn])) break;
    count += 1;
  }
  // What stands before a marker is marked after the marker was seen to.
  const next = count < most ? slots[first + count] : 0;
  if (next > 0 && isMarker(flags[next])) return 0;
  for (let i = marksFirst ? 0 : 1; i < count; i += 1) markAccessed(mm, slots[first + i]);
  return count;
}

/** One step towards having page `file.index` there and unlocked: DONE says look again. `request` pages are wanted from it on. */
export function bringIn(mm: Mm, task: Task, file: OpenFile, request: number): Status {
  const { index } = file;
  if (file.batchNext < file.batchEnd) return readPages(mm, task, file);
  const slot = slotOf(mm, file.mapping, index);
  if (isCharging(task)) return readOnePage(mm, task, file, slot);
  const marker = nextMarker(mm, file, slot);
  if (marker >= 0) {
    mm.frames.flags[mm.tables.slots[slot + marker]] &= ~PG_READAHEAD;
    asyncReadahead(mm, file, index + marker, request - marker);
    return DONE;
  }
  if (mm.tables.slots[slot] > 0) {
    waitForPage(mm, task, slot);
    return SUSPENDED;
  }
  if (file.tried !== index) {
    file.tried = index;
    syncReadahead(mm, file, index, request);
    if (file.batchNext < file.batchEnd) return DONE;
  }
  return readOnePage(mm, task, file, slot);
}

/** folio_wait_bit_common(), of a page that is being read: one of the working set counts as pressure. */
export function waitForPage(mm: Mm, task: Task, slot: number): void {
  if ((mm.frames.flags[mm.tables.slots[slot]] & PG_WORKINGSET) !== 0) beginThrashing(mm, task);
  waitFor(mm, task, DISK_READ, slot);
}

/** How far on the marker is that ends the next look-up; -1: none does. */
function nextMarker(mm: Mm, file: OpenFile, slot: number): number {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  // A fault is of one page, and of no call that would say how far it goes.
  const most = Math.max(1, Math.min(file.last - file.index, slotsToChunkEnd(slot), LOOKED_UP));
  for (let i = 0; i < most; i += 1) {
    const pfn = slots[slot + i];
    if (pfn <= 0) return -1;
    if (isMarker(flags[pfn])) return i;
    if ((flags[pfn] & PG_LOCKED) !== 0) return -1;
  }
  return -1;
}

/** filemap_create_folio(): the page alone. */
export function readOnePage(mm: Mm, task: Task, file: OpenFile, slot: number): Status {
  const status = tryCharge(mm, task);
  if (status !== DONE) return status;
  // Somebody else may have brought it meanwhile.
  if (mm.tables.slots[slot] > 0) return DONE;
  if (!addToPageCache(mm, task, file.mapping, file.index, slot, PG_LOCKED, false)) return FAILED;
  submit(mm, DISK_READ, slot, 1);
  return DONE;
}

/**
 * generic_perform_write(): whole pages, so none is read in first. FAILED is ENOMEM. After some pages the writer may be
 * held until enough is written out.
 */
export function genericFileWrite(mm: Mm, task: Task, file: OpenFile): Status {
  const { mapping } = file;
  while (file.index < file.last || file.balancing) {
    if (needResched(mm.sched, task)) return SUSPENDED;
    if (file.balancing) {
      if (balanceDirtyPages(mm, task, memCgroupFromTask(mm, task)) === SUSPENDED) return SUSPENDED;
      file.balancing = false;
      continue;
    }
    const slot = slotOf(mm, mapping, file.index);
    let pfn = mm.tables.slots[slot];
    if (pfn <= 0 || isCharging(task)) {
      const status = tryCharge(mm, task);
      if (status !== DONE) return status;
      pfn = mm.tables.slots[slot];
      // What is written anew is no refault (__GFP_WRITE).
      if (pfn <= 0) {
        if (!addToPageCache(mm, task, mapping, file.index, slot, 0, true)) return FAILED;
        pfn = mm.tables.slots[slot];
      }
    } else if ((mm.frames.flags[pfn] & PG_LOCKED) !== 0) {
      waitFor(mm, task, DISK_READ, slot);
      return SUSPENDED;
    }
    if ((mm.frames.flags[pfn] & PG_PRIVATE) === 0) createBuffers(mm, task, pfn);
    setPageDirty(mm, mapping, slot, pfn);
    mm.sched.cost += mm.costs.writeBegin + mm.costs.copy;
    file.index += 1;
    if (mapping.length < file.index) mapping.length = file.index;
    file.balancing = ratelimited(mm);
  }
  return DONE;
}

/** create_empty_buffers(). The page is locked (write_begin), or what is reclaimed for them might be itself. */
function createBuffers(mm: Mm, task: Task, pfn: number): void {
  const { flags, memcg } = mm.frames;
  flags[pfn] |= PG_LOCKED;
  chargeObject(mm, task, memcgOf(mm, memcg[pfn]), BUFFER_BYTES, false);
  flags[pfn] = (flags[pfn] & ~PG_LOCKED) | PG_PRIVATE;
}
