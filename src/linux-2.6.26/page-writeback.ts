import { type StepEnd, wakeUp } from '../kernel/sched.ts';
import { MILLISECOND } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { DISK_WRITE, isCongested, isFull } from '../mm/blkdev.ts';
import { congestionWait } from '../mm/dirty.ts';
import { DONE, type Status, SUSPENDED } from '../mm/types.ts';
import { FLUSH_BATCH, flushSome, startWriteback, writeSome } from '../mm/writeback.ts';
import type { Mm, Task } from './types.ts';

/**
 * mm/page-writeback.c and mm/pdflush.c: dirty pages, the flusher that writes
 * them, and the throttling of those who make too many. Percentages of the
 * machine's memory and times as in 2.6.26.
 */

const BACKGROUND_RATIO = 5;
const DIRTY_RATIO = 10;
const NAP = 100 * MILLISECOND;

/** Pages that a CPU may dirty between two looks at the limits, and when they are exceeded. */
const MAX_RATELIMIT = 1024;
const RATELIMIT_EXCEEDED = 8;

const backgroundThreshold = (mm: Mm): number => Math.floor((mm.nrPages * BACKGROUND_RATIO) / 100);
const dirtyThreshold = (mm: Mm): number => Math.floor((mm.nrPages * DIRTY_RATIO) / 100);

/**
 * get_dirty_limits() since 2.6.24: a device gets the share of the dirty limit
 * that it has had of the pages written lately (lib/proportions.c), so one that
 * has written nothing yet may hold next to nothing dirty.
 */
function deviceThreshold(mm: Mm): number {
  const period = proportionPeriod(mm);
  const share = mm.own.writeout.events / (period + (mm.own.writeout.total % period));
  return Math.floor(dirtyThreshold(mm) * Math.min(1, share));
}

/** calc_period_shift() less one, as a number of pages. */
const proportionPeriod = (mm: Mm): number => 2 << (31 - Math.clz32(Math.max(2, dirtyThreshold(mm) - 1)));

/** __bdi_writeout_inc(): counts what was written, half of it forgotten with each period. */
export function countWriteout(mm: Mm, count: number): void {
  const { writeout } = mm.own;
  const period = proportionPeriod(mm);
  for (let i = 0; i < count; i += 1) {
    writeout.total += 1;
    writeout.events += 1;
    if (writeout.total % period === 0) writeout.events = Math.floor(writeout.events / 2);
  }
}

/**
 * pageout(): one dirty page of a reclaim pass. may_write_to_queue(): into a
 * congested queue only those may write that are marked as swap writers.
 */
export function pageout(mm: Mm, task: Task, pfn: number): void {
  if (task.kind !== 'reclaimer' && isCongested(mm.devices[DISK_WRITE])) return;
  startWriteback(mm, mm.frames.slot[pfn], pfn);
}

/** writeback_set_ratelimit(): by memory and CPUs. */
const ratelimitPages = (mm: Mm): number =>
  Math.min(MAX_RATELIMIT, Math.max(16, Math.floor(mm.nrPages / (32 * mm.sched.cpus.length))));

/** set_page_dirty() is followed by this for `count` pages. Answers whether it is time to look at the limits. */
export function ratelimited(mm: Mm, count: number): boolean {
  mm.own.dirtied += count;
  if (mm.own.dirtied < (mm.own.dirtyExceeded ? RATELIMIT_EXCEEDED : ratelimitPages(mm))) return false;
  mm.own.dirtied = 0;
  return true;
}

/** sync_writeback_pages(): what a writer has to write itself when there is too much. */
function writeChunk(mm: Mm): number {
  const usual = ratelimitPages(mm);
  return usual + Math.floor(usual / 2);
}

/**
 * balance_dirty_pages(): who dirties pages beyond the device's limit writes some
 * itself, and waits for writes to end until it is under the limit or has done
 * its duty. May sleep: call it again.
 */
export function balanceDirtyPages(mm: Mm, task: Task): Status {
  finishWait(mm.congestion, task);
  const chunk = writeChunk(mm);
  mm.own.dirtyExceeded = overDeviceLimit(mm);
  while (mm.own.dirtyExceeded && task.pagesWritten < chunk) {
    if (isFull(mm.devices[DISK_WRITE])) return nap(mm, task);
    const mapping = mm.mappings[mm.dirtyMappings[0] ?? -1];
    if (mapping === null || mapping === undefined) return nap(mm, task);
    const written = writeSome(mm, mapping, Math.min(FLUSH_BATCH, chunk - task.pagesWritten));
    // All that is dirty is being written already: it has to wait for that first.
    if (written === 0) return nap(mm, task);
    task.pagesWritten += written;
    mm.own.dirtyExceeded = overDeviceLimit(mm);
  }
  task.pagesWritten = 0;
  if (mm.nrDirty > backgroundThreshold(mm) && mm.flusher !== null) wakeUp(mm.sched, mm.flusher);
  return DONE;
}

const overDeviceLimit = (mm: Mm): boolean => mm.nrDirty + mm.nrWriteback > deviceThreshold(mm);

function nap(mm: Mm, task: Task): Status {
  congestionWait(mm, task, NAP);
  return SUSPENDED;
}

/** The flusher thread. */
export const pdflushStep = (mm: Mm, thread: Task): StepEnd =>
  flushSome(mm, thread, () => backgroundThreshold(mm), NAP);
