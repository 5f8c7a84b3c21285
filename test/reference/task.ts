import { ns } from '../../src/kernel/units.ts';
import type { Behaviour } from '../../src/task/behaviour.ts';
import { begin } from './behaviours.ts';
import { dropAccounting } from './memcontrol.ts';
import { exitMm } from './memory.ts';
import { showSize, usagePages } from './res-counter.ts';
import { clock, type StepEnd, sleepOn, wakeUp, wakeUpNewThread } from './sched.ts';
import { newThread } from './thread.ts';
import type { MemCgroup, Mm, Task, TaskWork, Work } from './types.ts';
import { tryToFreeMemCgroupPages } from './vmscan.ts';

/** Tasks and kernel threads: how they begin, run step by step, take signals, and end. */

export const FIRST_PID = 4_194_305;

export function newTask(
  mm: Mm,
  kind: Task['kind'],
  name: string,
  memcg: MemCgroup,
  node = 0,
  reclaims: MemCgroup | null = null,
): Task {
  const task: Task = {
    ...newThread(mm.nextPid),
    name,
    kind,
    node,
    memcg,
    reclaims,
    anon: null,
    anonPages: 0,
    vmas: [],
    openFiles: new Map(),
    thread: null,
    behaviour: null,
    work: null,
    doneInStep: 0,
    reads: null,
    killed: false,
    stopPending: false,
    shouldStop: false,
    stopRequested: false,
    inKernel: false,
    finished: false,
    outcome: 'ended',
    stallTime: 0,
    pagesWritten: 0,
  };
  mm.nextPid += 1;
  mm.tasks.push(task);
  memcg.nrTasks += 1;
  return task;
}

/** How a step ends in which a call sleeps or gives others a turn. */
export const suspended = (task: Task): StepEnd => {
  if (task.state !== 'running') return 'block';
  return task.kind === 'sh' ? 'go-on' : 'may-preempt';
};

/** A kernel thread does a task's work. */
export function* asThread<T>(task: Task, work: TaskWork<T>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield suspended(task);
  }
}

export function startBehaviour(mm: Mm, task: Task, behaviour: Behaviour): void {
  task.behaviour = behaviour;
  task.work = begin(mm, task, behaviour);
  task.stopRequested = false;
  wakeUp(mm.sched, task);
}

export function stopBehaviour(mm: Mm, task: Task): void {
  if (task.behaviour === null) return;
  if (task.state === 'stopped' && !task.inKernel) {
    endBehaviour(task, 'stopped', () => undefined);
    return;
  }
  task.stopRequested = true;
  if (!task.inKernel) wakeUp(mm.sched, task);
}

function endBehaviour(task: Task, outcome: Task['outcome'], ended: (task: Task) => void): void {
  task.behaviour = null;
  task.work = null;
  task.reads = null;
  task.finished = false;
  task.stopRequested = false;
  task.outcome = outcome;
  ended(task);
}

/** One step of a task: signals are taken on the way back to user mode, SIGKILL too. */
export function taskStep(mm: Mm, task: Task, ended: (task: Task) => void): StepEnd {
  const die = (): StepEnd => {
    endBehaviour(task, 'killed', ended);
    return 'exit';
  };
  if (!task.inKernel) {
    if (task.killed) return die();
    if (task.stopPending) {
      sleepOn(mm.sched, task, 'stopped');
      return 'block';
    }
    if (task.stopRequested) endBehaviour(task, 'stopped', ended);
    if (task.finished) endBehaviour(task, 'ended', ended);
  }
  if (task.work === null) {
    sleepOn(mm.sched, task, 'interruptible');
    return 'block';
  }
  const { reads } = task;
  if (task.inKernel && reads !== null) reads.mapping.length = Math.max(reads.mapping.length, reads.end);
  task.doneInStep = 0;
  const step = task.work.next();
  task.inKernel = !step.done && step.value === 'in-call';
  if (!step.done) return step.value === 'paused' ? 'block' : suspended(task);
  if (step.value) {
    task.finished = true;
    return 'may-preempt';
  }
  task.killed = true;
  return die();
}

/** do_exit(): gives everything back. */
export function exitTask(mm: Mm, task: Task): void {
  exitMm(mm, task);
  mm.congestion.delete(task);
  for (const device of mm.devices) device.waiters = device.waiters.filter((waiter) => waiter.task !== task);
  mm.tasks.splice(mm.tasks.indexOf(task), 1);
  task.memcg.nrTasks -= 1;
}

/** 3/4: mem_cgroup_start_daemon(): once. */
export function startDaemon(mm: Mm, memcg: MemCgroup): void {
  if (memcg.daemon !== null || !mm.reclaimd) return;
  const daemon = newTask(mm, 'memcontd', 'memcontd', mm.root, 0, memcg);
  daemon.thread = memcontd(mm, daemon, memcg);
  wakeUpNewThread(mm.sched, daemon);
  Object.assign(memcg, { daemon, daemonWaits: false, zeroPasses: 0, stuckPasses: 0, warnedUsage: 0 });
  mm.observer?.({ type: 'start', time: ns(clock(mm.sched)), cgroup: memcg.path, pid: daemon.pid });
}

export function stopDaemon(mm: Mm, { daemon }: MemCgroup): void {
  if (daemon === null) return;
  daemon.shouldStop = true;
  wakeUp(mm.sched, daemon);
}

export function daemonExited(mm: Mm, memcg: MemCgroup, { pid, sumExec }: Task): void {
  memcg.stat.bgCpu += sumExec;
  memcg.daemon = null;
  memcg.daemonWaits = false;
  mm.observer?.({ type: 'stop', time: ns(clock(mm.sched)), cgroup: memcg.path, pid });
}

/** 3/4: mem_cgroup_reclaim_daemon(). Awake it reclaims until usage is at or below low. */
function* memcontd(mm: Mm, thread: Task, memcg: MemCgroup): Work<undefined> {
  while (!thread.shouldStop) {
    mm.sched.cost += mm.costs.syscall;
    if (memcg.res.usage <= memcg.res.low) {
      memcg.daemonWaits = true;
      memcg.zeroPasses = 0;
      memcg.warnedUsage = 0;
      sleepOn(mm.sched, thread, 'interruptible');
      const [time, usage] = [ns(clock(mm.sched)), usagePages(memcg.res)];
      mm.observer?.({ type: 'sleep', time, cgroup: memcg.path, pid: thread.pid, usage });
      yield 'block';
      memcg.daemonWaits = false;
      memcg.stat.bgSleeps += 1;
      continue;
    }
    const reclaimed = yield* asThread(thread, tryToFreeMemCgroupPages(mm, thread, memcg, true));
    watchForSpinning(mm, memcg, reclaimed);
    yield 'yield';
  }
}

export const SPINNING_PASSES = 10;

/** A low mark that can't be reached just burns CPU: said when the usage stands still, too. */
function watchForSpinning(mm: Mm, memcg: MemCgroup, reclaimed: number): void {
  const [usage, { low }] = [usagePages(memcg.res), memcg.res];
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
      `memory.low_wmark_in_bytes (${showSize(low)}) can't be reached: ${SPINNING_PASSES} passes in a ` +
      `row freed nothing, and memcontd burns CPU: set it to ${memcg.res.usage} (${showSize(memcg.res.usage)}) or more`,
  });
}

/** 1/4: reclaims as long as passes make progress, then drops the accounting of what is left. */
export function* forceEmpty(mm: Mm, task: Task, memcg: MemCgroup): Work<void> {
  while (!mm.errata.forceEmptyInverted && memcg.res.usage > 0n) {
    const reclaimed = yield* asThread(task, tryToFreeMemCgroupPages(mm, task, memcg, false));
    if (reclaimed === 0) break;
  }
  dropAccounting(mm, memcg);
}
