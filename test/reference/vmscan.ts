import { ns, pages } from '../../src/kernel/units.ts';
import { DISK_WRITE, isCongested } from './blkdev.ts';
import { addToList, lruPages, moveLists, removeFromList, unaccount } from './memcontrol.ts';
import { evictedFrom, setEntry } from './page-table.ts';
import { usagePages } from './res-counter.ts';
import { clock, needResched, sleepOn } from './sched.ts';
import { addToSwap, swapOut } from './swap.ts';
import type { LruList, MemCgroup, Mm, Page, Task, TaskWork } from './types.ts';
import { congestionWait, startWriteback, wakeupPdflush } from './writeback.ts';

/** mm/vmscan.c of 2.6.26: one reclaim pass over a cgroup. */

export const SWAP_CLUSTER_MAX = 32;
const DEF_PRIORITY = 12;
const SWAPPINESS = 60;
/** A pass gives others a turn after so many pages. */
const BREATH = 4096;

interface Pass {
  readonly task: Task;
  readonly memcg: MemCgroup;
  readonly background: boolean;
  readonly node: number;
  priority: number;
  reclaimed: number;
  /** sc->nr_scanned of this priority, and all pages looked at. */
  scanned: number;
  looked: number;
}

/**
 * try_to_free_mem_cgroup_pages(). Answers the pages freed; 0: it did not reach 32 even at
 * priority 0, or the cgroup went away meanwhile.
 */
export function* tryToFreeMemCgroupPages(
  mm: Mm,
  task: Task,
  memcg: MemCgroup,
  background: boolean,
): TaskWork<number> {
  if (memcg.removed) return 0;
  const node = background ? bestNode(mm, task, memcg) : task.node;
  const pass: Pass = {
    task,
    memcg,
    background,
    node,
    priority: DEF_PRIORITY,
    reclaimed: 0,
    scanned: 0,
    looked: 0,
  };
  let totalScanned = 0;
  let breath = BREATH;
  for (; pass.priority >= 0; pass.priority -= 1) {
    if (pass.looked >= breath) {
      yield 'in-call';
      if (memcg.removed) return 0;
      breath = pass.looked + BREATH;
    }
    pass.scanned = 0;
    shrinkZones(mm, pass);
    totalScanned += pass.scanned;
    if (pass.reclaimed >= SWAP_CLUSTER_MAX) return endPass(mm, pass, pass.reclaimed);
    if (totalScanned > SWAP_CLUSTER_MAX + SWAP_CLUSTER_MAX / 2) wakeupPdflush(mm, totalScanned);
    if (pass.scanned > 0 && pass.priority < DEF_PRIORITY - 2) {
      const since = clock(mm.sched);
      congestionWait(mm, task);
      yield 'in-call';
      mm.congestion.delete(task);
      if (memcg.removed) return 0;
      breath = pass.looked + BREATH;
      const time = clock(mm.sched);
      const duration = ns(time - since);
      mm.observer?.({ type: 'nap', time: ns(time), cgroup: memcg.path, pid: task.pid, duration });
    }
  }
  return endPass(mm, pass, 0);
}

function endPass(
  mm: Mm,
  { task, memcg, background, node, priority, ...pass }: Pass,
  reclaimed: number,
): number {
  const { stat } = memcg;
  memcg.prevPriority = Math.max(priority, 0);
  if (background) {
    stat.bgPasses += 1;
    stat.bgPassesFrom[node] += 1;
    stat.bgScanned += pass.looked;
    stat.bgReclaimed += pass.reclaimed;
    if (reclaimed === 0) stat.bgZeroPasses += 1;
  } else {
    stat.directPasses += 1;
    stat.directScanned += pass.looked;
    stat.directReclaimed += pass.reclaimed;
  }
  mm.observer?.({
    type: 'pass',
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    by: task.pid,
    background,
    node,
    priority: Math.max(priority, 0),
    scanned: pages(pass.looked),
    reclaimed: pages(pass.reclaimed),
  });
  return reclaimed;
}

/** 4/4: of the nodes with 3/4 of their share of the usage, the one with the most inactive for its active pages. */
function bestNode(mm: Mm, task: Task, memcg: MemCgroup): number {
  if (mm.nodes === 1) return task.node;
  const atLeast = Math.floor((usagePages(memcg.res) * 3) / (4 * mm.nodes));
  let best = task.node;
  let bestRatio = -1;
  for (const [node, { active, inactive }] of memcg.lists.entries()) {
    const ratio = Math.floor((inactive.size * 100) / (active.size + 1));
    if (active.size + inactive.size < atLeast || ratio <= bestRatio) continue;
    best = node;
    if (!mm.errata.bestNodeForgotten) bestRatio = ratio;
  }
  return best;
}

/** All zones from the first on, round the end. */
function shrinkZones(mm: Mm, pass: Pass): void {
  const { memcg, priority } = pass;
  mm.sched.cost += mm.costs.priority;
  memcg.prevPriority = Math.min(memcg.prevPriority, priority);
  for (let i = 0; i < mm.nodes; i += 1) shrinkZone(mm, pass, (pass.node + i) % mm.nodes);
}

function shrinkZone(mm: Mm, pass: Pass, node: number): void {
  const { active, inactive } = pass.memcg.lists[node];
  let nrActive = active.size >>> pass.priority;
  let nrInactive = inactive.size >>> pass.priority;
  while (nrActive > 0 || nrInactive > 0) {
    const fromActive = Math.min(nrActive, SWAP_CLUSTER_MAX);
    const fromInactive = Math.min(nrInactive, SWAP_CLUSTER_MAX);
    nrActive -= fromActive;
    nrInactive -= fromInactive;
    if (fromActive > 0) shrinkActiveList(mm, pass, active, fromActive);
    if (fromInactive > 0) shrinkInactiveList(mm, pass, inactive, fromInactive);
  }
}

/** Takes up to `most` pages that belong on this list off its old end; others only go where they belong. */
function isolate(list: LruList, most: number, active: boolean): Page[] {
  const taken: Page[] = [];
  for (const page of list) {
    if (taken.length === most) break;
    if (page.active === active) {
      removeFromList(page);
      taken.push(page);
    } else {
      moveLists(page, page.active);
    }
  }
  return taken;
}

/** Unmapped pages are deactivated; mapped ones only when memory is hard to get and they were not touched. */
function shrinkActiveList(mm: Mm, pass: Pass, list: LruList, most: number): void {
  const reclaimMapped = calcReclaimMapped(pass.memcg, pass.priority);
  const noSwap = mm.swap.length === 1;
  const taken = isolate(list, most, true);
  for (const page of taken) {
    const inUse = page.mapped || page.anonymous;
    const stays = inUse && (!reclaimMapped || (noSwap && page.anonymous) || testAndClearReferenced(page));
    page.active = stays;
    page.onActiveList = stays;
    addToList(page);
  }
  pass.looked += taken.length;
  mm.sched.cost += taken.length * mm.costs.scan;
}

/** mm/vmscan.c of 2.6.25: distress, half the mapped ratio, swappiness, and the imbalance of the lists. */
function calcReclaimMapped(memcg: MemCgroup, priority: number): boolean {
  const distress = 100 >> Math.min(memcg.prevPriority, priority);
  const mappedRatio = Math.floor((memcg.stat.rss * 100) / (usagePages(memcg.res) + 1));
  const ratio = Math.floor(lruPages(memcg, 'active') / (lruPages(memcg, 'inactive') + 1));
  const imbalance = Math.floor((Math.floor((ratio * (SWAPPINESS + 1)) / 100) * mappedRatio) / 100);
  return Math.floor(mappedRatio / 2) + distress + SWAPPINESS + imbalance >= 100;
}

/** page_referenced() */
function testAndClearReferenced(page: Page): boolean {
  const referenced = page.referenced || page.young;
  page.referenced = false;
  page.young = false;
  return referenced;
}

/** Clusters of 32, whatever was asked, until as many were looked at as were asked. */
function shrinkInactiveList(mm: Mm, pass: Pass, list: LruList, asked: number): void {
  for (let seen = 0; seen < asked; ) {
    const taken = isolate(list, SWAP_CLUSTER_MAX, false);
    if (taken.length === 0) return;
    const freed = taken.filter((page) => shrinkPage(mm, pass, page)).length;
    pass.reclaimed += freed;
    pass.looked += taken.length;
    seen += taken.length;
    mm.sched.cost += taken.length * mm.costs.scan + freed * mm.costs.free;
  }
}

/** shrink_page_list() for one page: whether it was freed; otherwise it was put somewhere. */
function shrinkPage(mm: Mm, pass: Pass, page: Page): boolean {
  if (page.locked) return keep(page);
  const inUse = page.mapped || page.anonymous;
  pass.scanned += inUse ? 2 : 1;
  if (page.writeback) return keep(page);
  const plain = !inUse && !page.dirty;
  // Of a page that is neither in use nor dirty nobody asks whether it was referenced.
  const referenced = !plain && testAndClearReferenced(page);
  if (referenced && inUse) return activate(page);
  if (page.anonymous) {
    const entry = addToSwap(mm);
    if (entry === 0) return activate(page);
    mm.sched.cost += mm.costs.unmap + mm.costs.pageout;
    swapOut(mm, page, entry);
    return false;
  }
  if (page.mapped) mm.sched.cost += mm.costs.unmap;
  page.mapped = false;
  if (page.dirty) {
    // may_write_to_queue(): into a congested queue only swap writers write.
    const mayWrite = pass.task.kind === 'memcontd' || !isCongested(mm.devices[DISK_WRITE]);
    if (!referenced && mayWrite) startWriteback(mm, page);
    return keep(page);
  }
  setEntry(page, evictedFrom(page.memcg));
  unaccount(mm, page);
  mm.nrFree[page.node] += 1;
  return true;
}

function keep(page: Page): false {
  addToList(page);
  return false;
}

/** activate_locked: it moves when a scan meets it. */
function activate(page: Page): false {
  page.active = true;
  addToList(page);
  return false;
}

/** cond_resched() between the steps of something that may sleep: it goes on only when nobody else wants the CPU. */
export function* politely<T>(mm: Mm, task: Task, work: TaskWork<T>): TaskWork<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    do yield step.value;
    while (needResched(mm.sched, task));
  }
}

/** Lets others run for a moment. */
export function* standAside(mm: Mm, task: Task): TaskWork<void> {
  sleepOn(mm.sched, task, 'uninterruptible', clock(mm.sched));
  yield 'in-call';
}
