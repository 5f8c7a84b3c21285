import { clock, wakeUp } from '../kernel/sched.ts';
import { INTERRUPTIBLE, STOPPED } from '../kernel/thread.ts';
import { ns } from '../kernel/units.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/** mm/oom_kill.c, mem_cgroup_out_of_memory(): kills one task of the cgroup. */
export function memCgroupOutOfMemory(mm: Mm, memcg: MemCgroup): void {
  killLargest(mm, memcg);
}

/**
 * Kills the task of the cgroup (null: of the machine) with the most memory; ties:
 * the lowest pid. While a victim is still dying nobody else is killed
 * (select_bad_process() gives up on TIF_MEMDIE).
 */
export function killLargest(mm: Mm, memcg: MemCgroup | null): void {
  let victim: Task | null = null;
  let most = -1;
  for (const task of mm.tasks) {
    if (task.kind !== 'task' || (memcg !== null && task.memcg !== memcg.id)) continue;
    if (task.killed) return;
    const memory = residentPages(mm, task);
    if (memory > most) {
      most = memory;
      victim = task;
    }
  }
  if (victim === null) return;
  const group = mm.memcgs[victim.memcg];
  if (group !== null) group.stat.oomKills += 1;
  mm.observer?.({
    type: 'oom-kill',
    time: ns(clock(mm.sched)),
    cgroup: memcg === null ? null : memcg.path,
    pid: victim.pid,
    task: victim.name,
  });
  sendKill(mm, victim);
}

/** badness(): in practice the memory that a task has. */
function residentPages(mm: Mm, task: Task): number {
  let sum = task.anonPages;
  for (const vma of task.vmas) sum += Math.min(vma.pages, mm.mappings[vma.mapping]?.length ?? 0);
  return sum;
}

/** SIGKILL: the task dies when it next runs; an uninterruptible sleep ends first. */
export function sendKill(mm: Mm, task: Task): void {
  task.killed = true;
  if (task.state === STOPPED) task.state = INTERRUPTIBLE;
  if (task.state === INTERRUPTIBLE) wakeUp(mm.sched, task);
}
