import { dequeue, enqueue, inOrder, pickNext, type RunQueue } from './run-queue.ts';
import { MIN_GRANULARITY, NICE_0_WEIGHT, SCHED_LATENCY, WAKEUP_GRANULARITY } from './sched-tunables.ts';
import { DEAD, RUNNING, STOPPED, type Thread, type ThreadState } from './thread.ts';
import { addTimer, newTimers, nextName, nextTarget, nextTimer, type Timers, takeTimer } from './timer.ts';
import { TIME_0 } from './units.ts';

/**
 * A fair scheduler after CFS of 2.6.26 (kernel/sched_fair.c): threads run in the
 * order of their weighted virtual run time; a sleeper comes back with at most
 * `SCHED_LATENCY` of credit; yield() only puts a thread back by its virtual run
 * time. N CPUs share one queue. Threads give way only where their step says so
 * (CONFIG_PREEMPT off), never inside a step.
 */

/** What a step answers. */
export const GO_ON = 0;
/** The end of a system call, or a cond_resched(): the thread may be preempted here. */
export const MAY_PREEMPT = 1;
export const YIELD = 2;
/** The thread has put itself to sleep. */
export const BLOCK = 3;
export const EXIT = 4;
export type StepEnd = typeof GO_ON | typeof MAY_PREEMPT | typeof YIELD | typeof BLOCK | typeof EXIT;

export interface Cpu<T extends Thread> {
  /** When this CPU can begin its next step, ns; meaningless while idle. */
  now: number;
  current: T | null;
  /** A woken thread has more right to the CPU than `current`. */
  needResched: boolean;
  /** CPU time that `current` had used when it was put here, for the time slice, ns. */
  sliceStart: number;
  /**
   * Who left it last, by pid (0 for nobody), and the end of its last step, ns: it can't run elsewhere before.
   * Those who left earlier can, since a CPU's steps begin one after the other.
   */
  left: number;
  leftAt: number;
}

export interface Sched<T extends Thread> {
  /** When the step or timer in hand began, ns. */
  now: number;
  /** CPU time that the step in hand has used so far, ns. */
  cost: number;
  /** The thread whose step is in hand. */
  current: T | null;
  minVruntime: number;
  readonly cpus: Cpu<T>[];
  readonly queue: RunQueue<T>;
  readonly timers: Timers;
  /** During an event: up to then (ns) nobody outside asks to be shown what there is between two events. */
  unseenUntil: number;
  /** Bound at boot and at a load, and no part of the state. */
  watcher: Watcher<T> | null;
  /** CPU time of putting another thread on a CPU, and delay until an idle CPU has heard of it, ns. */
  readonly contextSwitch: number;
  readonly wakeLatency: number;
}

/** Says who runs next where there is a choice, in place of the scheduler: for who asks what else could have been. */
export interface Chooser<T extends Thread> {
  /** The scheduler's own choice comes first, then the others as they would come. `running`: who could go on; null: nobody. */
  choose(candidates: readonly T[], running: T | null): T;
}

export interface SchedHost<T extends Thread> {
  /** Left out, or null: the scheduler itself. */
  chooser?: Chooser<T> | null;
  step(thread: T): StepEnd;
  threadOf(pid: number): T | undefined;
  /** A device's timer went off. */
  deviceTimer(index: number): void;
  exited(thread: T): void;
}

/** Is told when a thread wakes, comes to a CPU or leaves it, at `now` (ns). */
export interface Watcher<T extends Thread> {
  changed(thread: T, now: number): void;
}

export function newSched<T extends Thread>(
  cpus: number,
  contextSwitch: number,
  wakeLatency: number,
): Sched<T> {
  return {
    now: TIME_0,
    cost: 0,
    current: null,
    minVruntime: TIME_0,
    cpus: Array.from({ length: cpus }, () => newCpu()),
    queue: [],
    timers: newTimers(),
    unseenUntil: TIME_0,
    watcher: null,
    contextSwitch,
    wakeLatency,
  };
}

const newCpu = <T extends Thread>(): Cpu<T> => ({
  now: TIME_0,
  current: null,
  needResched: false,
  sliceStart: TIME_0,
  left: 0,
  leftAt: TIME_0,
});

/** The present inside a step: its begin and what it has used so far. */
export const clock = <T extends Thread>(sched: Sched<T>): number => sched.now + sched.cost;

/** try_to_wake_up() for a thread in any sleep (not one stopped by a signal); answers whether it slept. */
export function wakeUp<T extends Thread>(sched: Sched<T>, thread: T): boolean {
  if (thread.state === RUNNING || thread.state === DEAD || thread.state === STOPPED) return false;
  thread.state = RUNNING;
  thread.timer = 0;
  if (thread.onCpu) return true;
  placeEntity(sched, thread);
  place(sched, thread);
  sched.watcher?.changed(thread, clock(sched));
  return true;
}

/** place_entity(): a sleeper is ahead of the others by one latency at most. */
function placeEntity<T extends Thread>(sched: Sched<T>, thread: T): void {
  thread.vruntime = Math.max(thread.vruntime, sched.minVruntime - SCHED_LATENCY);
}

/** A new thread begins where the others stand. */
export function wakeUpNewThread<T extends Thread>(sched: Sched<T>, thread: T): void {
  thread.state = RUNNING;
  thread.vruntime = sched.minVruntime;
  place(sched, thread);
  sched.watcher?.changed(thread, clock(sched));
}

function place<T extends Thread>(sched: Sched<T>, thread: T): void {
  const idle = idleCpu(sched, thread);
  if (idle >= 0) {
    const cpu = sched.cpus[idle];
    const heard = clock(sched) + sched.wakeLatency;
    cpu.now = Math.max(cpu.now, heard, readyAt(sched, thread)) + sched.contextSwitch;
    switchTo(cpu, idle, thread);
    return;
  }
  enqueue(sched.queue, thread);
  checkPreempt(sched, thread);
}

/** When its last step ends, ns, if that is not over: it can't run before; else 0. */
function readyAt<T extends Thread>(sched: Sched<T>, thread: T): number {
  const cpu = sched.cpus[thread.cpu];
  return cpu.left === thread.pid ? cpu.leftAt : 0;
}

function idleCpu<T extends Thread>(sched: Sched<T>, thread: T): number {
  if (thread.cpu < sched.cpus.length && sched.cpus[thread.cpu].current === null) return thread.cpu;
  for (let index = 0; index < sched.cpus.length; index += 1) {
    if (sched.cpus[index].current === null) return index;
  }
  return -1;
}

/** check_preempt_wakeup(): the CPU whose thread is farthest behind the woken one gives way. */
function checkPreempt<T extends Thread>(sched: Sched<T>, woken: T): void {
  let victim: Cpu<T> | null = null;
  let farthest = woken.vruntime + WAKEUP_GRANULARITY;
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu.current.vruntime > farthest) {
      farthest = cpu.current.vruntime;
      victim = cpu;
    }
  }
  if (victim !== null) victim.needResched = true;
}

/** need_resched(): the running thread is to give way at its next cond_resched(). */
export const needResched = <T extends Thread>(sched: Sched<T>, thread: T): boolean =>
  sched.cpus[thread.cpu].needResched;

/** Goes to sleep until woken; with `until` (ns) at the latest then. Its step must answer BLOCK. */
export function sleepOn<T extends Thread>(
  sched: Sched<T>,
  thread: T,
  state: ThreadState,
  until: number | null = null,
): void {
  thread.state = state;
  thread.timer = until === null ? 0 : addTimer(sched.timers, until, thread.pid);
}

/** Takes a thread that does not run off the queue for good (it died, or was stopped, in the queue). */
export function removeFromQueue<T extends Thread>(sched: Sched<T>, thread: T): void {
  if (thread.queueIndex >= 0) dequeue(sched.queue, thread);
}

/** Ends a thread from outside, between two of its steps. */
export function endThread<T extends Thread>(sched: Sched<T>, thread: T): void {
  thread.state = DEAD;
  thread.timer = 0;
  removeFromQueue(sched, thread);
  for (const [index, cpu] of sched.cpus.entries()) {
    if (cpu.current !== thread) continue;
    thread.onCpu = false;
    scheduleNext(sched, cpu, index);
  }
  sched.watcher?.changed(thread, clock(sched));
}

/** `name`: one that nameTimer() gave before; left out: a new one. */
export function addDeviceTimer<T extends Thread>(
  sched: Sched<T>,
  index: number,
  time: number,
  name?: number,
): void {
  addTimer(sched.timers, time, ~index, name);
}

/** When the earliest timer or step is, ns; Infinity: there is none. */
export function nextEvent<T extends Thread>(sched: Sched<T>): number {
  let time = nextTimer(sched.timers);
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu.now < time) time = cpu.now;
  }
  return time;
}

/**
 * One event: the earliest timer or step. False, and nothing done, when there is
 * none up to and including `until` (ns).
 */
export function runOneEvent<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, until: number): boolean {
  let index = -1;
  let time = Infinity;
  const { cpus } = sched;
  for (let i = 0; i < cpus.length; i += 1) {
    if (cpus[i].current !== null && cpus[i].now < time) {
      time = cpus[i].now;
      index = i;
    }
  }
  const timer = nextTimer(sched.timers);
  if (timer <= time) {
    if (timer > until || timer === Infinity) return false;
    fireTimer(sched, host, timer);
    return true;
  }
  if (time > until) return false;
  runStep(sched, host, cpus[index], index);
  return true;
}

function fireTimer<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, time: number): void {
  sched.now = Math.max(sched.now, time);
  sched.cost = 0;
  const target = nextTarget(sched.timers);
  const name = nextName(sched.timers);
  takeTimer(sched.timers);
  if (target < 0) {
    host.deviceTimer(~target);
    return;
  }
  const thread = host.threadOf(target);
  // A sleeper that was woken otherwise has forgotten its timer.
  if (thread !== undefined && thread.timer === name) wakeUp(sched, thread);
}

function runStep<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, cpu: Cpu<T>, index: number): void {
  const thread = cpu.current;
  if (thread === null) return;
  sched.now = cpu.now;
  sched.cost = 0;
  sched.current = thread;
  const end = host.step(thread);
  sched.current = null;
  account(sched, cpu, thread);
  switch (end) {
    case GO_ON:
      return;
    case MAY_PREEMPT:
      if (sched.queue.length > 0) {
        const gives = mustGiveWay(sched, cpu, thread);
        const next = chosen(sched, host, gives ? null : thread, thread);
        if (gives || (next !== undefined && next !== thread)) putBack(sched, cpu, index, thread, next);
      }
      // Whoever wanted the CPU has found another.
      cpu.needResched = false;
      return;
    case YIELD:
      if (sched.queue.length > 0) putBack(sched, cpu, index, thread, chosen(sched, host, null, thread));
      return;
    case BLOCK:
      leave(cpu, thread);
      // Woken between its decision to sleep and now: it is runnable still.
      if (thread.state === RUNNING) enqueue(sched.queue, thread);
      sched.watcher?.changed(thread, cpu.now);
      scheduleNext(sched, cpu, index, chosen(sched, host));
      return;
    case EXIT:
      thread.onCpu = false;
      thread.state = DEAD;
      sched.watcher?.changed(thread, cpu.now);
      scheduleNext(sched, cpu, index, chosen(sched, host));
      host.exited(thread);
  }
}

/** Ends the step in hand: what it has used is the thread's. */
export function account<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, thread: T): void {
  const used = sched.cost;
  cpu.now += used;
  thread.sumExec += used;
  thread.vruntime += (used * NICE_0_WEIGHT) / thread.weight;
  let least = thread.vruntime;
  if (sched.queue.length > 0 && sched.queue[0].vruntime < least) least = sched.queue[0].vruntime;
  for (const other of sched.cpus) {
    if (other.current !== null && other.current.vruntime < least) least = other.current.vruntime;
  }
  if (least > sched.minVruntime) sched.minVruntime = least;
  sched.cost = 0;
}

function mustGiveWay<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, thread: T): boolean {
  if (cpu.needResched) return true;
  const share = (SCHED_LATENCY * sched.cpus.length) / (sched.queue.length + sched.cpus.length);
  const slice = Math.max(MIN_GRANULARITY, share);
  return thread.sumExec - cpu.sliceStart >= slice && sched.queue[0].vruntime < thread.vruntime;
}

/** Who is to run next by the host's chooser; undefined: as the scheduler says. `stays`: who would go on; `also`: who is on no queue. */
function chosen<T extends Thread>(
  { queue }: Sched<T>,
  { chooser }: SchedHost<T>,
  stays: T | null = null,
  also: T | null = null,
): T | undefined {
  if (chooser === undefined || chooser === null) return undefined;
  const others = also === null ? queue : [...queue, also];
  const candidates = inOrder(others.filter((thread) => thread !== stays));
  if (stays !== null) candidates.unshift(stays);
  return candidates.length > 1 ? chooser.choose(candidates, stays) : candidates[0];
}

function putBack<T extends Thread>(
  sched: Sched<T>,
  cpu: Cpu<T>,
  index: number,
  thread: T,
  next: T | undefined,
): void {
  leave(cpu, thread);
  enqueue(sched.queue, thread);
  sched.watcher?.changed(thread, cpu.now);
  scheduleNext(sched, cpu, index, next);
}

/** `given`: one of the queue; undefined: its first. */
function scheduleNext<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, index: number, given?: T): void {
  const before = cpu.current;
  if (given !== undefined) dequeue(sched.queue, given);
  const next = given ?? pickNext(sched.queue);
  cpu.needResched = false;
  if (next === undefined) {
    cpu.current = null;
    return;
  }
  cpu.now = Math.max(cpu.now, readyAt(sched, next));
  switchTo(cpu, index, next);
  sched.watcher?.changed(next, cpu.now);
  if (next !== before) cpu.now += sched.contextSwitch;
}

/** Its step is over, and somebody else may run. */
function leave<T extends Thread>(cpu: Cpu<T>, thread: T): void {
  thread.onCpu = false;
  cpu.left = thread.pid;
  cpu.leftAt = cpu.now;
}

function switchTo<T extends Thread>(cpu: Cpu<T>, index: number, thread: T): void {
  cpu.current = thread;
  cpu.needResched = false;
  cpu.sliceStart = thread.sumExec;
  thread.cpu = index;
  thread.onCpu = true;
}
