import { exactSize } from '../kernel/numbers.ts';
import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd, sleepOn, YIELD } from '../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../kernel/thread.ts';
import { bytesOf, ns, pages } from '../kernel/units.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { BELOW_LOW, resCounterState } from './res-counter.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/**
 * 3/4: mem_cgroup_reclaim_daemon(), the thread memcontd. Awake it reclaims, a
 * pass at a time, until usage is at or below low; hysteresis lives in its sleep
 * alone.
 */

/** Where the loop stands, in thread.phase. */
const TOP = 0;
export const ASLEEP = 1;
export const IN_PASS = 2;

/** After so many passes in a row that freed nothing it is said to spin, and warned about. */
export const SPINNING_PASSES = 10;

export function memcontdStep(mm: Mm, thread: Task): StepEnd {
  const memcg = memcgOf(mm, thread.reclaims);
  if (memcg.freed) return oops(mm, thread, memcg);
  if (thread.phase === IN_PASS) return goOnWithPass(mm, thread, memcg);
  if (thread.phase === ASLEEP) {
    // finish_wait(); "continue" looks at kthread_should_stop() first.
    memcg.daemonWaits = false;
    thread.phase = TOP;
    memcg.stat.bgSleeps += 1;
  }
  if (thread.shouldStop) return EXIT;
  mm.sched.cost += mm.costs.syscall;
  if (resCounterState(memcg.res, mm.own.errata.stateNeverOverLimit) === BELOW_LOW) {
    return goToSleep(mm, thread, memcg);
  }
  beginPass(mm, thread, memcg, true);
  return goOnWithPass(mm, thread, memcg);
}

/** From prepare_to_wait() on, until it is woken, it is on the wait queue. */
export function goToSleep(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd {
  memcg.daemonWaits = true;
  thread.phase = ASLEEP;
  memcg.zeroPasses = 0;
  memcg.warnedUsage = 0;
  sleepOn(mm.sched, thread, INTERRUPTIBLE);
  mm.observer?.({
    type: 'sleep',
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    pid: thread.pid,
    usage: memcg.res.usage,
  });
  return BLOCK;
}

function goOnWithPass(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd {
  thread.phase = IN_PASS;
  const reclaimed = continuePass(mm, thread);
  if (reclaimed < 0) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  thread.phase = TOP;
  watchForSpinning(mm, memcg, reclaimed);
  return YIELD;
}

/**
 * The author's third question: a low mark that can't be reached just burns CPU, so
 * warn. Only when the usage stands still too, since then it says how low a mark
 * this workload can reach; and again only when that has risen.
 */
function watchForSpinning(mm: Mm, memcg: MemCgroup, reclaimed: number): void {
  const { usage } = memcg.res;
  memcg.zeroPasses = reclaimed > 0 ? 0 : memcg.zeroPasses + 1;
  memcg.stuckPasses = reclaimed > 0 || usage !== memcg.stuckUsage ? 0 : memcg.stuckPasses + 1;
  memcg.stuckUsage = usage;
  if (memcg.stuckPasses < SPINNING_PASSES || usage <= memcg.warnedUsage) return;
  memcg.warnedUsage = usage;
  mm.observer?.({
    type: 'warning',
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    floor: usage,
    text:
      `memory.low_wmark_in_bytes (${exactSize(memcg.res.low)}) can't be reached: ${SPINNING_PASSES} passes in a ` +
      `row freed nothing, and memcontd burns CPU: set it to ${bytesOf(usage)} (${exactSize(bytesOf(usage))}) or more`,
  });
}

/** A use after free (erratum start-after-rmdir): in the kernel anything may come of it, here the thread is gone. */
function oops(mm: Mm, { pid }: Task, { path }: MemCgroup): StepEnd {
  mm.observer?.({
    type: 'warning',
    time: ns(clock(mm.sched)),
    cgroup: path,
    floor: pages(0),
    text: `memcontd ${pid} touches the mem_cgroup of ${path}, which was freed (the erratum start-after-rmdir)`,
  });
  return EXIT;
}
