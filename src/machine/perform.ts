import { mayRmdir, mkdir, rename } from '../fs/cgroup.ts';
import { writeFile } from '../fs/directory.ts';
import { setAttributes } from '../fs/inode.ts';
import { lookup, lookupCgroup } from '../fs/namei.ts';
import { type Credentials, type LongWrite, SUPERUSER, type WriteAnswer } from '../fs/types.ts';
import { OK, type Refusal, type Result, refuse } from '../kernel/errno.ts';
import { wakeUp } from '../kernel/sched.ts';
import { INTERRUPTIBLE, STOPPED, setUserNice } from '../kernel/thread.ts';
import type { Nanoseconds } from '../kernel/units.ts';
import { wakeupFlusher } from '../mm/dirty.ts';
import { fileMapping, invalidateMapping, truncateMapping } from '../mm/page-cache.ts';
import { MAX_FILE_PAGES } from '../mm/page-table.ts';
import { attachTask, kthreadStop, newTask, sendKill, setRereadsUnknown, taskByName } from '../mm/process.ts';
import type { Mapping, Task } from '../mm/types.ts';
import type { Behaviour } from '../task/behaviour.ts';
import { startBehaviour, stopBehaviour } from '../task/task.ts';
import { touchable } from '../task/touch.ts';
import { performOnFaults } from './faults.ts';
import { closeKept, keepOpen, rewrite } from './kept-open.ts';
import type { Operation } from './operation.ts';
import { performOnReal } from './real.ts';
import type { Hand, MachineState } from './state.ts';

/** Does an operation, or begins it: then its answer is null and `state.hand` says what goes on. */
export function perform(state: MachineState, operation: Operation): Result<undefined> | null {
  const { mm, fs } = state;
  switch (operation.op) {
    case 'write':
      return write(state, operation.path, operation.data);
    case 'open':
      return keepOpen(state, operation.path);
    case 'rewrite':
      return inHand(state, rewrite(state, operation.path, operation.data));
    case 'close':
      return closeKept(state, operation.path);
    case 'mkdir':
      return make(state, operation);
    case 'chmod':
    case 'chown':
    case 'utimes':
      return change(state, operation);
    case 'rmdir':
      return rmdir(state, operation.path, SUPERUSER);
    case 'rename':
      return rename(fs, operation.from, operation.to);
    case 'spawn':
      return spawn(state, operation);
    case 'sync':
      wakeupFlusher(mm, mm.nrDirty);
      return begin(state, { kind: 'sync', target: null });
    case 'drop':
      return drop(state, operation.file);
    case 'truncate':
      if (operation.pages > MAX_FILE_PAGES) return TOO_BIG;
      truncateMapping(mm, fileMapping(mm, operation.file, 0), operation.pages);
      return OK;
    case 'sleep':
      return operation.until <= mm.sched.now ? OK : begin(state, { kind: 'sleep', until: operation.until });
    case 'let-pass':
      return operation.until <= mm.sched.now ? OK : letPass(state, operation.until);
    case 'wait-until':
      return begin(state, { kind: 'condition', until: operation.until });
    case 'fault':
    case 'clear-faults':
    case 'attempt':
      return performOnFaults(state.fs, operation);
    case 'adopt':
    case 'proc':
    case 'exec':
    case 'exit':
      return performOnReal(state, operation);
    default:
      return performOnTask(state, operation);
  }
}

function make(
  { fs }: MachineState,
  { path, mode, owner }: Extract<Operation, { op: 'mkdir' }>,
): Result<undefined> {
  const who = mode === undefined ? SUPERUSER : { ...SUPERUSER, umask: 0 };
  return mkdir(fs, path, mode, who, owner);
}

function change(
  { fs }: MachineState,
  { op: _, path, ...attributes }: Extract<Operation, { op: 'chmod' | 'chown' | 'utimes' }>,
): Result<undefined> {
  const found = lookup(fs, path);
  if (!found.ok) return found;
  return setAttributes(fs, found.value.cgroup, found.value.file?.name ?? null, attributes, SUPERUSER);
}

type TaskOperation = Extract<Operation, { task: string }>;

function performOnTask(state: MachineState, operation: Exclude<TaskOperation, { op: 'spawn' }>) {
  const { mm, fs } = state;
  const task = taskByName(mm, operation.task);
  if (task === undefined) {
    if (operation.op === 'wait-task' && wasHere(state, operation.task)) return OK;
    return refuse('ESRCH', `there is no task ${operation.task}${gone(state, operation.task)}`);
  }
  switch (operation.op) {
    case 'kill':
      return signal(state, task, operation.signal, operation.wait !== false);
    case 'attach': {
      const found = lookupCgroup(fs, operation.cgroup);
      if (!found.ok) return found;
      const refused = fs.controller.mayEnter(fs, found.value, task);
      if (refused !== null) return refused;
      attachTask(mm, task, found.value.id);
      return OK;
    }
    case 'renice':
      setUserNice(task, operation.nice);
      return OK;
    case 'start':
    case 'run': {
      const mistake = behaviourMistake(state, task, operation.behaviour);
      if (mistake !== null) return mistake;
      startBehaviour(mm, task, operation.behaviour);
      return operation.op === 'start' ? OK : begin(state, { kind: 'behaviour', pid: task.pid, strict: true });
    }
    case 'stop':
      stopBehaviour(mm, task);
      return operation.wait === false ? OK : awaitBehaviour(state, task);
    case 'wait-task':
      return awaitBehaviour(state, task);
  }
}

/** What goes on takes virtual time, and `sh` does it. */
export function begin(state: MachineState, hand: Hand): null {
  state.hand = hand;
  wakeUp(state.mm.sched, state.sh);
  return null;
}

/** As if nobody had asked for it: not even `sh` runs. */
function letPass(state: MachineState, until: Nanoseconds): null {
  state.hand = { kind: 'sleep', until };
  return null;
}

function awaitBehaviour(state: MachineState, task: Task): Result<undefined> | null {
  return task.behaviour === null ? OK : begin(state, { kind: 'behaviour', pid: task.pid, strict: false });
}

function write(state: MachineState, path: string, data: Uint8Array): Result<undefined> | null {
  const found = lookup(state.fs, path);
  if (!found.ok) return found;
  const { cgroup, file } = found.value;
  if (file === null) return refuse('EISDIR', `${path} is a cgroup`);
  return inHand(state, writeFile(file, state.fs, cgroup, data, { task: state.sh, uid: 0 }));
}

const inHand = (state: MachineState, answer: WriteAnswer): Result<undefined> | null =>
  'wait' in answer ? begin(state, handOf(answer)) : answer;

/** What `sh` goes on with after a write that takes virtual time. */
export function handOf(write: LongWrite): Hand {
  const cgroup = write.cgroup.id;
  if (write.wait !== 'reclaim') return { kind: write.wait, cgroup };
  return { kind: 'reclaim', cgroup, asked: write.asked, strict: write.strict };
}

/** rmdir(2): the checks at once, then the reclaimer's end and the pages. */
export function rmdir(state: MachineState, path: string, who: Credentials): Result<undefined> | null {
  const found = mayRmdir(state.fs, path, who);
  if (!found.ok) return found;
  const cgroup = found.value;
  kthreadStop(state.mm, cgroup.memcg.daemon);
  return begin(state, { kind: 'rmdir', cgroup: cgroup.id, stage: 'daemon' });
}

function spawn(
  { mm, fs }: MachineState,
  { task: name, cgroup, node = 0, rereads }: Extract<Operation, { op: 'spawn' }>,
): Result<undefined> {
  const found = lookupCgroup(fs, cgroup);
  if (!found.ok) return found;
  if (taskByName(mm, name) !== undefined) {
    return refuse('EEXIST', `there is a task ${name} already`);
  }
  const refused = fs.controller.mayEnter(fs, found.value, null);
  if (refused !== null) return refused;
  if (node >= mm.nodes) return refuse('EINVAL', `the machine has ${mm.nodes} node(s): 0 to ${mm.nodes - 1}`);
  const task = newTask(mm, 'task', name, found.value.id, node);
  if (rereads === 'unknown') setRereadsUnknown(mm, task);
  return OK;
}

/** A kernel thread ignores every signal. */
function signal(
  state: MachineState,
  task: Task,
  name: 'KILL' | 'STOP' | 'CONT',
  wait: boolean,
): Result<undefined> | null {
  const { mm } = state;
  if (task.kind === 'sh') return refuse('EPERM', 'sh is who speaks to the machine: it can not be signalled');
  if (task.kind !== 'task') return OK;
  if (name === 'KILL') {
    sendKill(mm, task);
    return !wait ? OK : begin(state, { kind: 'exit', pid: task.pid });
  }
  task.stopPending = name === 'STOP';
  if (name === 'CONT' && task.state === STOPPED) task.state = INTERRUPTIBLE;
  wakeUpToUser(state, task);
  return OK;
}

/** A task that sleeps in user mode has to look at its signals; one in the kernel will. */
function wakeUpToUser(state: MachineState, task: Task): void {
  if (!task.inKernel) wakeUp(state.mm.sched, task);
}

function behaviourMistake(state: MachineState, task: Task, behaviour: Behaviour): Refusal | null {
  if (task.kind !== 'task') return refuse('EPERM', `${task.name} can't be told what to do`);
  if (task.behaviour !== null) {
    return refuse('EBUSY', `${task.name} is busy with ${task.behaviour.kind}: stop it or wait for it first`);
  }
  if (endOfFile(behaviour) > MAX_FILE_PAGES) return TOO_BIG;
  if (behaviour.kind === 'touch') {
    const there = touchable(task);
    if (there === 0) return refuse('EFAULT', `${task.name} has no memory: alloc or map some first`);
    if (behaviour.pages !== null && behaviour.pages > there) {
      return refuse('EFAULT', `${task.name} has ${there} pages of memory, not ${behaviour.pages}`);
    }
  }
  if (behaviour.kind === 'free' && behaviour.pages !== null && behaviour.pages > task.anonPages) {
    return refuse('EINVAL', `${task.name} has allocated ${task.anonPages} pages, not ${behaviour.pages}`);
  }
  if (behaviour.kind === 'alloc' && task.anonPages + behaviour.pages > 16 * totalMemory(state)) {
    return refuse('ENOMEM', `${behaviour.pages} pages are far beyond the machine's memory and swap`);
  }
  return null;
}

const TOO_BIG = refuse('EFBIG', 'a file has 32 TiB at most');

/** How long a file has to be for this, in pages. */
function endOfFile(behaviour: Behaviour): number {
  if (behaviour.kind === 'map') return behaviour.pages;
  return behaviour.kind === 'stream' ? behaviour.at + behaviour.pages : 0;
}

const totalMemory = ({ mm }: MachineState): number => mm.nrPages + mm.swap.size;

function drop(state: MachineState, file: string | null): Result<undefined> {
  const { mm } = state;
  const id = file === null ? undefined : mm.files.get(file);
  if (file !== null && id === undefined) return refuse('ENOENT', `nobody has opened a file ${file} yet`);
  const ids = id === undefined ? [...mm.files.values()] : [id];
  for (const each of ids) {
    const mapping: Mapping | null = mm.mappings[each];
    if (mapping !== null) invalidateMapping(mm, mapping);
  }
  return OK;
}

const wasHere = (state: MachineState, name: string): boolean =>
  state.departed.some((task) => task.name === name) || state.mm.tasks.some((task) => task.name === name);

const gone = (state: MachineState, name: string): string =>
  wasHere(state, name) ? ' any more: it was killed' : '';
