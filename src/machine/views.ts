import type { ResCounter } from '../kernel/res-counter.ts';
import { DEAD, INTERRUPTIBLE, RUNNING, STOPPED } from '../kernel/thread.ts';
import type { Nanoseconds, Pages } from '../kernel/units.ts';
import { ns, pages } from '../kernel/units.ts';
import type { Mm, Task } from '../mm/types.ts';
import type { Departed } from './state.ts';

/** What people and reports look at. */

export interface CgroupUsage {
  readonly usage: Pages;
  readonly max: Pages;
  /** Marks; 2^30 pages stands for unset. */
  readonly low: Pages;
  readonly high: Pages;
  readonly limit: Pages;
}

export const usageOf = (res: ResCounter): CgroupUsage => ({
  usage: res.usage,
  max: res.maxUsage,
  low: res.lowPages,
  high: res.highPages,
  limit: res.limitPages,
});

export interface TaskView {
  readonly pid: number;
  readonly name: string;
  readonly cgroup: string;
  readonly kind: 'task' | 'kthread';
  readonly state: 'R' | 'S' | 'D' | 'T' | 'X';
  readonly nice: number;
  readonly cpu_ns: Nanoseconds;
  readonly stall_ns: Nanoseconds;
  readonly anon_pages: Pages;
  readonly mapped_pages: Pages;
  /** What it is doing, e.g. `stream`; null: nothing. */
  readonly behaviour: string | null;
  /** It is gone: killed by somebody or by the OOM killer. */
  readonly killed: boolean;
}

export function viewTask(mm: Mm, task: Task): TaskView {
  return {
    pid: task.pid,
    name: task.name,
    cgroup: mm.memcgs[task.memcg]?.path ?? '/',
    kind: task.kind === 'task' || task.kind === 'sh' ? 'task' : 'kthread',
    state: stateLetter(task),
    nice: task.nice,
    cpu_ns: ns(Math.round(task.sumExec)),
    stall_ns: ns(Math.round(task.stallTime)),
    anon_pages: pages(task.anonPages),
    mapped_pages: pages(task.vmas.reduce((sum, vma) => sum + vma.pages, 0)),
    behaviour: task.behaviour?.kind ?? null,
    killed: task.killed,
  };
}

/** As ps(1) writes it. */
function stateLetter(task: Task): TaskView['state'] {
  if (task.state === RUNNING) return 'R';
  if (task.state === STOPPED) return 'T';
  if (task.state === DEAD) return 'X';
  return task.state === INTERRUPTIBLE ? 'S' : 'D';
}

export const viewDeparted = (task: Departed): TaskView => ({
  pid: task.pid,
  name: task.name,
  cgroup: task.cgroup,
  kind: 'task',
  state: 'X',
  nice: task.nice,
  cpu_ns: ns(Math.round(task.cpu)),
  stall_ns: ns(Math.round(task.stall)),
  anon_pages: pages(0),
  mapped_pages: pages(0),
  behaviour: null,
  killed: true,
});
