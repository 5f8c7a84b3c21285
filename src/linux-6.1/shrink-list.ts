import { wakeupFlusher } from '../mm/dirty.ts';
import { freeFrame, listOf } from '../mm/frames.ts';
import { memcgOf } from '../mm/memcgs.ts';
import {
  NOT_PLAIN,
  PG_ACTIVE,
  PG_ANON,
  PG_DIRTY,
  PG_LOCKED,
  PG_LRU,
  PG_MAPPED,
  PG_RECLAIM,
  PG_REFERENCED,
  PG_WRITEBACK,
  PG_YOUNG,
} from '../mm/page-flags.ts';
import { evictedFrom } from '../mm/workingset.ts';
import { freeBuffers } from './buffers.ts';
import { listOfPage } from './lruvec.ts';
import { unaccount, unaccountRun } from './memcontrol.ts';
import { changes, changesEach } from './rstat.ts';
import { noteCost } from './scan-count.ts';
import { lruAddDrain } from './swap.ts';
import { freeSwapOf, isSwapCached, isSwapFull, leaveCache, unmapClean, writeOut } from './swap-state.ts';
import type { MemCgroup, Mm, Pass, Task } from './types.ts';
import { AGE, ageNonresident, swapEviction, workingsetEviction } from './workingset.ts';
import { entryLeft, leafEmptied } from './xarray.ts';

/** mm/vmscan.c, shrink_list(): what a pass makes of the old ends of a cgroup's lists. */

/** shrink_active_list(): deactivates up to `count` pages; all of them but code that was run lately, which is not known here. */
export function shrinkActiveList(
  mm: Mm,
  task: Task,
  memcg: MemCgroup,
  node: number,
  list: number,
  count: number,
): void {
  lruAddDrain(mm, task.cpu);
  const taken = mm.core.deactivateFolios(listOf(mm, memcg.id, node, list), count);
  // They leave the list, PGREFILL, come to the other one by one, PGDEACTIVATE.
  changes(mm, memcg, taken);
  changes(mm, memcg, taken);
  changesEach(mm, memcg, taken);
  changes(mm, memcg, taken);
  memcg.counts.pgrefill += taken;
  memcg.counts.pgdeactivate += taken;
  task.pass.looked += taken;
  mm.sched.cost += taken * mm.costs.scan;
}

/** What became of the pages of a cluster. */
interface Shrunk {
  freed: number;
  /** To swap. */
  written: number;
  /** Not on their way to the disk yet, of dirty ones. */
  unqueued: number;
}

/** shrink_inactive_list(): looks at up to `count` pages of an inactive list. Answers how many were freed. */
export function shrinkInactiveList(
  mm: Mm,
  task: Task,
  target: MemCgroup,
  memcg: MemCgroup,
  node: number,
  list: number,
  count: number,
): number {
  const { pass } = task;
  lruAddDrain(mm, task.cpu);
  const oldest = listOf(mm, memcg.id, node, list);
  const taken = mm.core.takeOldest(oldest, count, 0);
  // They leave the list, PGSCAN_DIRECT.
  changes(mm, memcg, taken);
  changes(mm, memcg, taken);
  memcg.counts.pgscanDirect += taken;
  pass.looked += taken;
  mm.sched.cost += taken * mm.costs.scan;
  if (taken === 0) return 0;
  if (evictAll(mm, target, memcg, node, taken)) {
    countFreed(mm, memcg, taken);
    return taken;
  }
  const shrunk: Shrunk = { freed: 0, written: 0, unqueued: 0 };
  if (!mm.core.keepLocked(oldest, taken)) shrinkPageList(mm, task, target, memcg, node, taken, shrunk);
  // What goes back to a list.
  changesEach(mm, memcg, taken - shrunk.freed);
  countFreed(mm, memcg, shrunk.freed);
  if (shrunk.unqueued === taken) wakeupFlusher(mm, mm.nrDirty);
  pass.swapping ||= shrunk.written > 0;
  if (shrunk.written > 0) noteCost(mm, memcg, node, list < 2 ? 0 : 1, shrunk.written);
  return shrunk.freed;
}

/** PGSTEAL_DIRECT */
function countFreed(mm: Mm, memcg: MemCgroup, freed: number): void {
  changes(mm, memcg, freed);
  memcg.counts.pgstealDirect += freed;
  mm.sched.cost += freed * mm.costs.free;
}

/** The whole cluster at once. False, and nothing is done: some of it needs another look. */
function evictAll(mm: Mm, target: MemCgroup, memcg: MemCgroup, node: number, taken: number): boolean {
  const age = target.lruvecs[node].nonresidentAge & AGE;
  const leaves = mm.core.evictFolios(taken, evictedFrom(target.id), age, mm.sched.now);
  if (leaves < 0) return false;
  for (let i = 0; i < leaves; i += 1) leafEmptied(mm, mm.core.cluster[i]);
  ageNonresident(mm, target, node, taken);
  mm.nrFree[node] += taken;
  mm.freePages += taken;
  unaccountRun(mm, memcg, taken);
  return true;
}

/** One by one. */
function shrinkPageList(
  mm: Mm,
  task: Task,
  target: MemCgroup,
  memcg: MemCgroup,
  node: number,
  taken: number,
  shrunk: Shrunk,
): void {
  const { flags, slot } = mm.frames;
  const { cluster } = mm.core;
  let plain = 0;
  let kept = 0;
  // What is written meanwhile stays where it is.
  for (let i = 0; i < taken; i += 1) if ((flags[cluster[i]] & PG_ANON) !== 0) flags[cluster[i]] &= ~PG_LRU;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    const bits = flags[pfn];
    if ((bits & NOT_PLAIN) === 0) {
      freeBuffers(mm, pfn);
      workingsetEviction(mm, target, pfn);
      entryLeft(mm, slot[pfn]);
      plain += 1;
      freeFrame(mm, pfn);
    } else if (shrinkPage(mm, task.pass, target, pfn, shrunk)) {
      unaccount(mm, pfn);
      freeFrame(mm, pfn);
      shrunk.freed += 1;
    } else {
      cluster[kept] = pfn;
      kept += 1;
    }
  }
  // move_folios_to_lru()
  let activated = 0;
  for (let i = 0; i < kept; i += 1) {
    flags[cluster[i]] |= PG_LRU;
    mm.core.add(listOfPage(mm, cluster[i]), cluster[i]);
    if ((flags[cluster[i]] & PG_ACTIVE) !== 0) activated += 1;
  }
  ageNonresident(mm, memcg, node, activated);
  shrunk.freed += plain;
  if (plain > 0) unaccountRun(mm, memcg, plain);
}

/** A page that needs another look. True: free it; else it goes back to a list. */
function shrinkPage(mm: Mm, pass: Pass, target: MemCgroup, pfn: number, shrunk: Shrunk): boolean {
  const { flags, slot } = mm.frames;
  const bits = flags[pfn];
  if ((bits & PG_LOCKED) !== 0) return false;
  const isUnderWriteback = (bits & PG_WRITEBACK) !== 0;
  if ((bits & PG_ANON) === 0 && (isUnderWriteback || (bits & PG_DIRTY) !== 0)) {
    // folio_check_dirty_writeback()
    pass.dirty += 1;
    if (!isUnderWriteback) shrunk.unqueued += 1;
    else if ((bits & PG_RECLAIM) !== 0) pass.congested += 1;
  }
  if (isUnderWriteback) {
    if ((bits & PG_ANON) === 0) flags[pfn] |= PG_RECLAIM;
    activate(mm, pfn);
    return false;
  }
  const pte = clearYoung(mm, pfn);
  const referenced = (bits & PG_REFERENCED) !== 0;
  flags[pfn] &= ~PG_REFERENCED;
  if (pte) {
    // Once more round: active if it was referenced at the last look already.
    flags[pfn] |= PG_REFERENCED;
    if (referenced) activate(mm, pfn);
    return false;
  }
  if ((bits & PG_ANON) !== 0) return shrinkAnon(mm, target, pfn, shrunk);
  if ((bits & PG_MAPPED) !== 0) {
    mm.sched.cost += mm.costs.unmap;
    memcgOf(mm, mm.frames.memcg[pfn]).fileMapped -= 1;
    flags[pfn] &= ~PG_MAPPED;
  }
  if ((bits & PG_DIRTY) !== 0) {
    // Direct reclaim does not write files: the flusher does, and then it is the oldest.
    flags[pfn] |= PG_RECLAIM;
    activate(mm, pfn);
    return false;
  }
  freeBuffers(mm, pfn);
  workingsetEviction(mm, target, pfn);
  entryLeft(mm, slot[pfn]);
  return true;
}

function activate(mm: Mm, pfn: number): void {
  mm.frames.flags[pfn] |= PG_ACTIVE;
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  if (isSwapFull(mm, memcg)) freeSwapOf(mm, pfn);
  changesEach(mm, memcg, 1);
  memcg.counts.pgactivate += 1;
}

/** folio_referenced(): the accessed bits of the entries that map it, or did; all are cleared. */
function clearYoung(mm: Mm, pfn: number): boolean {
  const { young } = mm.tables;
  const slot = mm.frames.slot[pfn];
  const accessed = young[slot] !== 0 || (mm.frames.flags[pfn] & PG_YOUNG) !== 0;
  young[slot] = 0;
  mm.frames.flags[pfn] &= ~PG_YOUNG;
  return accessed;
}

/** At the first look it goes to swap, and back to the list until it is written; then it is free. */
function shrinkAnon(mm: Mm, target: MemCgroup, pfn: number, shrunk: Shrunk): boolean {
  if (isSwapCached(mm, pfn) || unmapClean(mm, pfn)) {
    swapEviction(mm, target, pfn, leaveCache(mm, pfn));
    return true;
  }
  if (writeOut(mm, pfn)) shrunk.written += 1;
  else activate(mm, pfn);
  return false;
}
