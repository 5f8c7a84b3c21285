import { SWAP_WRITE, submit } from '../mm/blkdev.ts';
import { freeFrame } from '../mm/frames.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { PG_ACTIVE, PG_LOCKED, PG_LRU, PG_WRITEBACK } from '../mm/page-flags.ts';
import { swapContent, swapEntryOf } from '../mm/page-table.ts';
import { addToSwap, freeSwapEntry } from '../mm/swap.ts';
import { listOfPage } from './lruvec.ts';
import { releaseIfEmpty, swapEvent, uncharge } from './memcontrol.ts';
import { tryChargeCounter, unchargeCounter } from './page-counter.ts';
import { isRoot } from './tree.ts';
import type { MemCgroup, Mm } from './types.ts';

/**
 * mm/swap_state.c and mm/swapfile.c: the swap cache, in which a page is from the moment that it is to be written until
 * it is free, and from the read until it is mapped. SwapArea.frame is the cache.
 */

/** No task has the page mapped: its slot holds its swap entry. */
export const isSwapCached = (mm: Mm, pfn: number): boolean => mm.tables.slots[mm.frames.slot[pfn]] !== pfn;

/** NR_SWAPCACHE and NR_ANON_MAPPED of a page that comes into the cache unmapped (1), or leaves it (-1). */
export function countCached(memcg: MemCgroup, change: 1 | -1): void {
  memcg.swapCached += change;
  memcg.anon -= change;
}

/** folio_alloc_swap(), with mem_cgroup_try_charge_swap(): 0 when there is none, or none for this cgroup. */
function allocEntry(mm: Mm, memcg: MemCgroup): number {
  const limited = isRoot(memcg) ? null : tryChargeCounter(memcg.swap, 1);
  const entry = limited === null ? addToSwap(mm) : 0;
  if (entry > 0) return entry;
  if (limited !== null) swapEvent(mm, memcg, 'max');
  else if (!isRoot(memcg)) unchargeCounter(memcg.swap, 1);
  swapEvent(mm, memcg, 'fail');
  return 0;
}

/** add_to_swap(), try_to_unmap() and pageout(): it stays on a list until it is written. False: there is no swap for it. */
export function writeOut(mm: Mm, pfn: number): boolean {
  const { frames, swap, tables } = mm;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  const entry = allocEntry(mm, memcg);
  if (entry === 0) return false;
  joinRequest(mm, entry);
  const slot = frames.slot[pfn];
  tables.slots[slot] = swapContent(entry);
  tables.young[slot] = 0;
  swap.slot[entry] = slot;
  swap.frame[entry] = pfn;
  mm.own.swapMemcg[entry] = memcg.id;
  countCached(memcg, 1);
  frames.flags[pfn] |= PG_WRITEBACK;
  mm.nrWriteback += 1;
  mm.sched.cost += mm.costs.unmap + mm.costs.pageout;
  memcg.stat.swapOut += 1;
  memcg.stat.writebackPages += 1;
  submit(mm, SWAP_WRITE, entry, 1);
  return true;
}

/** Pages in a request: BLK_SAFE_MAX_SECTORS (include/linux/blkdev.h), which the recorded device leaves as it is. */
const REQUEST_PAGES = 31;
/** Requests in flight: wb_normal, half of RWB_DEF_DEPTH (block/blk-wbt.c). */
const IN_FLIGHT = 8;

/**
 * blk_attempt_plug_merge(), else wbt_wait(): who makes a request too many waits until all are written, for the device
 * has a cache. What waits in the plug is sent then; else when the lists are through (vmscan.ts).
 */
function joinRequest(mm: Mm, entry: number): void {
  const { swapWrites } = mm.own;
  const last = swapWrites.at(-1);
  if (last !== undefined && last.start + last.count === entry && last.count < REQUEST_PAGES) {
    last.count += 1;
    return;
  }
  if (swapWrites.length === IN_FLIGHT) finishPlug(mm);
  swapWrites.push({ start: entry, count: 1 });
}

/** blk_finish_plug(): the device is asked, and was so fast that all of it is there at the next look. */
export function finishPlug(mm: Mm): void {
  for (const { start, count } of mm.own.swapWrites.splice(0)) {
    for (let entry = start; entry < start + count; entry += 1) endWrite(mm, mm.swap.frame[entry]);
  }
}

/** end_swap_bio_write(), folio_rotate_reclaimable(): what is written is the next to be freed. */
function endWrite(mm: Mm, pfn: number): void {
  const { flags } = mm.frames;
  flags[pfn] &= ~PG_WRITEBACK;
  if ((flags[pfn] & PG_LRU) === 0) return;
  flags[pfn] &= ~PG_ACTIVE;
  mm.core.remove(pfn);
  mm.core.addOldest(listOfPage(mm, pfn), pfn);
}

/** __delete_from_swap_cache(), of a page that was written and is about to be freed. Answers its entry. */
export function leaveCache(mm: Mm, pfn: number): number {
  const entry = swapEntryOf(mm.tables.slots[mm.frames.slot[pfn]]);
  mm.swap.frame[entry] = 0;
  countCached(memcgOf(mm, mm.frames.memcg[pfn]), -1);
  return entry;
}

/** end_swap_bio_read() */
export function swapRead(mm: Mm, start: number, count: number): void {
  for (let entry = start; entry < start + count; entry += 1) {
    const pfn = cachedOrFreed(mm, entry);
    if (pfn > 0) mm.frames.flags[pfn] &= ~PG_LOCKED;
  }
}

/** The page in the cache; 0: there is none, or it was given up during the transfer, and is free now. */
function cachedOrFreed(mm: Mm, entry: number): number {
  const { frame } = mm.swap;
  const pfn = frame[entry];
  if (pfn === 0 || mm.frames.slot[pfn] >= 0) return pfn;
  frame[entry] = 0;
  freeFrame(mm, pfn);
  return 0;
}

/** free_swap_and_cache(): of a page table that goes. A page that is being transferred is free when that ends. */
export function freeSwap(mm: Mm, entry: number): void {
  const { frame } = mm.swap;
  const pfn = frame[entry];
  if (pfn > 0) {
    countCached(memcgOf(mm, mm.frames.memcg[pfn]), -1);
    uncharge(mm, pfn);
    if ((mm.frames.flags[pfn] & PG_LOCKED) !== 0) mm.frames.slot[pfn] = -1;
    else {
      frame[entry] = 0;
      freeFrame(mm, pfn);
    }
  }
  putEntry(mm, entry);
}

/** swap_free(), mem_cgroup_uncharge_swap() */
export function putEntry(mm: Mm, entry: number): void {
  const owner = mm.memcgs[mm.own.swapMemcg[entry]];
  freeSwapEntry(mm, entry);
  if (owner === null || owner === undefined || isRoot(owner)) return;
  unchargeCounter(owner.swap, 1);
  if (!owner.online) releaseIfEmpty(mm, owner);
}
