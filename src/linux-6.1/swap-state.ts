import { clock } from '../kernel/sched.ts';
import { SWAP_WRITE, submit } from '../mm/blkdev.ts';
import { freeFrame } from '../mm/frames.ts';
import { memcgOf, ROOT_MEMCG } from '../mm/memcgs.ts';
import { PG_ACTIVE, PG_DIRTY, PG_LOCKED, PG_LRU, PG_WRITEBACK } from '../mm/page-flags.ts';
import { swapContent, swapEntryOf } from '../mm/page-table.ts';
import { addToSwap, freeSwapEntry } from '../mm/swap.ts';
import { writeLimit } from './blk-wbt.ts';
import { listOfPage } from './lruvec.ts';
import { releaseIfEmpty, swapEvent, uncharge } from './memcontrol.ts';
import { type PageCounter, tryChargeCounter, unchargeCounter } from './page-counter.ts';
import { changesEach } from './rstat.ts';
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

/** mem_cgroup_swap_full(): more than half of it is used, so that what is mapped gives its entry back. */
export function isSwapFull({ swap }: Mm, memcg: MemCgroup): boolean {
  if (2 * swap.used > swap.size) return true;
  for (let at: PageCounter | null = memcg.swap; at !== null; at = at.parent)
    if (2 * at.usage >= Math.min(at.high, at.max)) return true;
  return false;
}

/** folio_alloc_swap(), with mem_cgroup_try_charge_swap(): 0 when there is none, or none for this cgroup. */
function allocEntry(mm: Mm, memcg: MemCgroup): number {
  checkSlotCache(mm);
  const entry = addToSwap(mm);
  if (entry === 0) {
    swapEvent(mm, memcg, 'fail');
    return 0;
  }
  mm.own.swapMemcg[entry] = memcg.id;
  if (isRoot(memcg) || tryChargeCounter(memcg.swap, 1) === null) return entry;
  mm.own.swapMemcg[entry] = ROOT_MEMCG;
  putEntry(mm, entry);
  swapEvent(mm, memcg, 'max');
  swapEvent(mm, memcg, 'fail');
  return 0;
}

/**
 * add_to_swap() if it has no entry yet, try_to_unmap() and pageout(): it stays on a list until it is written. False:
 * there is no swap for it.
 */
export function writeOut(mm: Mm, pfn: number): boolean {
  const { frames, swap } = mm;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  const known = mm.own.swapEntry.get(pfn);
  const entry = known ?? allocEntry(mm, memcg);
  if (entry === 0) return false;
  joinRequest(mm, entry);
  if (known === undefined) {
    swap.slot[entry] = frames.slot[pfn];
    swap.frame[entry] = pfn;
    memcg.swapCached += 1;
  }
  unmap(mm, pfn, entry);
  frames.flags[pfn] |= PG_WRITEBACK;
  mm.nrWriteback += 1;
  mm.sched.cost += mm.costs.pageout;
  memcg.stat.swapOut += 1;
  memcg.stat.writebackPages += 1;
  submit(mm, SWAP_WRITE, entry, 1);
  return true;
}

/** try_to_unmap() */
function unmap(mm: Mm, pfn: number, entry: number): void {
  const { frames, tables } = mm;
  const slot = frames.slot[pfn];
  tables.slots[slot] = swapContent(entry);
  tables.young[slot] = 0;
  frames.flags[pfn] &= ~PG_DIRTY;
  mm.own.swapEntry.delete(pfn);
  memcgOf(mm, frames.memcg[pfn]).anon -= 1;
  mm.sched.cost += mm.costs.unmap;
}

/** Of a page that was read back and not written since: its entry has what it holds. False: it has none, or it has not. */
export function unmapClean(mm: Mm, pfn: number): boolean {
  const entry = mm.own.swapEntry.get(pfn);
  if (entry === undefined || (mm.frames.flags[pfn] & PG_DIRTY) !== 0) return false;
  unmap(mm, pfn, entry);
  return true;
}

/** do_wp_page(), wp_page_reuse(): the first write to such a page; it keeps its entry. */
export function memoryWritten(mm: Mm, pfn: number): void {
  const { frames, own, sched, costs } = mm;
  if (own.swapEntry.size === 0 || (frames.flags[pfn] & PG_DIRTY) !== 0 || !own.swapEntry.has(pfn)) return;
  frames.flags[pfn] |= PG_DIRTY;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  changesEach(mm, memcg, 1);
  memcg.counts.pgfault += 1;
  sched.cost += costs.fault;
}

/** do_swap_page(): a read leaves the page in the cache with its entry, unless swap is short. */
export function mapCached(mm: Mm, pfn: number, entry: number, write: boolean): void {
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  memcg.anon += 1;
  mm.own.swapEntry.set(pfn, entry);
  if (write || isSwapFull(mm, memcg)) freeSwapOf(mm, pfn);
}

/** folio_free_swap(), of a page that is mapped, if it has an entry. */
export function freeSwapOf(mm: Mm, pfn: number): void {
  const entry = mm.own.swapEntry.get(pfn);
  if (entry === undefined) return;
  mm.own.swapEntry.delete(pfn);
  mm.frames.flags[pfn] &= ~PG_DIRTY;
  mm.swap.frame[entry] = 0;
  memcgOf(mm, mm.frames.memcg[pfn]).swapCached -= 1;
  putEntry(mm, entry);
}

/** Pages in a request: BLK_SAFE_MAX_SECTORS (include/linux/blkdev.h), which the recorded device leaves as it is. */
const REQUEST_PAGES = 31;
/** Requests in a plug: BLK_MAX_REQUEST_COUNT (block/blk-mq.c). */
const PLUG_REQUESTS = 32;

/**
 * blk_attempt_plug_merge(), else wbt_wait(): who makes a request too many waits until all are written, for the device
 * has a cache. What waits in the plug is sent then; else when the lists are through (vmscan.ts).
 */
function joinRequest(mm: Mm, entry: number): void {
  const { sched, costs } = mm;
  const { swapWrites, throttle } = mm.own;
  const last = swapWrites.at(-1);
  if (last !== undefined && last.start + last.count === entry && last.count < REQUEST_PAGES) {
    last.count += 1;
    return;
  }
  if (swapWrites.length >= Math.min(writeLimit(throttle, clock(sched), costs.swapLatency), PLUG_REQUESTS))
    finishPlug(mm);
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

/** mm/swap_slots.c: SWAP_SLOTS_CACHE_SIZE, THRESHOLD_ACTIVATE_SWAP_SLOTS_CACHE, THRESHOLD_DEACTIVATE_SWAP_SLOTS_CACHE */
const SLOTS = 64;
const ACTIVATE = 5 * SLOTS;
const DEACTIVATE = 2 * SLOTS;

/** check_cache_active(): where little swap is free, entries are given back at once. */
function checkSlotCache(mm: Mm): void {
  const { own, swap } = mm;
  const free = swap.size - swap.used;
  if (!own.slotCache) own.slotCache = free > ACTIVATE;
  else if (free < DEACTIVATE) {
    own.slotCache = false;
    returnSlots(mm);
  }
}

/** free_swap_slot(): an entry that nobody needs is given back with 63 others; until then it is charged. */
export function putEntry(mm: Mm, entry: number): void {
  const { slotsRet, slotCache } = mm.own;
  if (slotsRet.length === SLOTS) returnSlots(mm);
  slotsRet.push(entry);
  if (!slotCache) returnSlots(mm);
}

/** swapcache_free_entries(), mem_cgroup_uncharge_swap() */
function returnSlots(mm: Mm): void {
  for (const entry of mm.own.slotsRet.splice(0)) {
    const owner = mm.memcgs[mm.own.swapMemcg[entry]];
    freeSwapEntry(mm, entry);
    if (owner === null || owner === undefined || isRoot(owner)) continue;
    unchargeCounter(owner.swap, 1);
    if (!owner.online) releaseIfEmpty(mm, owner);
  }
}
