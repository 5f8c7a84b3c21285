import { clock, sleepOn } from '../kernel/sched.ts';
import { UNINTERRUPTIBLE } from '../kernel/thread.ts';
import { ns, TIME_0 } from '../kernel/units.ts';
import { endStall } from '../mm/memcg-stat.ts';
import { DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import { globalReclaim } from './global-reclaim.ts';
import { killLargest } from './oom.ts';
import type { Charge, MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/** mem_cgroup_charge_common() up to the charge itself: what it takes to make room for one page. */

/** mm/memcontrol.c: MEM_CGROUP_RECLAIM_RETRIES; so six refusals precede an OOM kill. */
const MEM_CGROUP_RECLAIM_RETRIES = 5;

/** Whether a page can be charged without reclaim. */
export const hasRoom = (mm: Mm, { res }: MemCgroup): boolean =>
  res.usage < res.limitPages && mm.freePages > 0;

/**
 * Makes room for one page: a free frame in the machine and one page below the
 * limit (mem_cgroup_charge_common, and the page allocator before it). DONE means
 * that `chargeFrame` may follow at once. May sleep: then call it again.
 */
export function tryCharge(mm: Mm, task: Task, memcg: MemCgroup): Status {
  if (task.charge === null) {
    if (hasRoom(mm, memcg)) return DONE;
    task.charge = { retries: MEM_CGROUP_RECLAIM_RETRIES, since: TIME_0 - 1, globalNext: -1, globalFreed: 0 };
  }
  const { charge } = task;
  const status = chargeSlowly(mm, task, memcg, charge);
  if (status === SUSPENDED) return SUSPENDED;
  task.charge = null;
  if (charge.since >= 0) endStall(mm, task, memcg, charge.since, status === DONE);
  return status;
}

function chargeSlowly(mm: Mm, task: Task, memcg: MemCgroup, charge: Charge): Status {
  const { pass } = task;
  for (;;) {
    if (charge.globalNext >= 0 || (mm.freePages === 0 && !pass.active)) {
      const status = globalReclaim(mm, task, charge);
      if (status !== DONE) return status;
      continue;
    }
    if (!pass.active) {
      if (memcg.res.usage < memcg.res.limitPages) return DONE;
      refuseCharge(mm, task, memcg, charge);
      beginPass(mm, task, memcg, false);
      if (giveWayToVictim(mm, task, memcg)) return SUSPENDED;
    }
    const reclaimed = continuePass(mm, task);
    if (reclaimed < 0) return SUSPENDED;
    // Progress, or usage is under the limit by somebody else's doing: try again.
    if (reclaimed > 0 || memcg.res.usage < memcg.res.limitPages) continue;
    // As posted, 3/4's block has an open end here: on to chargeFrame(), with nothing charged.
    if (mm.own.errata.chargeFallthrough && mm.freePages > 0) return DONE;
    if (mm.own.errata.chargeFallthrough) continue;
    charge.retries -= 1;
    if (charge.retries < 0) {
      killLargest(mm, memcg);
      return FAILED;
    }
  }
}

/**
 * cond_resched() in shrink_active_list() and shrink_page_list(): whoever the OOM
 * killer has just chosen is ahead of us, so it dies in the pass that we begin.
 */
function giveWayToVictim(mm: Mm, task: Task, memcg: MemCgroup): boolean {
  const dies = (other: Task): boolean => other.killed && other !== task && other.memcg === memcg.id;
  if (task.killed || mm.nrDying === 0 || !mm.tasks.some(dies)) return false;
  sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched));
  return true;
}

function refuseCharge(mm: Mm, task: Task, memcg: MemCgroup, charge: Charge): void {
  memcg.res.failcnt += 1;
  const time = clock(mm.sched);
  if (charge.since < 0) charge.since = time;
  mm.observer?.({
    type: 'limit-failure',
    time: ns(time),
    cgroup: memcg.path,
    pid: task.pid,
    usage: memcg.res.usage,
  });
}
