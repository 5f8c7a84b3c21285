import { DEAD, INTERRUPTIBLE, RUNNING, STOPPED } from '../kernel/thread.ts';
import type { Nanoseconds, Pages } from '../kernel/units.ts';
import { ns, pages } from '../kernel/units.ts';
import type { Mm } from '../mm/kernel.ts';
import { broughtIn, missingPages } from '../mm/real-memory.ts';
import type { RealProcess, Task, TaskKind } from '../mm/types.ts';
import type { Departed } from './state.ts';

/** What people and reports look at. */

export interface TaskView {
  readonly pid: number;
  readonly name: string;
  readonly cgroup: string;
  /** A process is a real one. */
  readonly kind: 'task' | 'kthread' | 'process';
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
  /** Of a process: what is known of it beyond its tasks. */
  readonly process?: ProcessView;
}

export interface ProcessView {
  /** When it was started, in the real kernel's ticks. */
  readonly start: number;
  /** What it was last seen to hold. */
  readonly anon: Pages;
  readonly file: Pages;
  readonly shmem: Pages;
  /** Pages of these that were refused, and are charged to nobody. */
  readonly refused: Pages;
}

export function viewTask(mm: Mm, task: Task): TaskView {
  const { real } = task;
  if (real !== null && real !== undefined) return viewProcess(mm, task, real);
  return {
    ...viewThread(mm, task),
    anon_pages: pages(task.anonPages),
    mapped_pages: pages(task.vmas.reduce((sum, vma) => sum + vma.pages, 0)),
  };
}

function viewProcess(mm: Mm, task: Task, real: RealProcess): TaskView {
  const { start, seen } = real;
  return {
    ...viewThread(mm, task),
    anon_pages: pages(broughtIn(mm, real, 'anon')),
    mapped_pages: pages(broughtIn(mm, real, 'file') + broughtIn(mm, real, 'shmem')),
    process: {
      start,
      anon: pages(seen.anon),
      file: pages(seen.file),
      shmem: pages(seen.shmem),
      refused: pages(missingPages(mm, real)),
    },
  };
}

function viewThread(mm: Mm, task: Task): Omit<TaskView, 'anon_pages' | 'mapped_pages'> {
  return {
    pid: task.pid,
    name: task.name,
    cgroup: mm.memcgs[task.memcg]?.path ?? '/',
    kind: KIND[task.kind],
    state: stateLetter(task),
    nice: task.nice,
    cpu_ns: ns(Math.round(task.sumExec)),
    stall_ns: ns(Math.round(task.stallTime)),
    behaviour: task.behaviour?.kind ?? null,
    killed: task.killed,
  };
}

const KIND: Readonly<Record<TaskKind, TaskView['kind']>> = {
  task: 'task',
  sh: 'task',
  reclaimer: 'kthread',
  flusher: 'kthread',
  real: 'process',
};

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
