import { BLOCK, MAY_PREEMPT, needResched, type StepEnd, sleepOn, wakeUp } from '../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../kernel/thread.ts';
import type { Mm } from '../mm/kernel.ts';
import { isCharging } from '../mm/process.ts';
import { realFault, refuseReal, takeSample, wantsMore } from '../mm/real-memory.ts';
import { FAILED, type RealProcess, type Resident, SUSPENDED, type Task } from '../mm/types.ts';

/** A real process: its thread here does nothing but fault in what the samples say it holds. */

/** How far a sample has come; plain data, saved with the machine. */
interface SampleProgress {
  readonly kind: 'sample';
  /** Tries to charge also where there is no room. */
  eager: boolean;
}

/** Faults in one step: others on this CPU wait no longer. */
const FAULTS_A_STEP = 32;

/** Gives back at once what the process holds less; what it holds more its thread faults in. */
export function startSample(mm: Mm, task: Task, real: RealProcess, seen: Resident): void {
  const eager = takeSample(mm, real, seen);
  if (task.progress !== null) {
    const progress = task.progress as SampleProgress;
    progress.eager ||= eager;
    task.finished = false;
    return;
  }
  if (!wantsMore(mm, task, real, eager)) return;
  const progress: SampleProgress = { kind: 'sample', eager };
  task.behaviour = { kind: 'sample' };
  task.progress = progress;
  wakeUp(mm.sched, task);
}

/** One step. `ended` is told when all is in, or was refused. */
export function realStep(mm: Mm, task: Task, ended: (task: Task) => void): StepEnd {
  const { real } = task;
  if (real === null || task.progress === null || task.finished) {
    task.behaviour = null;
    task.progress = null;
    task.finished = false;
    ended(task);
    sleepOn(mm.sched, task, INTERRUPTIBLE);
    return BLOCK;
  }
  // Opaque to mm; startSample() made it.
  const { eager } = task.progress as SampleProgress;
  for (let i = 0; i < FAULTS_A_STEP; i += 1) {
    if (!isCharging(task) && !wantsMore(mm, task, real, eager)) {
      // It is over when what it did last has taken its time.
      task.finished = true;
      break;
    }
    const status = realFault(mm, task, real);
    task.inKernel = status === SUSPENDED;
    if (status === SUSPENDED) return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
    if (status === FAILED) {
      refuseReal(mm, task, real);
      task.finished = true;
      break;
    }
    if (needResched(mm.sched, task)) break;
  }
  return MAY_PREEMPT;
}
