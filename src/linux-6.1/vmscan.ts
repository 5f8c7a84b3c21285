import { clock } from '../kernel/sched.ts';
import { MILLISECOND, ns, pages, TIME_0 } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { SWAP_WRITE, waitFor } from '../mm/blkdev.ts';
import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { memcgOf, ROOT_MEMCG } from '../mm/memcgs.ts';
import { endNap, takeNap } from '../mm/nap.ts';
import { memoryEvent } from './memcontrol.ts';
import { calculateProtection, isBelowLow, isBelowMin } from './protection.ts';
import { enterMemstall, leaveMemstall } from './psi.ts';
import { getScanCount, inactiveIsLow, prepareScanCount, snapshotRefaults } from './scan-count.ts';
import { excess, shrinkShadowNodes } from './shadow-nodes.ts';
import { shrinkActiveList, shrinkInactiveList } from './shrink-list.ts';
import { finishPlug } from './swap-state.ts';
import { isRoot, sumOf, treeOf } from './tree.ts';
import {
  ACTIVE_ANON,
  ACTIVE_FILE,
  INACTIVE_ANON,
  INACTIVE_FILE,
  LISTS,
  type MemCgroup,
  type Mm,
  type Pass,
  type Task,
} from './types.ts';

/** mm/vmscan.c: one reclaim pass over a cgroup and all below, try_to_free_mem_cgroup_pages(). */

/** include/linux/mmzone.h */
const DEF_PRIORITY = 12;
/** reclaim_throttle(VMSCAN_THROTTLE_CONGESTED): a tick at the most. */
const NAP = 10 * MILLISECOND;
/** After looking at so many pages a pass gives other CPUs' steps a chance; the result is the same. */
const BREATH = 4096;

export const newPass = (): Pass => ({
  active: false,
  target: 0,
  wanted: 0,
  priority: 0,
  reclaimed: 0,
  looked: 0,
  mayDeactivate: [false, false],
  forceDeactivate: false,
  skippedDeactivate: false,
  cacheTrimMode: false,
  lowReclaim: false,
  lowSkipped: false,
  cost: [0, 0],
  memstall: false,
  thrashing: false,
  doing: 0,
  swapping: false,
  dirty: 0,
  congested: 0,
  patient: true,
  napping: false,
  napSince: TIME_0,
});

/** At least `wanted` pages are to be freed, and 32 if those are fewer. */
export function beginPass(mm: Mm, task: Task, target: MemCgroup, wanted: number): void {
  const { pass } = task;
  enterMemstall(mm, task);
  pass.active = true;
  pass.target = target.id;
  pass.wanted = Math.max(wanted, SWAP_CLUSTER_MAX);
  pass.priority = DEF_PRIORITY;
  pass.reclaimed = 0;
  pass.looked = 0;
  pass.forceDeactivate = false;
  pass.skippedDeactivate = false;
  pass.lowReclaim = false;
  pass.lowSkipped = false;
  pass.swapping = false;
  pass.patient = true;
  pass.napping = false;
  mm.sched.cost += mm.costs.priority;
}

/** do_try_to_free_pages(). Pages freed, or -1: the task sleeps, or gives others a turn; call again when it runs. */
export function continuePass(mm: Mm, task: Task): number {
  const { pass } = task;
  const target = mm.memcgs[pass.target];
  if (target === null || target === undefined) {
    dropPass(mm, task);
    return 0;
  }
  if (pass.napping) endNap(mm, task, target.path);
  const breath = pass.looked + BREATH;
  for (;;) {
    while (pass.priority >= 0 && pass.reclaimed < pass.wanted) {
      if (pass.looked >= breath || (pass.swapping && waitForSwap(mm, task))) return -1;
      mm.sched.cost += mm.costs.priority;
      let isCongested = false;
      for (let node = 0; node < mm.nodes; node += 1) {
        shrinkNode(mm, task, target, node);
        isCongested ||= pass.congested > 0 && pass.congested === pass.dirty;
      }
      if (pass.reclaimed < pass.wanted) pass.priority -= 1;
      if (isCongested && pass.patient && mm.nrWriteback > 0 && isMostlyUnwritten(mm)) {
        takeNap(mm, task, NAP);
        return -1;
      }
    }
    if (!tryHarder(mm, pass, target)) return endPass(mm, task, target);
  }
}

/**
 * What goes to swap is there before the next priority: the recorded swap device was so fast, and who is not
 * (his queue is full before the list is through) has to wait, too.
 */
function waitForSwap(mm: Mm, task: Task): boolean {
  const { pass } = task;
  pass.swapping = false;
  const device = mm.devices[SWAP_WRITE];
  if (!pass.patient || device.length === 0) return false;
  const last = (device.head + device.length - 1) & (device.start.length - 1);
  waitFor(mm, task, SWAP_WRITE, device.start[last]);
  return true;
}

/** skip_throttle_noprogress() says the contrary: there is enough else in the machine. */
function isMostlyUnwritten(mm: Mm): boolean {
  const root = memcgOf(mm, ROOT_MEMCG);
  const reclaimable = sumOf(mm, root, (each) => each.file + (mm.swap.size > 0 ? each.anon : 0));
  return 2 * (mm.nrDirty + mm.nrWriteback) > reclaimable;
}

/** Nothing came of it: once more with what was spared, before the charge fails. */
function tryHarder(mm: Mm, pass: Pass, target: MemCgroup): boolean {
  if (pass.reclaimed > 0) return false;
  if (pass.skippedDeactivate) {
    pass.forceDeactivate = true;
    pass.skippedDeactivate = false;
  } else if (pass.lowSkipped) {
    pass.forceDeactivate = false;
    pass.lowReclaim = true;
    pass.lowSkipped = false;
  } else {
    return false;
  }
  for (let node = 0; node < mm.nodes; node += 1) snapshotRefaults(mm, target, node);
  pass.priority = DEF_PRIORITY;
  return true;
}

/** A whole pass by whoever may not sleep. Answers what it has freed. */
export function runPass(mm: Mm, task: Task, target: MemCgroup, wanted: number): number {
  beginPass(mm, task, target, wanted);
  task.pass.patient = false;
  for (;;) {
    const freed = continuePass(mm, task);
    if (freed >= 0) return freed;
  }
}

/** shrink_node(), shrink_node_memcgs() */
function shrinkNode(mm: Mm, task: Task, target: MemCgroup, node: number): void {
  const { pass } = task;
  pass.dirty = 0;
  pass.congested = 0;
  prepareScanCount(mm, pass, target, node);
  if (target.children.length === 0) shrinkMemcg(mm, task, target, target, node);
  else for (const memcg of treeOf(mm, target)) shrinkMemcg(mm, task, target, memcg, node);
}

function shrinkMemcg(mm: Mm, task: Task, target: MemCgroup, memcg: MemCgroup, node: number): void {
  const { pass } = task;
  calculateProtection(mm, target, memcg);
  if (isBelowMin(target, memcg)) return;
  if (isBelowLow(target, memcg)) {
    if (!pass.lowReclaim) {
      pass.lowSkipped = true;
      return;
    }
    memoryEvent(mm, memcg, 'low');
  }
  shrinkLruvec(mm, task, target, memcg, node);
  shrinkShadowNodes(mm, memcg, node, pass.priority);
}

/** Up to 32 pages of each list in turn, until as many as wanted are freed, or all that is due at this priority was looked at. */
function shrinkLruvec(mm: Mm, task: Task, target: MemCgroup, memcg: MemCgroup, node: number): void {
  const { pass } = task;
  const targets = getScanCount(mm, pass, target, memcg, node);
  const left = targets.slice();
  let freed = 0;
  // A global direct reclaim looks at all that is due at the first priority.
  const proportional = isRoot(target) && pass.priority === DEF_PRIORITY;
  while (left[INACTIVE_ANON] > 0 || left[ACTIVE_FILE] > 0 || left[INACTIVE_FILE] > 0) {
    for (let list = 0; list < LISTS; list += 1) {
      if (left[list] === 0) continue;
      const count = Math.min(left[list], SWAP_CLUSTER_MAX);
      left[list] -= count;
      freed += shrinkList(mm, task, target, memcg, node, list, count);
    }
    if (freed < pass.wanted || proportional) continue;
    if (!balanceRest(left, targets)) break;
  }
  finishPlug(mm);
  pass.reclaimed += freed;
  if (mm.swap.size > 0 && inactiveIsLow(memcg, node, INACTIVE_ANON))
    shrinkActiveList(mm, task, memcg, node, ACTIVE_ANON, SWAP_CLUSTER_MAX);
}

/** Enough is freed: the kind that has less to go stops, the other goes on to the same share of what was due. False: that is all. */
function balanceRest(left: number[], targets: readonly number[]): boolean {
  const anon = left[INACTIVE_ANON] + left[ACTIVE_ANON];
  const file = left[INACTIVE_FILE] + left[ACTIVE_FILE];
  if (anon === 0 || file === 0) return false;
  const [less, more] = file > anon ? [INACTIVE_ANON, INACTIVE_FILE] : [INACTIVE_FILE, INACTIVE_ANON];
  const due = targets[less] + targets[less + 1] + 1;
  const percentage = Math.floor((Math.min(anon, file) * 100) / due);
  left[less] = 0;
  left[less + 1] = 0;
  for (const list of [more, more + 1]) {
    const scanned = targets[list] - left[list];
    const share = Math.floor((targets[list] * (100 - percentage)) / 100);
    left[list] = share - Math.min(share, scanned);
  }
  return true;
}

function shrinkList(
  mm: Mm,
  task: Task,
  target: MemCgroup,
  memcg: MemCgroup,
  node: number,
  list: number,
  count: number,
): number {
  const { pass } = task;
  if ((list & 1) === 0) return shrinkInactiveList(mm, task, target, memcg, node, list, count);
  if (pass.mayDeactivate[list === ACTIVE_ANON ? 0 : 1]) shrinkActiveList(mm, task, memcg, node, list, count);
  else pass.skippedDeactivate = true;
  return 0;
}

function endPass(mm: Mm, task: Task, target: MemCgroup): number {
  const { pass } = task;
  const { stat } = target;
  for (let node = 0; node < mm.nodes; node += 1) snapshotRefaults(mm, target, node);
  leaveMemstall(mm, task);
  pass.active = false;
  const background = task.kind === 'reclaimer';
  if (background) {
    stat.bgPasses += 1;
    stat.bgZeroPasses += pass.reclaimed === 0 ? 1 : 0;
    stat.bgScanned += pass.looked;
    stat.bgReclaimed += pass.reclaimed;
  } else {
    stat.directPasses += 1;
    stat.directScanned += pass.looked;
    stat.directReclaimed += pass.reclaimed;
  }
  mm.observer?.({
    type: 'pass',
    time: ns(clock(mm.sched)),
    cgroup: target.path,
    by: task.pid,
    background,
    node: 0,
    priority: Math.max(pass.priority, 0),
    scanned: pages(pass.looked),
    reclaimed: pages(pass.reclaimed),
  });
  return pass.reclaimed;
}

/**
 * The pass that has just ended looked at no page, and one that began now would be the same until statistics are added up: all
 * that is reclaimable is nothing, with whatever share of it.
 */
export function isInVain(mm: Mm, { pass }: Task, target: MemCgroup): boolean {
  if (pass.looked > 0) return false;
  for (const memcg of treeOf(mm, target)) {
    const { emin, elow } = memcg.memory;
    if (memcg !== target && (emin > 0 || elow > 0)) return false;
    for (let node = 0; node < mm.nodes; node += 1) if (excess(mm, memcg, node) > 0) return false;
  }
  return true;
}

/** Such a pass once more. `cost`: when it ends, ns from the step's beginning. */
export function repeatPass(mm: Mm, task: Task, target: MemCgroup, cost: number): void {
  enterMemstall(mm, task);
  mm.sched.cost = cost;
  endPass(mm, task, target);
}

/** Who ends a task lets go of the pass that it was in. */
export function dropPass(mm: Mm, task: Task): void {
  if (task.pass.napping) finishWait(mm.congestion, task);
  leaveMemstall(mm, task);
  task.pass.active = false;
  task.pass.napping = false;
}
