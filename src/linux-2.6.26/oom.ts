import { clock } from '../kernel/sched.ts';
import { ns } from '../kernel/units.ts';
import { sendKill } from '../mm/process.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/**
 * mm/oom_kill.c, mem_cgroup_out_of_memory(): kills the task of the cgroup (null: of the machine) with the most memory; ties:
 * the lowest pid. While a victim is still dying nobody else is killed
 * (select_bad_process() gives up on TIF_MEMDIE). A real process is never
 * signalled: it counts as a victim, once, and is dying as long as it has pages
 * that were refused.
 */
export function killLargest(mm: Mm, memcg: MemCgroup | null): void {
  let victim: Task | null = null;
  let most = -1;
  for (const task of mm.tasks) {
    if ((task.kind !== 'task' && task.real === null) || (memcg !== null && task.memcg !== memcg.id)) continue;
    if (task.killed || task.real?.spared) return;
    const memory = residentPages(mm, task);
    if (memory > most || (memory === most && victim !== null && task.pid < victim.pid)) {
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
    ...(victim.real !== null && { spared: true }),
  });
  if (victim.real === null) {
    victim.outOfMemory = memcg?.path ?? '';
    sendKill(mm, victim);
  } else victim.real.spared = true;
}

/** badness(): in practice the memory that a task has. */
function residentPages(mm: Mm, task: Task): number {
  if (task.real !== null) return task.real.seen.anon + task.real.seen.file + task.real.seen.shmem;
  let sum = task.anonPages;
  for (const vma of task.vmas) sum += Math.min(vma.pages, mm.mappings[vma.mapping]?.length ?? 0);
  return sum;
}
