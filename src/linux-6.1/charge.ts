import { clock, sleepOn } from '../kernel/sched.ts';
import { UNINTERRUPTIBLE } from '../kernel/thread.ts';
import { MILLISECOND, ns, pages, TIME_0 } from '../kernel/units.ts';
import { endStall } from '../mm/memcg-stat.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import { scheduleReclaim } from './background.ts';
import { globalReclaim } from './global-reclaim.ts';
import { memoryEvent } from './memcontrol.ts';
import { continueOverHigh, isOver, overHighNow, owe } from './memory-high.ts';
import { memCgroupOom } from './oom-kill.ts';
import { leastMargin, margin, type PageCounter, tryChargeCounter } from './page-counter.ts';
import { changesEach } from './rstat.ts';
import {
  CHARGE_BATCH,
  consumeObjStock,
  consumeStock,
  countSlab,
  drainAllStock,
  PAGE_BYTES,
  refillObjStock,
  refillStock,
  reserve,
  takeCharged,
} from './stock.ts';
import { isRoot, memCgroupFromTask, parentOf } from './tree.ts';
import type { Charge, MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass, runPass } from './vmscan.ts';

/** mm/memcontrol.c, try_charge_memcg(): what it takes to charge a page. */

/** mm/internal.h */
export const MAX_RECLAIM_RETRIES = 16;

const newCharge = (noRetry: boolean): Charge => ({
  batch: CHARGE_BATCH,
  retries: MAX_RECLAIM_RETRIES,
  drained: false,
  passedOom: false,
  over: false,
  noRetry,
  limited: 0,
  globalTries: 0,
  since: TIME_0 - 1,
});

/** consume_stock(), which leaves it there until it is used. */
const isStocked = (mm: Mm, task: Task, memcg: MemCgroup): boolean => {
  const cpu = mm.own.cpus[task.cpu];
  return isRoot(memcg) || cpu.reserved === memcg.id || (cpu.memcg === memcg.id && cpu.pages > 0);
};

/** Whether a page can be charged without reclaim. */
export function hasRoom(mm: Mm, task: Task): boolean {
  const memcg = memCgroupFromTask(mm, task);
  if (mm.freePages === 0) return false;
  if (isStocked(mm, task, memcg)) return true;
  for (let at: PageCounter | null = memcg.memory; at !== null; at = at.parent)
    if (margin(at) < 1) return false;
  return true;
}

/**
 * Charges one page to the task's cgroup. DONE: the page is there for commitCharge(), in the CPU's stock or reserved,
 * and so is a frame. May sleep: then call it again.
 */
export function tryCharge(mm: Mm, task: Task, noRetry = false): Status {
  const memcg = memCgroupFromTask(mm, task);
  if (task.charge === null) {
    if (isStocked(mm, task, memcg) && mm.freePages > 0) return DONE;
    task.charge = newCharge(noRetry);
  }
  const { charge } = task;
  const status = chargeSlowly(mm, task, memcg, charge);
  if (status === SUSPENDED) return SUSPENDED;
  task.charge = null;
  if (charge.since >= 0) endStall(mm, task, memcg, charge.since, status === DONE);
  return status;
}

function chargeSlowly(mm: Mm, task: Task, memcg: MemCgroup, charge: Charge): Status {
  for (;;) {
    if (charge.over) {
      if (continueOverHigh(mm, task) === SUSPENDED) return SUSPENDED;
      charge.over = false;
      if (isStocked(mm, task, memcg) && mm.freePages > 0) return DONE;
      continue;
    }
    if (charge.limited > 0) {
      const freed = continuePass(mm, task);
      if (freed < 0) return SUSPENDED;
      const again = mayTryAgain(mm, task, charge, freed);
      charge.limited = 0;
      if (!again) return FAILED;
      if (charge.passedOom && mm.nrDying > (task.killed ? 1 : 0)) {
        // Somebody else was chosen, and has to run to die.
        sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched) + 10 * MILLISECOND);
        return SUSPENDED;
      }
    }
    if (mm.freePages === 0 || charge.globalTries > 0) {
      const status = globalReclaim(mm, task, charge);
      if (status !== DONE) return status;
      continue;
    }
    if (isStocked(mm, task, memcg)) return DONE;
    const limited = tryCounters(mm, task, memcg, charge);
    if (limited === null) {
      charge.over = isOver(task);
      if (charge.over) continue;
      return DONE;
    }
    meetLimit(mm, task, limited, charge);
    beginPass(mm, task, limited, 1);
  }
}

/**
 * page_counter_try_charge() for a whole batch, then for the page alone. What is over goes into the stock. The cgroup
 * whose limit is in the way; null: it is charged.
 */
function tryCounters(mm: Mm, task: Task, memcg: MemCgroup, charge: Charge): MemCgroup | null {
  let counter = tryChargeCounter(memcg.memory, charge.batch);
  if (counter !== null && charge.batch > 1) {
    charge.batch = 1;
    counter = tryChargeCounter(memcg.memory, 1);
  }
  if (counter === null) {
    const cpu = mm.own.cpus[task.cpu];
    reserve(mm, cpu, memcg.id);
    if (charge.batch > 1) refillStock(mm, cpu, memcg.id, charge.batch - 1);
    owe(mm, task, memcg, charge.batch);
    scheduleReclaim(mm, memcg);
    return null;
  }
  let at = memcg;
  for (let up = parentOf(mm, at); at.memory !== counter && up !== null; up = parentOf(mm, at)) at = up;
  return at;
}

/**
 * Pages that can be charged one after the other with nobody woken, held or reclaimed for it: from the stock, then in
 * batches below where somebody would be, or one by one where a batch no longer fits.
 */
export function easyCharges(mm: Mm, { cpu: number }: Task, memcg: MemCgroup): number {
  const cpu = mm.own.cpus[number];
  if (isRoot(memcg)) return Infinity;
  if (cpu.reserved !== 0 && cpu.reserved !== memcg.id) return 0;
  const stock = (cpu.memcg === memcg.id ? cpu.pages : 0) + (cpu.reserved === 0 ? 0 : 1);
  let room = Infinity;
  for (let at: MemCgroup | null = memcg; at !== null; at = parentOf(mm, at)) {
    const { memory, swap, background } = at;
    const quiet = swap.usage > swap.high ? 0 : Math.min(memory.high, background.start) - memory.usage;
    const batches = Math.floor(Math.max(0, quiet) / CHARGE_BATCH) * CHARGE_BATCH;
    room = Math.min(room, margin(memory), batches);
  }
  return stock + room;
}

/** Charges pages for which there is such room. */
export function chargeEasily(mm: Mm, task: Task, memcg: MemCgroup, count: number): void {
  if (isRoot(memcg)) return;
  const cpu = mm.own.cpus[task.cpu];
  const charge = newCharge(false);
  for (let left = count; left > 0; ) {
    if (cpu.reserved === 0) {
      const stocked = cpu.memcg === memcg.id ? Math.min(left, cpu.pages) : 0;
      consumeStock(cpu, memcg.id, stocked);
      left -= stocked;
      if (left === 0) return;
      // Where no batch fits none will: but for the last they are charged at once.
      if (leastMargin(memcg.memory) < CHARGE_BATCH) {
        tryChargeCounter(memcg.memory, left - 1);
        left = 1;
      }
      charge.batch = CHARGE_BATCH;
      tryCounters(mm, task, memcg, charge);
    }
    takeCharged(mm, cpu, memcg.id);
    left -= 1;
  }
}

function meetLimit(mm: Mm, task: Task, limited: MemCgroup, charge: Charge): void {
  charge.limited = limited.id;
  memoryEvent(mm, limited, 'max');
  const time = clock(mm.sched);
  if (charge.since < 0) charge.since = time;
  mm.observer?.({
    type: 'limit-failure',
    time: ns(time),
    cgroup: limited.path,
    pid: task.pid,
    usage: pages(limited.memory.usage),
  });
}

/** After a pass for the cgroup at its limit. The OOM killer comes when 18 were for nothing; who dies of it tries 17 times more. */
function mayTryAgain(mm: Mm, task: Task, charge: Charge, freed: number): boolean {
  const limited = memcgOf(mm, charge.limited);
  if (margin(limited.memory) >= 1) return true;
  if (!charge.drained) {
    drainAllStock(mm, limited);
    charge.drained = true;
    return true;
  }
  if (charge.noRetry) return false;
  if (freed > 0) return true;
  if (charge.retries > 0) {
    charge.retries -= 1;
    return true;
  }
  if (charge.passedOom && task.killed) return false;
  if (!memCgroupOom(mm, limited)) return false;
  charge.passedOom = true;
  charge.retries = MAX_RECLAIM_RETRIES;
  return true;
}

/** obj_cgroup_charge(), of an object: it does not sleep. False: there is no room for it. */
export function chargeObject(mm: Mm, task: Task, memcg: MemCgroup, bytes: number, noRetry: boolean): boolean {
  if (chargeStocked(mm, task, memcg, bytes)) return true;
  const cpu = mm.own.cpus[task.cpu];
  if (!chargeKmem(mm, task, memcg, noRetry)) return false;
  refillObjStock(mm, cpu, memcg, PAGE_BYTES - bytes, false);
  countSlab(mm, cpu, memcg, bytes);
  return true;
}

/** The same, if what is left of the CPU's last page is enough. */
export function chargeStocked(mm: Mm, { cpu: number }: Task, memcg: MemCgroup, bytes: number): boolean {
  if (isRoot(memcg)) return true;
  const cpu = mm.own.cpus[number];
  if (!consumeObjStock(cpu, memcg.id, bytes)) return false;
  countSlab(mm, cpu, memcg, bytes);
  return true;
}

/** A page of kernel memory, here and now. */
export function chargeKmem(mm: Mm, task: Task, memcg: MemCgroup, noRetry: boolean): boolean {
  const cpu = mm.own.cpus[task.cpu];
  const charge = newCharge(noRetry);
  while (!consumeStock(cpu, memcg.id, 1)) {
    const limited = tryCounters(mm, task, memcg, charge);
    if (limited === null) {
      cpu.reserved = 0;
      if (isOver(task)) overHighNow(mm, task);
      break;
    }
    meetLimit(mm, task, limited, charge);
    if (!mayTryAgain(mm, task, charge, runPass(mm, task, limited, 1))) return false;
    // Who may not sleep does not wait for somebody else's death.
    if (charge.passedOom && !task.killed) return false;
  }
  changesEach(mm, memcg, 1);
  memcg.kmem += 1;
  return true;
}
