import { clock, sleepOn, wakeUp } from '../kernel/sched.ts';
import { UNINTERRUPTIBLE } from '../kernel/thread.ts';
import { prepareToWait, wakeUpAll } from '../kernel/wait.ts';
import type { Mm } from './kernel.ts';
import { CHUNK_SHIFT } from './layout.ts';
import { PG_DIRTY, PG_WRITEBACK } from './page-flags.ts';
import { mappingOfSlot } from './page-table.ts';
import type { Mapping, Task } from './types.ts';

/** Which pages are dirty, and who waits until some are written; when they are, and by whom, is the kernel's. */

export function setPageDirty(mm: Mm, mapping: Mapping, slot: number, pfn: number): void {
  if ((mm.frames.flags[pfn] & PG_DIRTY) !== 0) return;
  mm.frames.flags[pfn] |= PG_DIRTY;
  mm.tables.chunkDirty[slot >> CHUNK_SHIFT] += 1;
  mm.nrDirty += 1;
  countPage(mm, pfn, 'dirty', 1);
  mapping.nrDirty += 1;
  if (mapping.nrDirty > 1) return;
  mapping.dirtiedWhen = clock(mm.sched);
  mm.dirtyMappings.push(mapping.id);
  // The periodic flusher only runs while there is something dirty.
  if (mm.flusher !== null && mm.dirtyMappings.length === 1) wakeUp(mm.sched, mm.flusher);
}

export function clearPageDirty(mm: Mm, slot: number, pfn: number): void {
  if ((mm.frames.flags[pfn] & PG_DIRTY) === 0) return;
  const mapping = mappingOfSlot(mm, slot);
  mm.frames.flags[pfn] &= ~PG_DIRTY;
  mm.tables.chunkDirty[slot >> CHUNK_SHIFT] -= 1;
  mm.nrDirty -= 1;
  countPage(mm, pfn, 'dirty', -1);
  mapping.nrDirty -= 1;
  if (mapping.nrDirty === 0) mm.dirtyMappings.splice(mm.dirtyMappings.indexOf(mapping.id), 1);
}

/** Of its cgroup; nobody's where that gave its pages up. */
function countPage(mm: Mm, pfn: number, what: 'dirty' | 'underWriteback', more: number): void {
  const memcg = mm.memcgs[mm.frames.memcg[pfn]];
  if (memcg) memcg.unwritten[what] += more;
}

/** A page is on its way to the disk. */
export function beginPageWriteback(mm: Mm, pfn: number): void {
  mm.frames.flags[pfn] |= PG_WRITEBACK;
  countPage(mm, pfn, 'underWriteback', 1);
}

/** It is there, or is given up meanwhile. */
export function endPageWriteback(mm: Mm, pfn: number): void {
  if ((mm.frames.flags[pfn] & PG_WRITEBACK) === 0) return;
  mm.frames.flags[pfn] &= ~PG_WRITEBACK;
  countPage(mm, pfn, 'underWriteback', -1);
}

/** wakeup_pdflush(): asks the flusher to write about so many pages. */
export function wakeupFlusher(mm: Mm, count: number): void {
  if (mm.flusher === null || mm.nrDirty === 0) return;
  mm.flushRequest = Math.max(mm.flushRequest, Math.min(count, mm.nrDirty));
  wakeUp(mm.sched, mm.flusher);
}

/** mm/backing-dev.c: up to `time` ns of sleep, less if a write ends meanwhile. finishWait() on mm.congestion must follow. */
export function congestionWait(mm: Mm, task: Task, time: number): void {
  prepareToWait(mm.congestion, task);
  sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched) + time);
}

/** `count` pages are no longer under write-back: who naps in congestionWait() may go on. */
export function writesEnded(mm: Mm, count: number): void {
  mm.nrWriteback -= count;
  if (mm.congestion.length > 0) wakeUpAll(mm.sched, mm.congestion);
}
