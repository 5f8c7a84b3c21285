import { clock } from '../kernel/sched.ts';
import { SWAP_READ, submit, waitFor } from '../mm/blkdev.ts';
import { allocFrame } from '../mm/frames.ts';
import { CHUNK_SHIFT, SLOTS_PER_CHUNK } from '../mm/layout.ts';
import { PG_ANON, PG_LOCKED, PG_READAHEAD, PG_WORKINGSET } from '../mm/page-flags.ts';
import { isSwapped, swapEntryOf } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, type Status, SUSPENDED } from '../mm/types.ts';
import { wasRead } from './blk-wbt.ts';
import { tryCharge } from './charge.ts';
import { commitCharge } from './memcontrol.ts';
import { beginThrashing, endThrashing } from './psi.ts';
import { changesEach } from './rstat.ts';
import { addLru, lruAddDrain } from './swap.ts';
import { countCached, mapCached } from './swap-state.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, SwapReadahead, Task } from './types.ts';
import { swapRefault } from './workingset.ts';

/** mm/memory.c, do_swap_page(), and mm/swap_state.c, swap_vma_readahead(): a page comes back, and neighbours with it. */

/** Where a fault stands that reads, in task.faultStage: its window, slots, and how many of them are seen to. 0: it does not. */
const stageOf = (start: number, size: number, done: number): number => (start * STAGE + size) * STAGE + done;
const STAGE = 16;

/** do_swap_page(): a touch of a page that was swapped out. */
export function swapFault(mm: Mm, task: Task, slot: number, write: boolean): Status {
  const { frame } = mm.swap;
  const entry = swapEntryOf(mm.tables.slots[slot]);
  const memcg = memCgroupFromTask(mm, task);
  endThrashing(mm, task);
  if (task.faultStage === 0 && frame[entry] === 0) {
    mm.sched.cost += mm.costs.fault;
    changesEach(mm, memcg, 1);
    memcg.counts.pgmajfault += 1;
    beginReadahead(mm, task, slot);
  }
  if (task.faultStage !== 0) {
    const status = readAhead(mm, task, slot);
    if (status !== DONE) return status;
  }
  const pfn = frame[entry];
  const { flags } = mm.frames;
  if ((flags[pfn] & PG_LOCKED) !== 0) {
    // VM_FAULT_RETRY
    if ((flags[pfn] & PG_WORKINGSET) !== 0) beginThrashing(mm, task);
    changesEach(mm, memcg, 1);
    memcg.counts.pgfault += 1;
    waitFor(mm, task, SWAP_READ, entry);
    return SUSPENDED;
  }
  changesEach(mm, memcg, 1);
  memcg.counts.pgfault += 1;
  mm.sched.cost += mm.costs.fault;
  noteHit(readaheadOf(mm, task), pageOf(mm, slot), (flags[pfn] & PG_READAHEAD) !== 0);
  flags[pfn] &= ~PG_READAHEAD;
  mm.tables.slots[slot] = pfn;
  mm.tables.young[slot] = 1;
  mapCached(mm, pfn, entry, write);
  return DONE;
}

/** vm.page-cluster 3; SWAP_RA_HITS_MAX */
const MAX_WINDOW = 8;
const MAX_HITS = 63;

function readaheadOf({ own }: Mm, { anon }: Task): SwapReadahead {
  const known = own.swapReadahead.get(anon);
  if (known !== undefined) return known;
  const fresh = { page: 0, window: 0, hits: 4 };
  own.swapReadahead.set(anon, fresh);
  return fresh;
}

/** Where the page is in its task's memory. */
const pageOf = ({ tables }: Mm, slot: number): number =>
  (tables.chunkPlace[slot >> CHUNK_SHIFT] << CHUNK_SHIFT) + (slot & (SLOTS_PER_CHUNK - 1));

/** swap_cache_get_folio() */
function noteHit(ra: SwapReadahead, page: number, readahead: boolean): void {
  if (readahead) ra.hits = Math.min(ra.hits + 1, MAX_HITS);
  ra.page = page;
}

/** swap_ra_info(): the window of a fault, ahead of it, behind it or around it, within its page table. */
function beginReadahead(mm: Mm, task: Task, slot: number): void {
  const ra = readaheadOf(mm, task);
  const page = pageOf(mm, slot);
  const window = windowSize(ra, page);
  let back = (window - 1) >> 1;
  if (page === ra.page + 1) back = 0;
  else if (page === ra.page - 1) back = window - 1;
  const first = slot & ~(SLOTS_PER_CHUNK - 1);
  const start = Math.max(slot - back, first);
  const end = Math.min(slot - back + window, first + SLOTS_PER_CHUNK);
  ra.page = page;
  ra.window = window;
  ra.hits = 0;
  task.faultStage = stageOf(start, end - start, 0);
}

/** __swapin_nr_pages(): by the hits of the last window, and not much smaller than that. */
function windowSize({ page: last, window, hits }: SwapReadahead, page: number): number {
  let size = hits + 2;
  if (hits === 0) {
    if (Math.abs(page - last) !== 1) size = 1;
  } else {
    size = Math.max(4, 2 ** Math.ceil(Math.log2(size)));
  }
  return Math.max(Math.min(size, MAX_WINDOW), window >> 1);
}

/** 0: what stands there is not swapped out. */
function entryAt({ tables }: Mm, slot: number): number {
  const content = tables.slots[slot];
  return isSwapped(content) ? swapEntryOf(content) : 0;
}

/** swap_vma_readahead(), __read_swap_cache_async(). FAILED: the page itself could not be charged. */
function readAhead(mm: Mm, task: Task, wanted: number): Status {
  const size = Math.floor(task.faultStage / STAGE) % STAGE;
  const start = Math.floor(task.faultStage / STAGE ** 2);
  for (let done = task.faultStage % STAGE; done < size; done += 1) {
    const slot = start + done;
    task.faultStage = stageOf(start, size, done);
    const entry = entryAt(mm, slot);
    const absent = entry > 0 && mm.swap.frame[entry] === 0;
    if (absent || isCharging(task)) {
      const status = tryCharge(mm, task);
      if (status === SUSPENDED) return SUSPENDED;
      if (status !== DONE && slot === wanted) {
        task.faultStage = 0;
        return status;
      }
      // Somebody else may have brought it meanwhile.
      if (status === DONE && absent) readEntry(mm, task, slot, entry, slot === wanted ? 0 : PG_READAHEAD);
    }
  }
  submitReads(mm, start, start + size);
  task.faultStage = 0;
  lruAddDrain(mm, task.cpu);
  return DONE;
}

function readEntry(mm: Mm, task: Task, slot: number, entry: number, flag: number): void {
  const { frames } = mm;
  const pfn = allocFrame(mm, task.node);
  const cpu = mm.own.cpus[task.cpu];
  const memcg = memCgroupFromTask(mm, task);
  frames.slot[pfn] = slot;
  frames.flags[pfn] |= PG_ANON | PG_LOCKED | flag;
  mm.swap.frame[entry] = pfn;
  mm.sched.cost += mm.costs.charge;
  commitCharge(mm, cpu, memcg, pfn);
  countCached(memcg, 1);
  memcg.stat.swapIn += 1;
  swapRefault(mm, pfn, entry);
  addLru(mm, cpu, pfn);
}

/** Neighbouring entries are one request. */
function submitReads(mm: Mm, start: number, end: number): void {
  const { flags } = mm.frames;
  let first = 0;
  let count = 0;
  for (let slot = start; slot < end; slot += 1) {
    const entry = entryAt(mm, slot);
    if ((flags[mm.swap.frame[entry]] & PG_LOCKED) === 0) continue;
    if (entry !== first + count) {
      if (count > 0) readRequest(mm, first, count);
      first = entry;
      count = 0;
    }
    count += 1;
  }
  if (count > 0) readRequest(mm, first, count);
}

function readRequest(mm: Mm, start: number, count: number): void {
  wasRead(mm.own.throttle, clock(mm.sched), mm.costs.swapLatency);
  submit(mm, SWAP_READ, start, count);
}
