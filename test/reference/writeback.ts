import { MILLISECOND, SECOND } from '../../src/kernel/units.ts';
import { DISK_WRITE, isCongested, isFull, submit } from './blkdev.ts';
import { blockOf, flushFrom, pageAtBlock } from './page-table.ts';
import { clock, sleepOn, wakeUp } from './sched.ts';
import type { Mapping, Mm, Page, Task, TaskWork, Work } from './types.ts';

/** mm/page-writeback.c and mm/pdflush.c. */

const EXPIRE_INTERVAL = 30 * SECOND;
const WRITEBACK_INTERVAL = 5 * SECOND;
const FLUSH_BATCH = 64;

/** 5 % and 10 % of the machine's memory. */
const backgroundThreshold = (mm: Mm): number => Math.floor((mm.nrPages * 5) / 100);
const dirtyThreshold = (mm: Mm): number => Math.floor((mm.nrPages * 10) / 100);

/** lib/proportions.c: half of what was written is forgotten with each period. */
const period = (mm: Mm): number => 2 ** (1 + Math.floor(Math.log2(Math.max(2, dirtyThreshold(mm) - 1))));

/** get_dirty_limits(): the device's share of the limit is its share of what was written lately. */
function overDeviceLimit(mm: Mm): boolean {
  const share = mm.writeout.events / (period(mm) + (mm.writeout.total % period(mm)));
  return mm.nrDirty + mm.nrWriteback > Math.floor(dirtyThreshold(mm) * Math.min(1, share));
}

export function setPageDirty(mm: Mm, page: Page): void {
  if (page.dirty) return;
  const { mapping } = page;
  page.dirty = true;
  mm.nrDirty += 1;
  mapping.nrDirty += 1;
  if (mapping.nrDirty > 1) return;
  mapping.dirtiedWhen = clock(mm.sched);
  mm.dirtyMappings.push(mapping);
  // The flusher looks every 5 s only while there is something dirty.
  if (mm.dirtyMappings.length === 1) wakeFlusher(mm);
}

export function clearPageDirty(mm: Mm, page: Page): void {
  if (!page.dirty) return;
  page.dirty = false;
  mm.nrDirty -= 1;
  page.mapping.nrDirty -= 1;
  if (page.mapping.nrDirty === 0) mm.dirtyMappings.splice(mm.dirtyMappings.indexOf(page.mapping), 1);
}

export function startWriteback(mm: Mm, page: Page): void {
  clearPageDirty(mm, page);
  page.writeback = true;
  mm.nrWriteback += 1;
  page.memcg.stat.writebackPages += 1;
  mm.sched.cost += mm.costs.pageout;
  submit(mm, DISK_WRITE, blockOf(mm, page.mapping, page.index), 1);
}

export function diskWriteEnded(mm: Mm, block: number): void {
  const page = pageAtBlock(mm, block);
  if (page !== null) page.writeback = false;
  const { writeout } = mm;
  writeout.total += 1;
  writeout.events += 1;
  if (writeout.total % period(mm) === 0) writeout.events = Math.floor(writeout.events / 2);
}

/** Who naps in congestion_wait() may go on. */
export function writesEnded(mm: Mm, count: number): void {
  mm.nrWriteback -= count;
  for (const waiter of mm.congestion) wakeUp(mm.sched, waiter);
}

/** congestion_wait(WRITE, HZ/10), its first half; leaving the queue must follow when the thread runs again. */
export function congestionWait(mm: Mm, task: Task): void {
  mm.congestion.add(task);
  sleepOn(mm.sched, task, 'uninterruptible', clock(mm.sched) + 100 * MILLISECOND);
}

function wakeFlusher({ sched, flusher }: Mm): void {
  if (flusher !== null) wakeUp(sched, flusher);
}

export function wakeupPdflush(mm: Mm, count: number): void {
  if (mm.nrDirty === 0) return;
  mm.flushRequest = Math.max(mm.flushRequest, Math.min(count, mm.nrDirty));
  wakeFlusher(mm);
}

/** writeback_set_ratelimit(): pages that may be dirtied between two looks at the limits. */
const ratelimit = (mm: Mm): number =>
  Math.min(1024, Math.max(16, Math.floor(mm.nrPages / (32 * mm.sched.cpus.length))));

/** balance_dirty_pages_ratelimited(): whether it is time to look at the limits. */
export function ratelimited(mm: Mm): boolean {
  mm.dirtied += 1;
  if (mm.dirtied < (mm.dirtyExceeded ? 8 : ratelimit(mm))) return false;
  mm.dirtied = 0;
  return true;
}

/** balance_dirty_pages(): a writer beyond the limit writes some pages itself and waits for writes to end. */
export function* balanceDirtyPages(mm: Mm, task: Task): TaskWork<void> {
  const duty = ratelimit(mm) + Math.floor(ratelimit(mm) / 2);
  mm.dirtyExceeded = overDeviceLimit(mm);
  while (mm.dirtyExceeded && task.pagesWritten < duty) {
    const [mapping] = mm.dirtyMappings;
    const most = Math.min(FLUSH_BATCH, duty - task.pagesWritten);
    const queueFull = isFull(mm.devices[DISK_WRITE]);
    const written = queueFull || mapping === undefined ? 0 : writeSome(mm, mapping, most);
    task.pagesWritten += written;
    if (written === 0) {
      congestionWait(mm, task);
      yield 'in-call';
      mm.congestion.delete(task);
    }
    mm.dirtyExceeded = overDeviceLimit(mm);
  }
  task.pagesWritten = 0;
  if (mm.nrDirty > backgroundThreshold(mm)) wakeFlusher(mm);
}

function writeSome(mm: Mm, mapping: Mapping, most: number): number {
  let written = 0;
  flushFrom(
    mapping,
    () => written < most,
    (page) => {
      startWriteback(mm, page);
      written += 1;
    },
  );
  return written;
}

/** The flusher thread. */
export function* pdflush(mm: Mm, thread: Task): Work<undefined> {
  for (;;) {
    const mapping = nextToWrite(mm);
    if (mapping === null) {
      const tick = (Math.floor(clock(mm.sched) / WRITEBACK_INTERVAL) + 1) * WRITEBACK_INTERVAL;
      sleepOn(mm.sched, thread, 'interruptible', mm.dirtyMappings.length > 0 ? tick : null);
      yield 'block';
      continue;
    }
    const written = isCongested(mm.devices[DISK_WRITE]) ? 0 : writeSome(mm, mapping, FLUSH_BATCH);
    mm.flushRequest = Math.max(0, mm.flushRequest - written);
    if (written > 0) {
      yield 'may-preempt';
      continue;
    }
    congestionWait(mm, thread);
    yield 'block';
    mm.congestion.delete(thread);
  }
}

/** The file that has been dirty longest, if anything asks for writing: a request, too much dirty, or its age. */
function nextToWrite(mm: Mm): Mapping | null {
  const [mapping] = mm.dirtyMappings;
  if (mapping === undefined) {
    mm.flushRequest = 0;
    return null;
  }
  const asked = mm.flushRequest > 0 || mm.nrDirty > backgroundThreshold(mm);
  return asked || mapping.dirtiedWhen + EXPIRE_INTERVAL <= clock(mm.sched) ? mapping : null;
}
