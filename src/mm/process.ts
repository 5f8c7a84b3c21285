import { removeFromQueue, wakeUpNewThread } from '../kernel/sched.ts';
import { newThread } from '../kernel/thread.ts';
import { finishWait } from '../kernel/wait.ts';
import { memcgOf } from './memcontrol.ts';
import { exitMm } from './mmap.ts';
import type { Mm, Task, TaskKind } from './types.ts';
import { newPass } from './vmscan.ts';

/** kernel/fork.c and kernel/exit.c, as far as memory is concerned. */

/** Above Linux's greatest pid (2^22), so that emulated and real pids never collide. */
export const FIRST_PID = 4_194_305;

/** A new task in a cgroup, asleep; `reclaims` is memcontd's cgroup, 0 for others. */
export function newTask(mm: Mm, kind: TaskKind, name: string, memcg: number, node = 0, reclaims = 0): Task {
  const task: Task = {
    ...newThread(mm.nextPid, 0),
    name,
    kind,
    node,
    memcg,
    reclaims,
    anon: -1,
    anonPages: 0,
    vmas: [],
    openFiles: new Map(),
    killed: false,
    stopPending: false,
    shouldStop: false,
    phase: 0,
    pass: newPass(),
    charge: { retries: -1, since: -1, globalNext: -1, globalFreed: 0 },
    waitSlot: -1,
    stallTime: 0,
    pagesWritten: 0,
    faultStage: 0,
    behaviour: null,
    progress: null,
    inKernel: false,
    finished: false,
    stopRequested: false,
    outcome: 'ended',
  };
  mm.nextPid += 1;
  mm.tasks.push(task);
  mm.tasksByPid.set(task.pid, task);
  memcgOf(mm, memcg).nrTasks += 1;
  return task;
}

/** kthread_run(): a new kernel thread in the root group, running. */
export function kthreadRun(mm: Mm, kind: TaskKind, name: string, reclaims: number): Task {
  const thread = newTask(mm, kind, name, ROOT_MEMCG, 0, reclaims);
  wakeUpNewThread(mm.sched, thread);
  return thread;
}

/** Id of the root's memory cgroup; 0 is nobody. */
export const ROOT_MEMCG = 1;

/** cgroup_attach_task(): charges stay where they are. */
export function attachTask(mm: Mm, task: Task, memcg: number): void {
  memcgOf(mm, task.memcg).nrTasks -= 1;
  memcgOf(mm, memcg).nrTasks += 1;
  task.memcg = memcg;
}

/** do_exit(): gives everything back. Its last step must answer EXIT. */
export function exitTask(mm: Mm, task: Task): void {
  exitMm(mm, task);
  forgetTask(mm, task);
}

/** Takes a task out of every list it may stand in. */
function forgetTask(mm: Mm, task: Task): void {
  finishWait(mm.congestion, task);
  for (const device of mm.devices) finishWait(device.waiters, task);
  removeFromQueue(mm.sched, task);
  mm.tasks.splice(mm.tasks.indexOf(task), 1);
  mm.tasksByPid.delete(task.pid);
  memcgOf(mm, task.memcg).nrTasks -= 1;
}
