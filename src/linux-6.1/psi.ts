import { clock } from '../kernel/sched.ts';
import { DEAD, RUNNING } from '../kernel/thread.ts';
import { WAITED } from '../mm/lone-words.ts';
import { memcgOf, ROOT_MEMCG } from '../mm/memcgs.ts';
import { isRoot, parentOf } from './tree.ts';
import type { MemCgroup, Mm, Pressure, PressureState, Stalls, Task } from './types.ts';

/**
 * kernel/sched/psi.c: for how long tasks of a cgroup were held up for want of a CPU, of memory (reclaim, the throttle of
 * memory.high, waiting for a page of the working set that comes back) or of a disk, and how much of what they could have
 * done was not done. The kernel follows each CPU and puts them together every 2 s, which comes near to what its first
 * comment defines for several CPUs; here that is what is counted, and with one CPU it is the same.
 */

/** psi_period, PSI_FREQ: 2 s and a tick of the recorded kernel, ns. */
const PERIOD = 2_010_000_000;
/** EXP_10s, EXP_60s, EXP_300s: 1/exp(2s/10s), 2s/60s, 2s/300s, in units of FIXED_1 (include/linux/sched/loadavg.h). */
const EXP = [1677, 1981, 2034] as const;
const FSHIFT = 11;
const FIXED_1 = 1 << FSHIFT;

/** What a task does, a bit each: enum psi_task_count, whether it reclaims on a CPU, and that it does anything at all. */
const IOWAIT = 0;
const MEMSTALL = 1;
const RUNNABLE = 2;
const MEMSTALL_RUNNING = 3;
const ON_CPU = 4;
const MEMSTALL_ON_CPU = 5;
const NONIDLE = 6;
const KINDS = 7;

const newStalls = (): Stalls => ({
  some: { total: 0, told: 0, averages: [0, 0, 0] },
  full: { total: 0, told: 0, averages: [0, 0, 0] },
});

export const newPressure = (now: number): PressureState => ({
  enabled: true,
  tasks: new Array<number>(KINDS).fill(0),
  since: now,
  nextUpdate: now + PERIOD,
  lastUpdate: now,
  cpu: newStalls(),
  io: newStalls(),
  memory: newStalls(),
});

/** psi_memstall_enter() */
export function enterMemstall(mm: Mm, task: Task): void {
  if (mm.own.psi && !task.pass.memstall) setMemstall(mm, task, true);
}

/** psi_memstall_leave() */
export function leaveMemstall(mm: Mm, task: Task): void {
  task.pass.thrashing = false;
  if (task.pass.memstall) setMemstall(mm, task, false);
}

function setMemstall(mm: Mm, task: Task, stalled: boolean): void {
  task.pass.memstall = stalled;
  taskChanged(mm, task, clock(mm.sched));
}

/** The same of who waits for a page of the working set: until it runs again. */
export function beginThrashing(mm: Mm, task: Task): void {
  enterMemstall(mm, task);
  task.pass.thrashing = true;
}

export function endThrashing(mm: Mm, task: Task): void {
  if (task.pass.thrashing) leaveMemstall(mm, task);
}

/** psi_task_change(): what is new of what a task does counts from `now` on (ns). */
export function taskChanged(mm: Mm, task: Task, now: number): void {
  groupChange(mm, task, doingOf(mm, task), now);
}

/** cgroup_move_task(), its first half; and who is gone does nothing. */
export function forgetDoing(mm: Mm, task: Task): void {
  groupChange(mm, task, 0, clock(mm.sched));
}

function doingOf(mm: Mm, task: Task): number {
  const { state, onCpu, pass } = task;
  let doing = 0;
  if (state === DEAD) return doing;
  if (state === RUNNING) {
    doing |= 1 << RUNNABLE;
    if (onCpu) doing |= 1 << ON_CPU;
    if (pass.memstall) doing |= (1 << MEMSTALL_RUNNING) | (onCpu ? 1 << MEMSTALL_ON_CPU : 0);
  } else if (isWaitingForDisk(mm, task)) doing |= 1 << IOWAIT;
  if (pass.memstall) doing |= 1 << MEMSTALL;
  return doing === 0 ? 0 : doing | (1 << NONIDLE);
}

/** io_schedule(): for a page that is read or written, or until enough is written. reclaim_throttle() is none. */
const isWaitingForDisk = ({ congestion }: Mm, task: Task): boolean =>
  task.waitSlot >= 0 || (!task.pass.napping && congestion.includes(task));

/** psi_group_change(), in its cgroup and all above. */
function groupChange(mm: Mm, task: Task, doing: number, now: number): void {
  const changed = doing ^ task.pass.doing;
  if (changed === 0) return;
  task.pass.doing = doing;
  for (let at: MemCgroup | null = memcgOf(mm, task.memcg); at !== null; at = parentOf(mm, at)) {
    const { pressure } = at;
    advance(pressure, now, mm.own.cpus.length);
    for (let left = changed; left !== 0; left &= left - 1) {
      const kind = 31 - Math.clz32(left & -left);
      pressure.tasks[kind] += (doing >> kind) & 1 ? 1 : -1;
    }
  }
}

/** Nobody else is held up, so that who reads alone can have its waits counted at once. */
export const nobodyStalls = (mm: Mm): boolean => {
  const { tasks } = memcgOf(mm, ROOT_MEMCG).pressure;
  return tasks[MEMSTALL] === 0 && tasks[IOWAIT] === 0;
};

/** Until when that is so: then averages are taken. */
export function nextAverages(mm: Mm, task: Task): number {
  let next = Infinity;
  for (let at: MemCgroup | null = memcgOf(mm, task.memcg); at !== null; at = parentOf(mm, at)) {
    advance(at.pressure, mm.sched.now, mm.own.cpus.length);
    next = Math.min(next, at.pressure.nextUpdate);
  }
  return next;
}

/** What a task has waited for the disk that read alone. */
export function countLoneWaits(mm: Mm, task: Task): void {
  const waited = mm.core.loneTimes[WAITED];
  for (let at: MemCgroup | null = memcgOf(mm, task.memcg); at !== null; at = parentOf(mm, at)) {
    const { enabled, io } = at.pressure;
    advance(at.pressure, mm.sched.now, mm.own.cpus.length);
    if (!enabled) continue;
    io.some.total += waited;
    io.full.total += waited;
  }
}

/** cgroup_pressure_write() */
export function enablePressure(mm: Mm, { pressure }: MemCgroup, enabled: boolean): void {
  advance(pressure, clock(mm.sched), mm.own.cpus.length);
  pressure.enabled = enabled;
}

/** Counts what was since the last change, and takes the averages that were due meanwhile. */
function advance(pressure: PressureState, now: number, cpus: number): void {
  while (pressure.nextUpdate <= now) {
    count(pressure, pressure.nextUpdate, cpus);
    takeAverages(pressure);
    if (isQuiet(pressure)) {
      // Nothing will change but the time.
      const missed = Math.floor((now - pressure.lastUpdate) / PERIOD);
      pressure.lastUpdate += missed * PERIOD;
      pressure.nextUpdate = pressure.lastUpdate + PERIOD;
    }
  }
  count(pressure, now, cpus);
}

/** record_times(), test_state() */
function count(pressure: PressureState, now: number, cpus: number): void {
  const time = now - pressure.since;
  if (time <= 0) return;
  pressure.since = now;
  if (!pressure.enabled) return;
  const { tasks, cpu, io, memory } = pressure;
  const threads = Math.min(tasks[NONIDLE], cpus);
  const runs = tasks[RUNNABLE];
  stall(cpu, runs - tasks[ON_CPU], tasks[ON_CPU], threads, time);
  stall(io, tasks[IOWAIT], runs, threads, time);
  // Where somebody reclaims on a CPU nothing else can run on it.
  const productive = Math.min(runs - tasks[MEMSTALL_RUNNING], cpus - tasks[MEMSTALL_ON_CPU]);
  stall(memory, tasks[MEMSTALL], productive, threads, time);
}

function stall(
  { some, full }: Stalls,
  delayed: number,
  productive: number,
  threads: number,
  time: number,
): void {
  if (delayed <= 0) return;
  some.total += time * Math.min(delayed / threads, 1);
  full.total += (time * (threads - Math.min(productive, threads))) / threads;
}

const all = ({ cpu, io, memory }: PressureState): readonly Pressure[] => [
  cpu.some,
  cpu.full,
  io.some,
  io.full,
  memory.some,
  memory.full,
];

/** Nobody is held up, nor was lately. */
const isQuiet = (pressure: PressureState): boolean => {
  const { tasks } = pressure;
  return (
    tasks[IOWAIT] === 0 &&
    tasks[MEMSTALL] === 0 &&
    tasks[RUNNABLE] === tasks[ON_CPU] &&
    all(pressure).every(({ total, told, averages }) => total === told && averages.every((each) => each === 0))
  );
};

/** update_averages(), calc_avgs(): a sample is no more than its period, and what is over goes into the next. */
function takeAverages(pressure: PressureState): void {
  const period = pressure.nextUpdate - pressure.lastUpdate;
  for (const kind of all(pressure)) {
    const sample = Math.min(kind.total - kind.told, period);
    kind.told += sample;
    const active = Math.floor((sample * 100) / period) * FIXED_1;
    for (const [i, exp] of EXP.entries()) kind.averages[i] = calcLoad(kind.averages[i], exp, active);
  }
  pressure.lastUpdate = pressure.nextUpdate;
  pressure.nextUpdate += PERIOD;
}

/** calc_load() */
function calcLoad(load: number, exp: number, active: number): number {
  const next = load * exp + active * (FIXED_1 - exp);
  return Math.floor((active >= load ? next + FIXED_1 - 1 : next) / FIXED_1);
}

export type Resource = 'cpu' | 'io' | 'memory';

/** psi_show() */
export function pressureText(mm: Mm, memcg: MemCgroup, resource: Resource): string {
  // Who reads changes nothing.
  const pressure = structuredClone(memcg.pressure);
  advance(pressure, clock(mm.sched), mm.own.cpus.length);
  return (['some', 'full'] as const)
    .map((name) => {
      // CPU FULL is undefined at the system level.
      const undefinedThere = resource === 'cpu' && name === 'full' && isRoot(memcg);
      const { total, averages } = undefinedThere ? newStalls().full : pressure[resource][name];
      const [ten, sixty, threeHundred] = averages.map(hundredths);
      return `${name} avg10=${ten} avg60=${sixty} avg300=${threeHundred} total=${Math.floor(total / 1000)}\n`;
    })
    .join('');
}

/** LOAD_INT(), LOAD_FRAC() */
const hundredths = (load: number): string =>
  `${load >> FSHIFT}.${`${((load & (FIXED_1 - 1)) * 100) >> FSHIFT}`.padStart(2, '0')}`;
