import { SLOTS_PER_CHUNK } from '../mm/layout.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { PG_LOCKED, PG_MAPPED, PG_READAHEAD } from '../mm/page-flags.ts';
import { slotOf } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import { readOnePage, waitForPage } from './filemap.ts';
import { continueOverHigh } from './memory-high.ts';
import { chargePageTable } from './page-tables.ts';
import { endThrashing } from './psi.ts';
import { asyncReadahead, isMarker, MAX_PAGES, readAround, readPages } from './readahead.ts';
import { changesEach } from './rstat.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/**
 * mm/memory.c, do_read_fault(), and mm/filemap.c, filemap_fault(): a touch of a page of a mapped file. Who has to wait
 * for the disk begins the fault anew (VM_FAULT_RETRY), and so maps what has come meanwhile.
 */

/** Brings page `file.index` in and maps it. FAILED is VM_FAULT_OOM. */
export function fileFault(mm: Mm, task: Task, file: OpenFile): Status {
  const { flags } = mm.frames;
  endThrashing(mm, task);
  for (;;) {
    const slot = slotOf(mm, file.mapping, file.index);
    if (file.batchNext < file.batchEnd) {
      const status = readPages(mm, task, file);
      if (status !== DONE) return status;
    } else if (!isCharging(task)) {
      if (!chargePageTable(mm, task, memCgroupFromTask(mm, task), slot)) return FAILED;
      if (isMapped(mm, slot) || tryFault(mm, task, file, slot)) break;
      if (file.batchNext < file.batchEnd) continue;
    }
    if (mm.tables.slots[slot] <= 0 || isCharging(task)) {
      const status = readOnePage(mm, task, file, slot);
      if (status !== DONE) return status;
    }
    const pfn = mm.tables.slots[slot];
    if (pfn > 0 && (flags[pfn] & PG_LOCKED) !== 0) {
      waitForPage(mm, task, slot);
      return SUSPENDED;
    }
  }
  file.tried = -1;
  file.previous = file.index;
  return continueOverHigh(mm, task);
}

const isMapped = ({ tables, frames }: Mm, slot: number): boolean => {
  const pfn = tables.slots[slot];
  return pfn > 0 && (frames.flags[pfn] & (PG_MAPPED | PG_LOCKED)) === PG_MAPPED;
};

/** MMAP_LOTSAMISS: beyond so many misses nothing is read around, and they are counted up to ten times that. */
const LOTS_OF_MISSES = 100;

/** One round of a fault. True: the page is mapped. Else it is asked for, and waited for, and the fault begins anew. */
function tryFault(mm: Mm, task: Task, file: OpenFile, slot: number): boolean {
  const { index } = file;
  const memcg = memCgroupFromTask(mm, task);
  const { counts } = memcg;
  const again = file.tried === index;
  changesEach(mm, memcg, 1);
  counts.pgfault += 1;
  mm.sched.cost += mm.costs.fault;
  if (mapAround(mm, file, slot)) return true;
  file.tried = index;
  const pfn = mm.tables.slots[slot];
  if (pfn <= 0) {
    changesEach(mm, memcg, 1);
    counts.pgmajfault += 1;
    if (!file.readahead) return false;
    if (file.mmapMiss < 10 * LOTS_OF_MISSES) file.mmapMiss += 1;
    if (file.mmapMiss <= LOTS_OF_MISSES) readAround(file, index);
    return false;
  }
  if (!again && file.readahead) {
    // do_async_mmap_readahead()
    if (file.mmapMiss > 0) file.mmapMiss -= 1;
    if (isMarker(mm.frames.flags[pfn])) {
      mm.frames.flags[pfn] &= ~PG_READAHEAD;
      asyncReadahead(mm, file, index, MAX_PAGES);
      return false;
    }
  }
  if ((mm.frames.flags[pfn] & PG_LOCKED) !== 0) return false;
  mapPage(mm, slot, pfn);
  return true;
}

/** fault_around_bytes: 64 KiB. */
const FAULT_AROUND = 16;

/** do_fault_around(), filemap_map_pages(): what is there of the 16 pages around is mapped. Answers whether the page itself was. */
function mapAround(mm: Mm, file: OpenFile, slot: number): boolean {
  const { slots } = mm.tables;
  const first = slot - (slot % FAULT_AROUND);
  // What is behind the end of the file has no page.
  const end = Math.min(first + FAULT_AROUND, slot - (slot % SLOTS_PER_CHUNK) + SLOTS_PER_CHUNK);
  for (let at = first; at < end; at += 1) {
    const pfn = slots[at];
    if (pfn <= 0 || (mm.frames.flags[pfn] & PG_LOCKED) !== 0 || isMarker(mm.frames.flags[pfn])) continue;
    if (file.mmapMiss > 0) file.mmapMiss -= 1;
    if ((mm.frames.flags[pfn] & PG_MAPPED) === 0) mapPage(mm, at, pfn);
  }
  return isMapped(mm, slot);
}

/** do_set_pte(): prefaulted entries are young, too (arch_wants_old_prefaulted_pte() is for arm64 alone). */
function mapPage(mm: Mm, slot: number, pfn: number): void {
  const { flags, memcg } = mm.frames;
  memcgOf(mm, memcg[pfn]).fileMapped += 1;
  flags[pfn] |= PG_MAPPED;
  mm.tables.young[slot] = 1;
}
