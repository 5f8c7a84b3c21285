import { clock } from '../kernel/sched.ts';
import { ns } from '../kernel/units.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { sendKill } from '../mm/process.ts';
import { memoryEvent } from './memcontrol.ts';
import { isBelow, isRoot, parentOf } from './tree.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/** mm/oom_kill.c, of a cgroup and all below; null: of the machine. */

/** mem_cgroup_oom(): false where there is nobody to kill. Whoever is dying already is waited for. */
export function memCgroupOom(mm: Mm, memcg: MemCgroup | null): boolean {
  if (memcg !== null) memoryEvent(mm, memcg, 'oom');
  const victim = selectBadProcess(mm, memcg);
  if (victim === 'dying') return true;
  if (victim === null) return false;
  const group = memcg === null ? null : oomGroupOf(mm, victim, memcg);
  const { path } = memcg ?? { path: '' };
  kill(mm, victim, memcg, path);
  if (group === null) return true;
  memoryEvent(mm, group, 'oomGroupKill');
  // oom_kill_memcg_member() meets the first victim, too, and counts it again.
  memoryEvent(mm, memcgOf(mm, victim.memcg), 'oomKill');
  for (const task of [...mm.tasks]) {
    if (task !== victim && isVictim(task) && !task.killed && isBelow(mm, task.memcg, group))
      kill(mm, task, memcg, path);
  }
  return true;
}

/** oom_badness(), oom_evaluate_task(): the memory that a task has; ties: who was looked at last, the youngest. */
function selectBadProcess(mm: Mm, memcg: MemCgroup | null): Task | 'dying' | null {
  let victim: Task | null = null;
  let most = -1;
  for (const task of mm.tasks) {
    if (!isVictim(task) || (memcg !== null && !isBelow(mm, task.memcg, memcg))) continue;
    if (task.killed || task.real?.spared) return 'dying';
    const memory = residentPages(mm, task);
    if (memory < most) continue;
    most = memory;
    victim = task;
  }
  return victim;
}

const isVictim = (task: Task): boolean => task.kind === 'task' || task.real !== null;

/** mem_cgroup_get_oom_group(): the highest with memory.oom.group, up to the one that is out of memory. */
function oomGroupOf(mm: Mm, victim: Task, memcg: MemCgroup): MemCgroup | null {
  let group: MemCgroup | null = null;
  for (let at = mm.memcgs[victim.memcg] ?? null; at !== null && !isRoot(at); at = parentOf(mm, at)) {
    if (at.oomGroup) group = at;
    if (at === memcg) break;
  }
  return group;
}

/** A real process is never signalled: it counts as a victim, once, and is dying as long as it has pages that were refused. */
function kill(mm: Mm, victim: Task, memcg: MemCgroup | null, path: string): void {
  const own = mm.memcgs[victim.memcg];
  if (own !== null) {
    own.stat.oomKills += 1;
    memoryEvent(mm, own, 'oomKill');
  }
  mm.observer?.({
    type: 'oom-kill',
    time: ns(clock(mm.sched)),
    cgroup: memcg === null ? null : path,
    pid: victim.pid,
    task: victim.name,
    ...(victim.real !== null && { spared: true }),
  });
  if (victim.real !== null) {
    victim.real.spared = true;
    return;
  }
  victim.outOfMemory = path;
  sendKill(mm, victim);
}

function residentPages(mm: Mm, task: Task): number {
  if (task.real !== null) return task.real.seen.anon + task.real.seen.file + task.real.seen.shmem;
  let sum = task.anonPages;
  for (const vma of task.vmas) sum += Math.min(vma.pages, mm.mappings[vma.mapping]?.length ?? 0);
  return sum;
}
