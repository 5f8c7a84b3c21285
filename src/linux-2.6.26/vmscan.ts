import { clock } from '../kernel/sched.ts';
import { MILLISECOND, ns, pages, TIME_0 } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { wakeupFlusher } from '../mm/dirty.ts';
import { listLength, lruPages } from '../mm/frames.ts';
import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { endNap, takeNap } from '../mm/nap.ts';
import { nodesFrom, startNode } from './numa.ts';
import { isHeld, shrinkActiveList, shrinkInactiveList, turnActiveList } from './shrink-list.ts';
import type { MemCgroup, Mm, Pass, Task } from './types.ts';

/**
 * mm/vmscan.c of 2.6.26: one reclaim pass over a cgroup,
 * try_to_free_mem_cgroup_pages(), as a step machine, since it may sleep between
 * two priorities.
 */

/** include/linux/mmzone.h */
const DEF_PRIORITY = 12;
const SWAPPINESS = 60;
/** congestion_wait(WRITE, HZ/10) */
const NAP = 100 * MILLISECOND;
/** After looking at so many pages a pass gives other CPUs' steps a chance; the result is the same. */
const BREATH = 4096;

export const newPass = (): Pass => ({
  active: false,
  background: false,
  memcg: 0,
  priority: 0,
  napping: false,
  napSince: TIME_0,
  node: 0,
  reclaimed: 0,
  scanned: 0,
  totalScanned: 0,
  looked: 0,
  patient: true,
});

export function beginPass(mm: Mm, task: Task, memcg: MemCgroup, background: boolean): void {
  const { pass } = task;
  pass.active = true;
  pass.background = background;
  pass.memcg = memcg.id;
  pass.priority = DEF_PRIORITY;
  pass.napping = false;
  pass.node = startNode(mm, task, memcg, background);
  pass.reclaimed = 0;
  pass.scanned = 0;
  pass.totalScanned = 0;
  pass.looked = 0;
  pass.patient = true;
}

/**
 * Goes on with the pass. Pages freed (0: it did not reach 32 even at priority 0),
 * or -1: the task sleeps, or gives others a turn; call again when it runs.
 */
export function continuePass(mm: Mm, task: Task): number {
  const { pass } = task;
  const memcg = mm.memcgs[pass.memcg];
  // The cgroup went away under a machine-wide reclaim.
  if (memcg === null || memcg === undefined) {
    dropPass(mm, task);
    return 0;
  }
  if (pass.napping) {
    endNap(mm, task, memcg.path);
    pass.priority -= 1;
  }
  const breath = pass.looked + BREATH;
  while (pass.priority >= 0) {
    if (pass.looked >= breath) return -1;
    pass.scanned = 0;
    shrinkZones(mm, task, memcg, pass);
    pass.totalScanned += pass.scanned;
    if (pass.reclaimed >= SWAP_CLUSTER_MAX) return endPass(mm, task, memcg, pass.reclaimed);
    // Write about as much as was scanned, since it did not help to look for clean pages.
    if (pass.totalScanned > SWAP_CLUSTER_MAX + SWAP_CLUSTER_MAX / 2) wakeupFlusher(mm, pass.totalScanned);
    const naps = pass.patient || mm.nrWriteback > 0;
    if (naps && pass.scanned > 0 && pass.priority < DEF_PRIORITY - 2) {
      takeNap(mm, task, NAP);
      return -1;
    }
    pass.priority -= 1;
  }
  return endPass(mm, task, memcg, 0);
}

function shrinkZones(mm: Mm, task: Task, memcg: MemCgroup, pass: Pass): void {
  mm.sched.cost += mm.costs.priority;
  if (pass.priority < memcg.prevPriority) memcg.prevPriority = pass.priority;
  for (const node of nodesFrom(mm, pass.node)) shrinkZone(mm, task, memcg, pass, node);
}

/** n = list length >> priority, taken once for each list; then clusters of 32, active and inactive in turn. */
function shrinkZone(mm: Mm, task: Task, memcg: MemCgroup, pass: Pass, node: number): void {
  let nrActive = listLength(mm, memcg.id, node, 1) >>> pass.priority;
  let nrInactive = listLength(mm, memcg.id, node, 0) >>> pass.priority;
  if (nrInactive === 0 && isHeld(mm, memcg)) {
    pass.looked += turnActiveList(mm, memcg.id, node, nrActive);
    return;
  }
  while (nrActive > 0 || nrInactive > 0) {
    if (nrActive > 0) {
      const count = Math.min(nrActive, SWAP_CLUSTER_MAX);
      nrActive -= count;
      const reclaimMapped = calcReclaimMapped(mm, memcg, pass.priority);
      pass.looked += shrinkActiveList(mm, memcg.id, node, count, reclaimMapped);
    }
    if (nrInactive > 0) {
      const count = Math.min(nrInactive, SWAP_CLUSTER_MAX);
      nrInactive -= count;
      shrinkInactiveList(mm, task, memcg.id, node, count);
    }
  }
}

/**
 * calc_reclaim_mapped(): mapped pages may be deactivated when the memory is hard
 * to get. Read: mm/vmscan.c of 2.6.25, which adds the imbalance of the lists to
 * the three terms of README 5.
 */
function calcReclaimMapped(mm: Mm, memcg: MemCgroup, priority: number): boolean {
  const distress = 100 >> Math.min(memcg.prevPriority, priority);
  const mappedRatio = Math.floor((memcg.stat.rss * 100) / (memcg.res.usage + 1));
  const active = lruPages(mm, memcg.id, 1);
  const inactive = lruPages(mm, memcg.id, 0);
  const ratio = Math.floor(active / (inactive + 1));
  const imbalance = Math.floor((Math.floor((ratio * (SWAPPINESS + 1)) / 100) * mappedRatio) / 100);
  return Math.floor(mappedRatio / 2) + distress + SWAPPINESS + imbalance >= 100;
}

function endPass(mm: Mm, task: Task, memcg: MemCgroup, reclaimed: number): number {
  const { pass } = task;
  const { stat } = memcg;
  pass.active = false;
  memcg.prevPriority = Math.max(pass.priority, 0);
  if (pass.background) {
    stat.bgPasses += 1;
    stat.bgPassesFrom[pass.node] += 1;
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
    background: pass.background,
    node: pass.node,
    priority: Math.max(pass.priority, 0),
    scanned: pages(pass.looked),
    reclaimed: pages(pass.reclaimed),
  });
  return reclaimed;
}

/** A pass that sleeps is resumed only by itself: whoever kills its task must let go of it. */
export function dropPass(mm: Mm, task: Task): void {
  if (task.pass.napping) finishWait(mm.congestion, task);
  task.pass.active = false;
  task.pass.napping = false;
}
