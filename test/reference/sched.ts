import { type Thread, type ThreadState, weightOf } from './thread.ts';

/**
 * kernel/sched_fair.c of 2.6.26 in plain lists: whoever is asked for is looked for among all. N CPUs share
 * the threads that wait; one gives way only where its step ends.
 */

const MS = 1_000_000;
const LATENCY = 20 * MS;
const MIN_GRANULARITY = 4 * MS;
const WAKEUP_GRANULARITY = 10 * MS;

/** What a step answers: goes on; the end of a call; yield(); has put itself to sleep; is no more. */
export type StepEnd = 'go-on' | 'may-preempt' | 'yield' | 'block' | 'exit';

export interface Cpu<T extends Thread> {
  /** When its next step can begin, ns. */
  now: number;
  current: T | null;
  needResched: boolean;
  /** What `current` had used when it came, ns. */
  sliceStart: number;
}

export interface Alarm<T extends Thread> {
  readonly time: number;
  /** A sleeper, or a device by its number. */
  readonly target: T | number;
}

export interface Sched<T extends Thread> {
  /** When the step or alarm in hand began, and what it has used so far, ns. */
  now: number;
  cost: number;
  minVruntime: number;
  readonly cpus: Cpu<T>[];
  /** Who could run, and has no CPU. */
  waiting: T[];
  /** In the order in which they were set. */
  readonly alarms: Alarm<T>[];
  readonly contextSwitch: number;
  readonly wakeLatency: number;
}

export interface SchedHost<T extends Thread> {
  step(thread: T): StepEnd;
  deviceTimer(index: number): void;
  exited(thread: T): void;
}

export const newSched = <T extends Thread>(
  cpus: number,
  contextSwitch: number,
  wakeLatency: number,
): Sched<T> => ({
  now: 0,
  cost: 0,
  minVruntime: 0,
  cpus: Array.from({ length: cpus }, () => ({ now: 0, current: null, needResched: false, sliceStart: 0 })),
  waiting: [],
  alarms: [],
  contextSwitch,
  wakeLatency,
});

export const clock = <T extends Thread>({ now, cost }: Sched<T>): number => now + cost;

export const needResched = <T extends Thread>(sched: Sched<T>, thread: T): boolean =>
  sched.cpus[thread.cpu].needResched;

/** `until`: at the latest then, ns. The step must answer `block`. */
export function sleepOn<T extends Thread>(
  sched: Sched<T>,
  thread: T,
  state: ThreadState,
  until: number | null = null,
): void {
  thread.state = state;
  thread.alarm = null;
  if (until === null) return;
  const alarm = { time: until, target: thread };
  thread.alarm = alarm;
  sched.alarms.push(alarm);
}

export const addDeviceTimer = <T extends Thread>(sched: Sched<T>, index: number, time: number): void =>
  void sched.alarms.push({ time, target: index });

/** try_to_wake_up(): who has slept long is ahead of the others by one latency at most. */
export function wakeUp<T extends Thread>(sched: Sched<T>, thread: T): void {
  if (thread.state !== 'interruptible' && thread.state !== 'uninterruptible') return;
  thread.state = 'running';
  thread.alarm = null;
  // Its step, in which it went to sleep, is not over: it does not leave its CPU.
  if (thread.onCpu) return;
  thread.vruntime = Math.max(thread.vruntime, sched.minVruntime - LATENCY);
  place(sched, thread);
}

export function wakeUpNewThread<T extends Thread>(sched: Sched<T>, thread: T): void {
  thread.state = 'running';
  thread.vruntime = sched.minVruntime;
  place(sched, thread);
}

/** On an idle CPU, its own if it can be; else it waits, and the one farthest behind it gives way. */
function place<T extends Thread>(sched: Sched<T>, thread: T): void {
  const idle = [sched.cpus[thread.cpu], ...sched.cpus].find(({ current }) => current === null);
  if (idle !== undefined) {
    const heard = clock(sched) + sched.wakeLatency;
    idle.now = Math.max(idle.now, heard, thread.leftAt) + sched.contextSwitch;
    putOn(sched, idle, thread);
    return;
  }
  sched.waiting.push(thread);
  const behind = (cpu: Cpu<T>): number => (cpu.current?.vruntime ?? 0) - thread.vruntime;
  const farthest = firstOf(sched.cpus, (one, other) => behind(one) > behind(other));
  if (farthest !== undefined && behind(farthest) > WAKEUP_GRANULARITY) farthest.needResched = true;
}

function putOn<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, thread: T): void {
  cpu.current = thread;
  cpu.needResched = false;
  cpu.sliceStart = thread.sumExec;
  thread.cpu = sched.cpus.indexOf(cpu);
  thread.onCpu = true;
}

/** Of several that none goes before, the one that stands first. */
function firstOf<E>(list: readonly E[], goesBefore: (one: E, other: E) => boolean): E | undefined {
  let first = list[0];
  for (const each of list) if (goesBefore(each, first)) first = each;
  return first;
}

/** The earliest alarm, or else step, up to `until` (ns), of several the first; false: there is none. */
export function runOneEvent<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, until: number): boolean {
  const alarm = firstOf(sched.alarms, (one, other) => one.time < other.time);
  const busy = sched.cpus.filter(({ current }) => current !== null);
  const cpu = firstOf(busy, (one, other) => one.now < other.now);
  const step = cpu?.now ?? Infinity;
  if (alarm !== undefined && alarm.time <= step && alarm.time <= until) {
    sched.alarms.splice(sched.alarms.indexOf(alarm), 1);
    begin(sched, Math.max(sched.now, alarm.time));
    ring(sched, host, alarm);
    return true;
  }
  if (cpu === undefined || step > until) return false;
  runStep(sched, host, cpu);
  return true;
}

/** What was done between two events took no time. */
function begin<T extends Thread>(sched: Sched<T>, time: number): void {
  sched.now = time;
  sched.cost = 0;
}

function ring<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, alarm: Alarm<T>): void {
  if (typeof alarm.target === 'number') host.deviceTimer(alarm.target);
  else if (alarm.target.alarm === alarm) wakeUp(sched, alarm.target);
}

function runStep<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, cpu: Cpu<T>): void {
  const { current: thread } = cpu;
  if (thread === null) return;
  begin(sched, cpu.now);
  const end = host.step(thread);
  account(sched, cpu, thread);
  if (end === 'exit') {
    thread.state = 'dead';
    thread.onCpu = false;
    next(sched, cpu);
    host.exited(thread);
  } else if (end === 'block') {
    leave(sched, cpu, thread);
  } else if (end !== 'go-on') {
    const wanted = sched.waiting.length > 0 && (end === 'yield' || mustGiveWay(sched, cpu, thread));
    if (wanted) leave(sched, cpu, thread);
    else if (end === 'may-preempt') cpu.needResched = false;
  }
}

/** update_curr(), update_min_vruntime() */
function account<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, thread: T): void {
  cpu.now += sched.cost;
  thread.sumExec += sched.cost;
  thread.vruntime += (sched.cost * 1024) / weightOf(thread);
  sched.cost = 0;
  const others = sched.cpus.flatMap(({ current }) => current ?? []);
  const least = Math.min(...[...others, ...sched.waiting].map(({ vruntime }) => vruntime));
  sched.minVruntime = Math.max(sched.minVruntime, least);
}

/** A woken thread asks for it, or its slice is over and one that waits has run less: the longer the queue, the shorter. */
function mustGiveWay<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, thread: T): boolean {
  if (cpu.needResched) return true;
  const { length: cpus } = sched.cpus;
  const slice = Math.max(MIN_GRANULARITY, (LATENCY * cpus) / (sched.waiting.length + cpus));
  const isOver = thread.sumExec - cpu.sliceStart >= slice;
  return isOver && sched.waiting.some(({ vruntime }) => vruntime < thread.vruntime);
}

/** Its step is over; who was woken meanwhile, or never slept, waits for a CPU again. */
function leave<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>, thread: T): void {
  thread.onCpu = false;
  thread.leftAt = cpu.now;
  if (thread.state === 'running') sched.waiting.push(thread);
  next(sched, cpu);
}

/** Who has run least of all that wait, ties the lowest pid. */
function next<T extends Thread>(sched: Sched<T>, cpu: Cpu<T>): void {
  const { current: before } = cpu;
  const goesBefore = (one: T, other: T): boolean =>
    one.vruntime < other.vruntime || (one.vruntime === other.vruntime && one.pid < other.pid);
  const thread = firstOf(sched.waiting, goesBefore);
  cpu.current = null;
  cpu.needResched = false;
  if (thread === undefined) return;
  sched.waiting = sched.waiting.filter((each) => each !== thread);
  cpu.now = Math.max(cpu.now, thread.leftAt) + (thread === before ? 0 : sched.contextSwitch);
  putOn(sched, cpu, thread);
}
