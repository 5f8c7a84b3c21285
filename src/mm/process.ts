import { removeFromQueue, wakeUp, wakeUpNewThread } from '../kernel/sched.ts';
import { NICE_0_WEIGHT } from '../kernel/sched-tunables.ts';
import { INTERRUPTIBLE, STOPPED } from '../kernel/thread.ts';
import { TIME_0 } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import type { Mm } from './kernel.ts';
import { memcgOf, ROOT_MEMCG } from './memcgs.ts';
import { exitMm } from './mmap.ts';
import { forgetWaiter } from './page-waiters.ts';
import type { RealProcess, Task, TaskKind } from './types.ts';

/** kernel/fork.c and kernel/exit.c, as far as memory is concerned. */

/** Above Linux's greatest pid (2^22), so that emulated and real pids never collide. */
export const FIRST_PID = 4_194_305;

/** A new task in a cgroup, asleep; `reclaims` is a reclaimer's cgroup, 0 for others. */
export function newTask(mm: Mm, kind: TaskKind, name: string, memcg: number, node = 0, reclaims = 0): Task {
  const task = addTask(mm, { pid: mm.nextPid, kind, name, memcg, node, reclaims, real: null });
  mm.nextPid += 1;
  return task;
}

type TaskParts = Pick<Task, 'pid' | 'kind' | 'name' | 'memcg' | 'node' | 'reclaims' | 'real'>;

/**
 * The fields stand in the order in which steps meet them, a thread's spelled out among them: so all tasks have
 * one shape, where a spread gives each a shape of its own, and a step looks at few cache lines.
 */
function addTask(mm: Mm, { pid, kind, name, memcg, node, reclaims, real }: TaskParts): Task {
  const task: Task = {
    pid,
    state: INTERRUPTIBLE,
    timer: 0,
    onCpu: false,
    cpu: 0,
    queueIndex: -1,
    weight: NICE_0_WEIGHT,
    vruntime: TIME_0,
    sumExec: TIME_0,
    waitSlot: -1,
    kind,
    inKernel: false,
    killed: false,
    stopPending: false,
    frozen: false,
    stopRequested: false,
    finished: false,
    overHigh: null,
    behaviour: null,
    progress: null,
    memcg,
    node,
    rereadsUnknown: false,
    charge: null,
    pass: mm.kernel.newPass(),
    phase: 0,
    reclaims,
    shouldStop: false,
    nice: 0,
    name,
    real,
    anon: -1,
    anonPages: 0,
    vmas: [],
    openFiles: new Map(),
    stallTime: TIME_0,
    pagesWritten: 0,
    faultStage: 0,
    outOfMemory: null,
    outcome: 'ended',
  };
  mm.tasks.push(task);
  mm.tasksByPid.set(task.pid, task);
  if (real === null && !mm.tasksByName.has(name)) mm.tasksByName.set(name, task);
  memcgOf(mm, memcg).nrTasks += 1;
  mm.kernel.taskJoined(mm, task);
  return task;
}

/** A process of the real world, under its own pid. */
export const adoptTask = (mm: Mm, pid: number, name: string, memcg: number, real: RealProcess): Task =>
  addTask(mm, { pid, kind: 'real', name, memcg, node: 0, reclaims: 0, real });

/** The oldest task of that name that is not dying; kernel threads share theirs, and so may who dies. */
export function taskByName(mm: Mm, name: string): Task | undefined {
  const oldest = mm.tasksByName.get(name);
  if (oldest?.killed !== true) return oldest;
  return mm.tasks.find((task) => isNamed(task, name) && !task.killed);
}

/** Real processes are known by their pids alone. */
const isNamed = (task: Task, name: string): boolean => task.name === name && task.real === null;

/** A charge has met a refusal and is not at its end: it has to be gone on with. */
export const isCharging = ({ charge }: Task): boolean => charge !== null;

/** kthread_run(): a new kernel thread in the root group, running. */
export function kthreadRun(mm: Mm, kind: TaskKind, name: string, reclaims: number): Task {
  const thread = newTask(mm, kind, name, ROOT_MEMCG, 0, reclaims);
  wakeUpNewThread(mm.sched, thread);
  return thread;
}

/** kthread_stop(), its first half: tells the thread to end, if there is one. */
export function kthreadStop(mm: Mm, thread: Task | null): void {
  if (thread === null) return;
  thread.shouldStop = true;
  wakeUp(mm.sched, thread);
}

/** cgroup_attach_task(): charges stay where they are. */
export function attachTask(mm: Mm, task: Task, memcg: number): void {
  mm.kernel.taskLeaves(mm, task);
  memcgOf(mm, task.memcg).nrTasks -= 1;
  memcgOf(mm, memcg).nrTasks += 1;
  task.memcg = memcg;
  mm.kernel.taskJoined(mm, task);
  if (task.rereadsUnknown) setRereadsUnknown(mm, task);
}

/** Of the task, and so of what its cgroup is charged from now on. */
export function setRereadsUnknown(mm: Mm, task: Task): void {
  task.rereadsUnknown = true;
  memcgOf(mm, task.memcg).rereadsUnknown = true;
}

/** do_exit(): gives everything back. Its last step must answer EXIT. */
export function exitTask(mm: Mm, task: Task): void {
  exitMm(mm, task);
  forgetTask(mm, task);
}

/** Takes a task out of every list it may stand in. */
function forgetTask(mm: Mm, task: Task): void {
  finishWait(mm.congestion, task);
  for (const device of mm.devices) forgetWaiter(device.waiters, task);
  removeFromQueue(mm.sched, task);
  mm.tasks.splice(mm.tasks.indexOf(task), 1);
  mm.tasksByPid.delete(task.pid);
  if (mm.tasksByName.get(task.name) === task) {
    const next = mm.tasks.find((other) => isNamed(other, task.name));
    if (next === undefined) mm.tasksByName.delete(task.name);
    else mm.tasksByName.set(task.name, next);
  }
  if (task.killed) mm.nrDying -= 1;
  mm.kernel.taskLeaves(mm, task);
  memcgOf(mm, task.memcg).nrTasks -= 1;
}

/** SIGKILL is pending, or a fault could not be served: the task will die. */
export function markKilled(mm: Mm, task: Task): void {
  if (!task.killed) mm.nrDying += 1;
  task.killed = true;
}

/** SIGKILL: the task dies when it next runs; an uninterruptible sleep ends first. */
export function sendKill(mm: Mm, task: Task): void {
  markKilled(mm, task);
  if (task.state === STOPPED) task.state = INTERRUPTIBLE;
  if (task.state === INTERRUPTIBLE) wakeUp(mm.sched, task);
}
