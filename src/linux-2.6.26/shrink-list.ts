import { addToList, freeFrame, listOf } from '../mm/frames.ts';
import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { memcgOf } from '../mm/memcgs.ts';
import {
  NOT_PLAIN,
  PG_ACTIVE,
  PG_ANON,
  PG_DIRTY,
  PG_LOCKED,
  PG_MAPPED,
  PG_WRITEBACK,
} from '../mm/page-flags.ts';
import { addToSwap, writeToSwap } from '../mm/swap.ts';
import { evictedFrom, leaveShadow } from '../mm/workingset.ts';
import { unaccount, unaccountRun } from './memcontrol.ts';
import { pageout } from './page-writeback.ts';
import type { MemCgroup, Mm, Pass, Task } from './types.ts';

/** mm/vmscan.c, shrink_list(): what a pass makes of the old ends of the two lists of a cgroup and a node. */

/**
 * shrink_active_list(): looks at up to `count` pages from the old
 * end of the active list and deactivates those that no task has mapped; mapped
 * ones only when `reclaimMapped`. Answers how many it looked at.
 */
export function shrinkActiveList(
  mm: Mm,
  memcg: number,
  node: number,
  count: number,
  reclaimMapped: boolean,
): number {
  const list = listOf(mm, memcg, node, 1);
  const taken = mm.core.shrinkActive(list, count, reclaimMapped ? 1 : 0, mm.swap.size > 0 ? 1 : 0);
  mm.sched.cost += taken * mm.costs.scan;
  return taken;
}

/** A cgroup of nothing but anonymous memory without swap: no page leaves its active lists. */
export const isHeld = (mm: Mm, { stat }: MemCgroup): boolean => mm.swap.size === 0 && stat.cache === 0;

/**
 * The same for `count` pages of a list that none leaves, cluster by cluster: they only change
 * places. A reclaimer that spins looks at millions.
 */
export function turnActiveList(mm: Mm, memcg: number, node: number, count: number): number {
  mm.core.rotate(listOf(mm, memcg, node, 1), count);
  for (let left = count; left > 0; left -= SWAP_CLUSTER_MAX) {
    mm.sched.cost += Math.min(left, SWAP_CLUSTER_MAX) * mm.costs.scan;
  }
  return count;
}

/**
 * shrink_inactive_list() and shrink_page_list(): takes clusters of
 * 32 off the inactive list's old end, whatever `count` asks, and frees what can
 * be freed. Adds to the pass's reclaimed, scanned and looked.
 */
export function shrinkInactiveList(mm: Mm, task: Task, memcg: number, node: number, count: number): void {
  const { pass } = task;
  const list = listOf(mm, memcg, node, 0);
  let seen = 0;
  do {
    const taken = mm.core.isolateInactive(list);
    if (mm.core.freePlain(taken, evictedFrom(memcg), mm.sched.now) !== 0)
      plainFreed(mm, pass, memcg, node, taken);
    else shrinkPageList(mm, task, pass, taken);
    pass.looked += taken;
    seen += taken;
    if (taken === 0) return;
  } while (seen < count);
}

/** What a cluster costs and counts that goes without another look. */
function plainFreed(mm: Mm, pass: Pass, memcg: number, node: number, count: number): void {
  mm.nrFree[node] += count;
  mm.freePages += count;
  unaccountRun(mm, memcg, count);
  pass.scanned += count;
  pass.reclaimed += count;
  mm.sched.cost += count * (mm.costs.scan + mm.costs.free);
}

/** One by one: some of them are locked, dirty, anonymous or mapped. */
function shrinkPageList(mm: Mm, task: Task, pass: Pass, taken: number): void {
  const { frames } = mm;
  const { cluster } = mm.core;
  const { flags } = frames;
  let freed = 0;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    if ((flags[pfn] & NOT_PLAIN) === 0) {
      pass.scanned += 1;
      leaveShadow(mm, frames.slot[pfn], frames.memcg[pfn], mm.sched.now);
    } else if (!shrinkPage(mm, task, pass, pfn)) {
      continue;
    }
    unaccount(mm, pfn);
    freeFrame(mm, pfn);
    freed += 1;
  }
  pass.reclaimed += freed;
  mm.sched.cost += taken * mm.costs.scan + freed * mm.costs.free;
}

/** One page that is locked, dirty, anonymous or mapped. True: free it. False: it has been put somewhere. */
function shrinkPage(mm: Mm, task: Task, pass: Pass, pfn: number): boolean {
  const { flags, slot } = mm.frames;
  const page = flags[pfn];
  if ((page & PG_LOCKED) !== 0) return keep(mm, pfn);
  const inUse = (page & (PG_MAPPED | PG_ANON)) !== 0;
  pass.scanned += inUse ? 2 : 1;
  if ((page & PG_WRITEBACK) !== 0) return keep(mm, pfn);
  const referenced = mm.core.testAndClearReferenced(pfn) !== 0;
  if (referenced && inUse) return activate(mm, pfn);
  if ((page & PG_ANON) !== 0) {
    const entry = addToSwap(mm);
    if (entry === 0) return activate(mm, pfn);
    mm.sched.cost += mm.costs.unmap + mm.costs.pageout;
    swapOut(mm, pfn, entry);
    return false;
  }
  if ((page & PG_MAPPED) !== 0) {
    mm.sched.cost += mm.costs.unmap;
    flags[pfn] &= ~PG_MAPPED;
  }
  if ((page & PG_DIRTY) !== 0) {
    if (!referenced) pageout(mm, task, pfn);
    return keep(mm, pfn);
  }
  leaveShadow(mm, slot[pfn], mm.frames.memcg[pfn], mm.sched.now);
  return true;
}

/** Back to the young end of the inactive list. */
function keep(mm: Mm, pfn: number): false {
  addToList(mm, pfn);
  return false;
}

/** activate_locked: the page is active from now on, its page_cgroup moves when a scan meets it (2.6.26). */
function activate(mm: Mm, pfn: number): false {
  mm.frames.flags[pfn] |= PG_ACTIVE;
  addToList(mm, pfn);
  return false;
}

/**
 * try_to_unmap() and pageout() of an anonymous page that is on no list: the last
 * mapping goes, so it is uncharged here and now; its frame is free when the
 * write ends. (So a pass can lower the usage and still have reclaimed nothing.)
 */
function swapOut(mm: Mm, pfn: number, entry: number): void {
  const { frames } = mm;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  memcg.stat.swapOut += 1;
  memcg.stat.writebackPages += 1;
  unaccount(mm, pfn);
  writeToSwap(mm, pfn, entry);
}
