import { lookupCgroup } from '../fs/namei.ts';
import { OK, type Result, refuse } from '../kernel/errno.ts';
import { endThread } from '../kernel/sched.ts';
import { adoptTask, attachTask, exitTask, FIRST_PID } from '../mm/process.ts';
import { execReal, exitReal, newRealProcess } from '../mm/real-memory.ts';
import type { RealProcess, Resident, Task } from '../mm/types.ts';
import { startSample } from '../task/real.ts';
import type { Operation } from './operation.ts';
import type { MachineState } from './state.ts';

/** Processes of the real world that have joined the machine. What they do is told, and never refused. */

type RealOperation = Extract<Operation, { pid: number }>;

export function performOnReal(state: MachineState, operation: RealOperation): Result<undefined> | null {
  const { pid } = operation;
  if (pid < 1 || pid >= FIRST_PID)
    return refuse('EINVAL', `real processes have pids from 1 to ${FIRST_PID - 1}`);
  if (operation.op === 'adopt') return adopt(state, operation);
  const task = state.mm.tasksByPid.get(pid);
  const real = task?.real;
  if (task === undefined || real === null || real === undefined)
    return refuse('ESRCH', `no process ${pid} has joined this machine: adopt it first`);
  switch (operation.op) {
    case 'proc':
      startSample(state.mm, task, real, { ...real.seen, ...operation.seen });
      if (operation.wait === false || task.progress === null) return OK;
      state.hand = { kind: 'behaviour', pid, strict: false };
      return null;
    case 'exec':
      execReal(state.mm, real);
      task.name = operation.name ?? task.name;
      return OK;
    case 'exit':
      exit(state, task, real);
      return OK;
  }
}

const NOTHING: Resident = { anon: 0, file: 0, shmem: 0 };

/** A process joins, or moves: then all it has stays charged where it is. */
function adopt(state: MachineState, operation: Extract<Operation, { op: 'adopt' }>): Result<undefined> {
  const { mm, fs } = state;
  const { pid, name = 'process', start = 0, parent } = operation;
  const found = lookupCgroup(fs, operation.cgroup);
  if (!found.ok) return found;
  const known = mm.tasksByPid.get(pid);
  if (known?.real) {
    attachTask(mm, known, found.value.id);
    known.real.spared = false;
    known.real.refused = false;
    startSample(mm, known, known.real, known.real.seen);
    return OK;
  }
  // What a child shares with its parent since fork(2) is the parent's.
  const inherited = parent === undefined ? NOTHING : (mm.tasksByPid.get(parent)?.real?.base ?? NOTHING);
  const base = { ...inherited, ...operation.base };
  adoptTask(mm, pid, name, found.value.id, newRealProcess(mm, name, start, base));
  return OK;
}

/** Its memory and its place are free at once: a zombie is in no cgroup's way. */
function exit({ mm }: MachineState, task: Task, real: RealProcess): void {
  mm.kernel.dropPass(mm, task);
  exitReal(mm, real);
  endThread(mm.sched, task);
  exitTask(mm, task);
}
