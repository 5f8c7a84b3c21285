import { BLOCK, clock, MAY_PREEMPT, type StepEnd, sleepOn } from '../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../kernel/thread.ts';
import { MILLISECOND } from '../kernel/units.ts';
import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { endStall } from '../mm/memcg-stat.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { DONE, type Status, SUSPENDED } from '../mm/types.ts';
import { memoryEvent, swapEvent } from './memcontrol.ts';
import type { PageCounter } from './page-counter.ts';
import { enterMemstall, leaveMemstall } from './psi.ts';
import { CHARGE_BATCH } from './stock.ts';
import { isRoot, memCgroupFromTask, parentOf } from './tree.ts';
import type { MemCgroup, Mm, OverHigh, Task } from './types.ts';
import { beginPass, continuePass, dropPass, runPass } from './vmscan.ts';

/**
 * mm/memcontrol.c, memory.high: who charges above it reclaims as much on the way back to user mode, at once when it is
 * more than a batch, and is held there the longer the more is left above.
 */

const MAX_RECLAIM_RETRIES = 16;
/** MEMCG_DELAY_PRECISION_SHIFT, MEMCG_DELAY_SCALING_SHIFT; HZ of the recorded kernel. */
const PRECISION_SHIFT = 20n;
const SCALING_SHIFT = 14n;
const HZ = 100n;
/** MEMCG_MAX_HIGH_DELAY_JIFFIES, and the delay (HZ / 100) up to which nobody is held: jiffies. */
const MAX_DELAY = 200;
const LENIENT_DELAY = 1;
const JIFFY = 10 * MILLISECOND;

const isAbove = ({ memory }: MemCgroup): boolean => memory.usage > memory.high;

/** A reclaimer in the background sees to it, as long as nobody would be held. */
const isLenient = (mm: Mm, memcg: MemCgroup, pages: number): boolean =>
  mm.kernel.rule.lenient === true && highDelay(mm, memcg, pages) <= LENIENT_DELAY;

/** try_charge_memcg(): the task will have to answer for these pages above memory.high, its cgroup's or one above. */
export function owe(mm: Mm, task: Task, memcg: MemCgroup, count: number): void {
  for (let at: MemCgroup | null = memcg; at !== null; at = parentOf(mm, at)) {
    if (!isAbove(at) && at.swap.usage <= at.swap.high) continue;
    task.overHigh ??= newOverHigh();
    task.overHigh.pages += count;
    memcg.stat.overHigh += count;
    return;
  }
}

const newOverHigh = (): OverHigh => ({
  pages: 0,
  since: -1,
  owed: 0,
  wanted: 0,
  next: 0,
  freed: 0,
  retries: 0,
  until: 0,
});

/** It has charged more than a batch above, and does not wait for its return to user mode. */
export const isOver = ({ overHigh }: Task): boolean => overHigh !== null && overHigh.pages > CHARGE_BATCH;

/** mem_cgroup_handle_over_high(). May sleep: call it again. */
export function continueOverHigh(mm: Mm, task: Task): Status {
  const over = task.overHigh;
  if (over === null) return DONE;
  const memcg = memCgroupFromTask(mm, task);
  if (over.since < 0) {
    begin(mm, over, memcg);
    if (isLenient(mm, memcg, over.owed)) return end(mm, task, memcg, over);
  }
  for (;;) {
    if (over.until > 0) {
      if (clock(mm.sched) >= over.until || task.killed) return end(mm, task, memcg, over);
      sleepOn(mm.sched, task, INTERRUPTIBLE, over.until);
      return SUSPENDED;
    }
    while (over.next > 0) {
      const at = memcgOf(mm, over.next);
      if (task.pass.active || isAbove(at)) {
        if (!task.pass.active) {
          memoryEvent(mm, at, 'high');
          beginPass(mm, task, at, over.wanted);
        }
        const freed = continuePass(mm, task);
        if (freed < 0) return SUSPENDED;
        over.freed += freed;
      }
      over.next = nextAbove(mm, at);
    }
    const delay = highDelay(mm, memcg, over.owed);
    if (delay <= LENIENT_DELAY || task.killed) return end(mm, task, memcg, over);
    if (over.freed > 0 || over.retries > 0) {
      if (over.freed === 0) over.retries -= 1;
      beginRound(over, memcg, SWAP_CLUSTER_MAX);
      return SUSPENDED;
    }
    over.until = clock(mm.sched) + delay * JIFFY;
    enterMemstall(mm, task);
  }
}

function begin(mm: Mm, over: OverHigh, memcg: MemCgroup): void {
  over.since = clock(mm.sched);
  over.retries = MAX_RECLAIM_RETRIES;
  over.owed = over.pages;
  over.pages = 0;
  over.until = 0;
  beginRound(over, memcg, over.owed);
}

function beginRound(over: OverHigh, memcg: MemCgroup, wanted: number): void {
  over.wanted = wanted;
  over.freed = 0;
  over.next = isRoot(memcg) ? 0 : memcg.id;
}

/** reclaim_high() leaves the root out. */
function nextAbove(mm: Mm, memcg: MemCgroup): number {
  const parent = parentOf(mm, memcg);
  return parent === null || isRoot(parent) ? 0 : parent.id;
}

/** The same where nobody may sleep: reclaim, and no throttle. */
export function overHighNow(mm: Mm, task: Task): void {
  const over = task.overHigh;
  if (over === null) return;
  const memcg = memCgroupFromTask(mm, task);
  begin(mm, over, memcg);
  while (over.next > 0 && !isLenient(mm, memcg, over.owed)) {
    const at = memcgOf(mm, over.next);
    if (isAbove(at)) {
      memoryEvent(mm, at, 'high');
      runPass(mm, task, at, over.wanted);
    }
    over.next = nextAbove(mm, at);
  }
  forget(task, over);
}

/** How long a task is held that has charged so many pages, in jiffies: for memory, and for swap. */
export function highDelay(mm: Mm, memcg: MemCgroup, pages: number): number {
  let memory = 0n;
  let swap = 0n;
  for (let at: MemCgroup | null = memcg; at !== null && !isRoot(at); at = parentOf(mm, at)) {
    memory = greater(memory, overage(at.memory));
    const ofSwap = overage(at.swap);
    if (ofSwap > 0n) swapEvent(mm, at, 'high');
    swap = greater(swap, ofSwap);
  }
  return Math.min(MAX_DELAY, Number(penalty(memory, pages) + penalty(swap, pages)));
}

const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** calculate_overage() */
function overage({ usage, high }: PageCounter): bigint {
  return usage > high ? (BigInt(usage - high) << PRECISION_SHIFT) / BigInt(Math.max(high, 1)) : 0n;
}

/** calculate_high_delay(): by the square of what is above, in proportion to what was charged. */
const penalty = (most: bigint, pages: number): bigint =>
  (((most * most * HZ) >> (PRECISION_SHIFT + SCALING_SHIFT)) * BigInt(pages)) / BigInt(CHARGE_BATCH);

function end(mm: Mm, task: Task, memcg: MemCgroup, over: OverHigh): Status {
  leaveMemstall(mm, task);
  if (clock(mm.sched) > over.since) endStall(mm, task, memcg, over.since, true);
  forget(task, over);
  return DONE;
}

function forget(task: Task, over: OverHigh): void {
  over.since = -1;
  if (over.pages === 0) task.overHigh = null;
}

/** On the way back to user mode. How the step ends; null: the task may go on. */
export function doNotifyResume(mm: Mm, task: Task): StepEnd | null {
  const { overHigh } = task;
  // In the middle of a call; or of a charge, which sees to it itself.
  if (overHigh === null || task.charge !== null || (task.inKernel && overHigh.since < 0)) return null;
  task.inKernel = true;
  if (continueOverHigh(mm, task) === SUSPENDED) return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
  dropPass(mm, task);
  task.inKernel = false;
  return null;
}
