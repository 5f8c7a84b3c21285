import { clock } from '../kernel/sched.ts';
import { RUNNING } from '../kernel/thread.ts';
import { isBelow } from './tree.ts';
import type { MemCgroup, Mm, PressureState, Task } from './types.ts';

/**
 * kernel/sched/psi.c, of memory: for how long some task of a cgroup was held up for want of it (reclaim, the throttle of
 * memory.high, waiting for a page of the working set that comes back), and for how long no other one ran meanwhile
 * (test_state(): PSI_MEM_SOME, PSI_MEM_FULL). Each CPU has its own share there; here it is the machine's.
 */

/** psi_period, PSI_FREQ: 2 s and a tick of the recorded kernel, ns. */
const PERIOD = 2_010_000_000;
/** EXP_10s, EXP_60s, EXP_300s: 1/exp(2s/10s), 2s/60s, 2s/300s, in units of FIXED_1 (include/linux/sched/loadavg.h). */
const EXP = [1677, 1981, 2034] as const;
const FSHIFT = 11;
const FIXED_1 = 1 << FSHIFT;

export const newPressure = (now: number): PressureState => ({
  stalled: 0,
  productive: false,
  since: now,
  nextUpdate: now + PERIOD,
  lastUpdate: now,
  some: { total: 0, told: 0, averages: [0, 0, 0] },
  full: { total: 0, told: 0, averages: [0, 0, 0] },
});

/** psi_memstall_enter(), of who has the CPU: where it is the only one, nobody else can run. */
export function enterMemstall(mm: Mm, task: Task): void {
  if (mm.own.psi && !task.pass.memstall) setMemstall(mm, task, true, mm.own.cpus.length === 1);
}

/** The same of who is about to sleep. */
export function sleepInMemstall(mm: Mm, task: Task): void {
  if (mm.own.psi && !task.pass.memstall) setMemstall(mm, task, true);
}

/** psi_memstall_leave() */
export function leaveMemstall(mm: Mm, task: Task): void {
  task.pass.thrashing = false;
  if (task.pass.memstall) setMemstall(mm, task, false);
}

/** The same of who waits for a page of the working set: until it runs again. */
export function beginThrashing(mm: Mm, task: Task): void {
  sleepInMemstall(mm, task);
  task.pass.thrashing = true;
}

export function endThrashing(mm: Mm, task: Task): void {
  if (task.pass.thrashing) leaveMemstall(mm, task);
}

/** psi_task_change(), psi_group_change(): in its cgroup and all above. `alone`: while it has the CPU nobody is productive. */
function setMemstall(mm: Mm, task: Task, stalled: boolean, alone = false): void {
  const now = clock(mm.sched);
  task.pass.memstall = stalled;
  for (let at = mm.memcgs[task.memcg] ?? null; at !== null; at = mm.memcgs[at.parent] ?? null) {
    const { pressure } = at;
    advance(pressure, now);
    pressure.stalled += stalled ? 1 : -1;
    pressure.productive = !alone && hasProductive(mm, at);
    if (at.parent === 0) return;
  }
}

/** Somebody runs there who is not held up. */
const hasProductive = (mm: Mm, memcg: MemCgroup): boolean =>
  mm.tasks.some(
    ({ state, pass, memcg: id, kind }) =>
      state === RUNNING && kind === 'task' && !pass.memstall && isBelow(mm, id, memcg),
  );

/** Counts what was since the last change, and takes the averages that were due meanwhile. */
function advance(pressure: PressureState, now: number): void {
  while (pressure.nextUpdate <= now) {
    count(pressure, pressure.nextUpdate);
    takeAverages(pressure);
    if (pressure.stalled === 0 && isQuiet(pressure)) {
      // Nothing will change but the time.
      const missed = Math.floor((now - pressure.lastUpdate) / PERIOD);
      pressure.lastUpdate += missed * PERIOD;
      pressure.nextUpdate = pressure.lastUpdate + PERIOD;
    }
  }
  count(pressure, now);
}

/** record_times() */
function count(pressure: PressureState, now: number): void {
  const time = Math.max(0, now - pressure.since);
  pressure.since = Math.max(now, pressure.since);
  if (pressure.stalled === 0) return;
  pressure.some.total += time;
  if (!pressure.productive) pressure.full.total += time;
}

const isQuiet = ({ some, full }: PressureState): boolean =>
  [...some.averages, ...full.averages].every((average) => average === 0);

/** update_averages(), calc_avgs(): a sample is no more than its period, and what is over goes into the next. */
function takeAverages(pressure: PressureState): void {
  const period = pressure.nextUpdate - pressure.lastUpdate;
  for (const kind of [pressure.some, pressure.full]) {
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

/** psi_show() */
export function pressureText(mm: Mm, memcg: MemCgroup): string {
  // Who reads changes nothing.
  const pressure = structuredClone(memcg.pressure);
  advance(pressure, clock(mm.sched));
  return (['some', 'full'] as const)
    .map((name) => {
      const { total, averages } = pressure[name];
      const [ten, sixty, threeHundred] = averages.map(hundredths);
      return `${name} avg10=${ten} avg60=${sixty} avg300=${threeHundred} total=${Math.floor(total / 1000)}\n`;
    })
    .join('');
}

/** LOAD_INT(), LOAD_FRAC() */
const hundredths = (load: number): string =>
  `${load >> FSHIFT}.${`${((load & (FIXED_1 - 1)) * 100) >> FSHIFT}`.padStart(2, '0')}`;
