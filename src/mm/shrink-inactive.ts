import { addToList, freeFrame, listOf } from './frames.ts';
import { takeOldest } from './lru-lists.ts';
import { unaccount, unaccountRun } from './memcontrol.ts';
import { PC_ACTIVE, PG_ACTIVE, PG_ANON, PG_DIRTY, PG_LOCKED, PG_MAPPED, PG_WRITEBACK } from './page-flags.ts';
import { evictedFrom } from './page-table.ts';
import { pageout } from './page-writeback.ts';
import { testAndClearReferenced } from './shrink-active.ts';
import { addToSwap, swapOut } from './swap.ts';
import type { Mm, Pass, Task } from './types.ts';
import { SWAP_CLUSTER_MAX } from './vmscan.ts';

/**
 * mm/vmscan.c, shrink_inactive_list() and shrink_page_list(): takes clusters of
 * 32 off the inactive list's old end, whatever `count` asks, and frees what can
 * be freed. Adds to the pass's reclaimed, scanned and looked.
 */
export function shrinkInactiveList(mm: Mm, task: Task, memcg: number, node: number, count: number): void {
  const { pass } = task;
  const list = listOf(mm, memcg, node, 0);
  let seen = 0;
  do {
    let taken = takeOldest(mm.lru, list, SWAP_CLUSTER_MAX, mm.cluster, 0);
    if (taken === SWAP_CLUSTER_MAX && isPlain(mm)) {
      freePlainCluster(mm, pass, memcg, node);
    } else {
      taken = isolateInactive(mm, list, taken);
      shrinkPageList(mm, task, pass, taken);
    }
    pass.looked += taken;
    seen += taken;
    if (taken === 0) return;
  } while (seen < count);
}

/** What keeps a page from being freed without another look. */
const NOT_PLAIN = PG_LOCKED | PG_WRITEBACK | PG_DIRTY | PG_ANON | PG_MAPPED;

/** The cluster is clean page cache that nobody maps. */
function isPlain({ frames, cluster }: Mm): boolean {
  const { flags } = frames;
  let seen = 0;
  for (let i = 0; i < SWAP_CLUSTER_MAX; i += 1) seen |= flags[cluster[i]];
  return (seen & (NOT_PLAIN | PG_ACTIVE)) === 0;
}

/** Such a cluster goes at once, referenced or not: page_mapping_inuse() is what keeps a page. */
function freePlainCluster(mm: Mm, pass: Pass, memcg: number, node: number): void {
  const { frames, cluster } = mm;
  const { slot, freed } = frames;
  const { slots } = mm.tables;
  const shadow = evictedFrom(memcg);
  for (let i = 0; i < SWAP_CLUSTER_MAX; i += 1) {
    const pfn = cluster[i];
    slots[slot[pfn]] = shadow;
    freed[frames.nrFreed + i] = pfn;
  }
  frames.nrFreed += SWAP_CLUSTER_MAX;
  mm.nrFree[node] += SWAP_CLUSTER_MAX;
  mm.freePages += SWAP_CLUSTER_MAX;
  unaccountRun(mm, memcg, SWAP_CLUSTER_MAX);
  pass.scanned += SWAP_CLUSTER_MAX;
  pass.reclaimed += SWAP_CLUSTER_MAX;
  mm.sched.cost += SWAP_CLUSTER_MAX * (mm.costs.scan + mm.costs.free);
}

/**
 * mem_cgroup_isolate_pages() on the inactive list, of whose pages `found` stand in mm.cluster
 * already. A page that was activated meanwhile is only put where it belongs, and not counted.
 */
function isolateInactive(mm: Mm, list: number, found: number): number {
  const { cluster } = mm;
  const { flags } = mm.frames;
  let taken = 0;
  let end = found;
  while (taken < end) {
    for (let i = taken; i < end; i += 1) {
      const pfn = cluster[i];
      if ((flags[pfn] & PG_ACTIVE) === 0) {
        cluster[taken] = pfn;
        taken += 1;
      } else {
        flags[pfn] |= PC_ACTIVE;
        addToList(mm, pfn);
      }
    }
    end = taken + takeOldest(mm.lru, list, SWAP_CLUSTER_MAX - taken, cluster, taken);
  }
  return taken;
}

function shrinkPageList(mm: Mm, task: Task, pass: Pass, taken: number): void {
  const { frames, cluster } = mm;
  const { flags } = frames;
  const { slots } = mm.tables;
  let freed = 0;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    if ((flags[pfn] & NOT_PLAIN) === 0) {
      pass.scanned += 1;
      slots[frames.slot[pfn]] = evictedFrom(frames.memcg[pfn]);
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
  const referenced = testAndClearReferenced(mm, pfn);
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
  mm.tables.slots[slot[pfn]] = evictedFrom(mm.frames.memcg[pfn]);
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
