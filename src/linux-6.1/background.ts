import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd, sleepOn, wakeUp, YIELD } from '../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../kernel/thread.ts';
import { nextStep, undisturbedUntil } from '../kernel/undisturbed.ts';
import { ns, pages } from '../kernel/units.ts';
import type { ReclaimStat } from '../mm/figures.ts';
import { kthreadRun } from '../mm/process.ts';
import { releaseIfEmpty } from './memcontrol.ts';
import { PAGE_COUNTER_MAX } from './page-counter.ts';
import { parentOf } from './tree.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass, isInVain, repeatPass } from './vmscan.ts';

/** Who reclaims in the background, by whatever rule: a thread of a cgroup, which a charge wakes. The kernel has none. */

/** Where it stands, in thread.phase. */
const TOP = 0;
export const ASLEEP = 1;
export const IN_PASS = 2;

/** After so many passes in a row that freed nothing it is said to spin. */
const SPINNING_PASSES = 10;

/** After a knob or a limit was written: new marks, and the thread if there is to be one. */
export function placeMarks(mm: Mm, memcg: MemCgroup): void {
  const { rule } = mm.kernel;
  if (rule.marks === undefined) return;
  const { background } = memcg;
  const marks = rule.marks(memcg);
  background.start = marks?.start ?? PAGE_COUNTER_MAX;
  background.stop = marks?.stop ?? PAGE_COUNTER_MAX;
  const name = rule.thread?.(memcg) ?? null;
  if (name !== null) startDaemon(mm, memcg, name);
  // What lies above already is seen to at once.
  if (!rule.byTheClock && memcg.memory.usage > background.start) wakeReclaimer(mm, memcg);
}

/** Once; a cgroup that has its thread keeps it. */
export function startDaemon(mm: Mm, memcg: MemCgroup, name: string): void {
  if (memcg.daemon !== null || !mm.own.reclaimd) return;
  memcg.daemon = kthreadRun(mm, 'reclaimer', name, memcg.id);
  memcg.background.waits = false;
  memcg.background.zeroPasses = 0;
  tell(mm, 'start', memcg, memcg.daemon);
}

export function daemonExited(mm: Mm, memcg: MemCgroup, thread: Task): void {
  memcg.stat.bgCpu += thread.sumExec;
  memcg.daemon = null;
  memcg.background.waits = false;
  tell(mm, 'stop', memcg, thread);
  if (!memcg.online) releaseIfEmpty(mm, memcg);
}

/** try_charge_memcg(), when it has charged: the cgroup or one above may be above where reclaim starts. */
export function scheduleReclaim(mm: Mm, memcg: MemCgroup): void {
  const { rule } = mm.kernel;
  if (rule.step === undefined || rule.byTheClock) return;
  for (let at: MemCgroup | null = memcg; at !== null; at = parentOf(mm, at))
    if (at.memory.usage > at.background.start) wakeReclaimer(mm, at);
}

function wakeReclaimer(mm: Mm, memcg: MemCgroup): void {
  const { daemon, background } = memcg;
  if (daemon === null || !background.waits) return;
  background.waits = false;
  wakeUp(mm.sched, daemon);
  tellAwake(mm, memcg, daemon);
}

export function tellAwake(mm: Mm, memcg: MemCgroup, { pid }: { readonly pid: number }): void {
  memcg.stat.bgWakeups += 1;
  tell(mm, 'wake', memcg, { pid });
}

/** One step of a cgroup's reclaimer. */
export function reclaimerStep(mm: Mm, thread: Task): StepEnd {
  const memcg = mm.memcgs[thread.reclaims];
  return (memcg && mm.kernel.rule.step?.(mm, thread, memcg)) ?? EXIT;
}

/**
 * A thread that a charge wakes: passes, one after the other, for as long as `due` says how many pages the
 * next is to free. It is told what the last freed; -1: it has not run yet since the thread was woken.
 */
export function backgroundStep(
  mm: Mm,
  thread: Task,
  memcg: MemCgroup,
  due: (freed: number) => number,
): StepEnd {
  if (thread.phase !== IN_PASS) {
    if (thread.phase === ASLEEP) awake(thread, memcg);
    if (thread.shouldStop) return EXIT;
    mm.sched.cost += mm.costs.syscall;
    const wanted = due(-1);
    if (wanted <= 0) return goToSleep(mm, thread, memcg);
    beginPass(mm, thread, memcg, wanted);
    thread.phase = IN_PASS;
  }
  const freed = continuePass(mm, thread);
  if (freed < 0) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  thread.phase = TOP;
  const { background } = memcg;
  background.zeroPasses = freed > 0 ? 0 : background.zeroPasses + 1;
  if (thread.shouldStop) return YIELD;
  if (due(freed) <= 0) return goToSleep(mm, thread, memcg);
  if (isInVain(mm, thread, memcg)) spin(mm, thread, memcg);
  return YIELD;
}

/** The same pass again, up to when something else happens in the machine: thousands of them in a row. */
function spin(mm: Mm, thread: Task, memcg: MemCgroup): void {
  const { sched } = mm;
  const { cost } = sched;
  const until = Math.min(undisturbedUntil(sched, thread), mm.own.stats.due);
  while (clock(sched) < until) {
    nextStep(sched, thread);
    sched.cost = mm.costs.syscall;
    repeatPass(mm, thread, memcg, cost);
    memcg.background.zeroPasses += 1;
  }
}

export function awake(thread: Task, { background, stat }: MemCgroup): void {
  background.waits = false;
  thread.phase = TOP;
  stat.bgSleeps += 1;
}

/** Until a charge wakes it, or that time comes, ns. */
export function goToSleep(mm: Mm, thread: Task, memcg: MemCgroup, until?: number): StepEnd {
  memcg.background.waits = true;
  memcg.background.zeroPasses = 0;
  thread.phase = ASLEEP;
  sleepOn(mm.sched, thread, INTERRUPTIBLE, until);
  tell(mm, 'sleep', memcg, thread);
  return BLOCK;
}

export function stateOf({ daemon, background }: MemCgroup): ReclaimStat['bg_state'] {
  if (daemon === null) return 'none';
  if (background.waits) return 'sleeping';
  return background.zeroPasses >= SPINNING_PASSES ? 'spinning' : 'reclaiming';
}

function tell(
  mm: Mm,
  type: 'start' | 'stop' | 'wake' | 'sleep',
  { path: cgroup, memory }: MemCgroup,
  { pid }: { readonly pid: number },
): void {
  mm.observer?.({ type, time: ns(clock(mm.sched)), cgroup, pid, usage: pages(memory.usage) });
}
