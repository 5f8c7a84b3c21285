import { wakeUp } from '../kernel/sched.ts';
import { INTERRUPTIBLE, STOPPED } from '../kernel/thread.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { isRoot, parentOf, treeOf } from './tree.ts';
import type { Cgroup, MemCgroup, Mm, Task } from './types.ts';

/** kernel/cgroup/freezer.c, and what else a cgroup keeps of its tasks: their CPU time and their number. */

/** cgroup_do_freeze(), down the tree: a cgroup is frozen when it is to be, or one above is. */
export function applyFreeze(mm: Mm, { memcg, children }: Cgroup): void {
  const { cgroup } = memcg;
  cgroup.effectiveFreeze = cgroup.freeze || (parentOf(mm, memcg)?.cgroup.effectiveFreeze ?? false);
  for (const task of tasksOf(mm, memcg)) setFrozen(mm, task, cgroup.effectiveFreeze);
  for (const child of children) applyFreeze(mm, child);
}

/** cgroup_freeze_task(): it stops at its next return to user mode. Processes of the real world are not held. */
function setFrozen(mm: Mm, task: Task, frozen: boolean): void {
  if (task.kind !== 'task' || task.frozen === frozen) return;
  task.frozen = frozen;
  if (!frozen && !task.stopPending && task.state === STOPPED) task.state = INTERRUPTIBLE;
  if (!task.inKernel) wakeUp(mm.sched, task);
}

/** CGRP_FROZEN: it is to be, and nobody in it or below is still in the kernel. */
export const isFrozen = (mm: Mm, memcg: MemCgroup): boolean =>
  memcg.cgroup.effectiveFreeze &&
  [...treeOf(mm, memcg)].every((each) => !tasksOf(mm, each).some(({ inKernel }) => inKernel));

export const tasksOf = ({ tasks }: Mm, { id }: MemCgroup): Task[] =>
  tasks.filter(({ memcg }) => memcg === id);

/** pids_charge(): tasks in the cgroup and below. */
export function nrTasksBelow(mm: Mm, memcg: MemCgroup): number {
  let sum = 0;
  for (const { nrTasks } of treeOf(mm, memcg)) sum += nrTasks;
  return sum;
}

export function taskJoined(mm: Mm, task: Task): void {
  const memcg = memcgOf(mm, task.memcg);
  memcg.cgroup.cpuTime -= task.sumExec;
  setFrozen(mm, task, memcg.cgroup.effectiveFreeze);
  for (let at: MemCgroup | null = memcg; at !== null && !isRoot(at); at = parentOf(mm, at))
    at.cgroup.pidsPeak = Math.max(at.cgroup.pidsPeak, nrTasksBelow(mm, at));
}

export function taskLeaves(mm: Mm, task: Task): void {
  memcgOf(mm, task.memcg).cgroup.cpuTime += task.sumExec;
}

/** Of the cgroup and those below, ns. */
export function cpuTime(mm: Mm, memcg: MemCgroup): number {
  let sum = 0;
  for (const each of treeOf(mm, memcg)) {
    sum += each.cgroup.cpuTime;
    for (const task of tasksOf(mm, each)) sum += task.sumExec;
  }
  return sum;
}
