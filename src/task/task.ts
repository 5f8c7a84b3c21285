import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd, sleepOn, wakeUp } from '../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING, STOPPED } from '../kernel/thread.ts';
import type { Mm } from '../mm/kernel.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { markKilled } from '../mm/process.ts';
import type { Task } from '../mm/types.ts';
import type { Behaviour } from './behaviour.ts';
import { allocStep, beginAlloc, beginMap, freeStep, mapStep } from './memory-work.ts';
import { tooEarly } from './pace.ts';
import {
  CALL_ENDED,
  FAULT_FAILED,
  FINISHED,
  IN_CALL,
  PAUSED,
  type Progress,
  type Stepped,
} from './progress.ts';
import { beginStream, streamStep } from './stream.ts';
import { beginTouch, touchStep } from './touch.ts';
import { beginTrace, traceStep } from './trace.ts';

/** A task: does its behaviour call by call, and takes signals between two calls. */

export function startBehaviour(mm: Mm, task: Task, behaviour: Behaviour): void {
  task.behaviour = behaviour;
  task.progress = begin(mm, task, behaviour);
  task.stopRequested = false;
  wakeUp(mm.sched, task);
}

function begin(mm: Mm, task: Task, behaviour: Behaviour): Progress {
  switch (behaviour.kind) {
    case 'alloc':
      return beginAlloc(mm, task, behaviour);
    case 'free':
      return { kind: 'free', behaviour };
    case 'touch':
      return beginTouch(mm, task, behaviour);
    case 'stream':
      return beginStream(mm, task, behaviour);
    case 'map':
      return beginMap(mm, behaviour);
    case 'trace':
      return beginTrace(mm, behaviour);
    case 'sleep':
      return { kind: 'sleep', until: clock(mm.sched) + behaviour.time };
  }
}

/** Asks a behaviour to end; it does so at its next return to user mode. */
export function stopBehaviour(mm: Mm, task: Task): void {
  if (task.behaviour === null) return;
  if (task.state === STOPPED && !task.inKernel) {
    // Held by SIGSTOP it will not come back to user mode by itself.
    endBehaviour(task, 'stopped', () => undefined);
    return;
  }
  task.stopRequested = true;
  if (!task.inKernel) wakeUp(mm.sched, task);
}

/** One step. `ended` is told of each behaviour that has ended. */
export function taskStep(mm: Mm, task: Task, ended: (task: Task) => void): StepEnd {
  const held = task.overHigh === null ? null : mm.kernel.doNotifyResume(mm, task);
  if (held !== null) return held;
  if (!task.inKernel) {
    // Signals are taken on the way back to user mode, SIGKILL too.
    if (task.killed) return die(mm, task, ended);
    if (task.stopPending || task.frozen) {
      sleepOn(mm.sched, task, STOPPED);
      return BLOCK;
    }
    if (task.stopRequested) endBehaviour(task, 'stopped', ended);
    if (task.finished) endBehaviour(task, 'ended', ended);
    if (task.behaviour === null) {
      sleepOn(mm.sched, task, INTERRUPTIBLE);
      return BLOCK;
    }
  }
  const stepped = work(mm, task);
  task.inKernel = stepped === IN_CALL;
  switch (stepped) {
    case CALL_ENDED:
      return MAY_PREEMPT;
    case IN_CALL:
      return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
    case PAUSED:
      return BLOCK;
    case FINISHED:
      // It is over when what it did last has taken its time.
      task.finished = true;
      return MAY_PREEMPT;
    case FAULT_FAILED:
      task.outOfMemory ??= mm.freePages === 0 ? '' : memcgOf(mm, task.memcg).path;
      markKilled(mm, task);
      return die(mm, task, ended);
  }
}

function work(mm: Mm, task: Task): Stepped {
  // Opaque to mm; startBehaviour() made it.
  const progress = task.progress as Progress;
  switch (progress.kind) {
    case 'alloc':
      return allocStep(mm, task, progress);
    case 'free':
      return freeStep(mm, task, progress.behaviour);
    case 'touch':
      return touchStep(mm, task, progress.behaviour, progress);
    case 'stream':
      return streamStep(mm, task, progress.behaviour, progress);
    case 'map':
      return mapStep(mm, task, progress.behaviour, progress);
    case 'trace':
      return traceStep(mm, task, progress.behaviour, progress);
    case 'sleep':
      return tooEarly(mm, task, progress.until) ? PAUSED : FINISHED;
  }
}

function endBehaviour(task: Task, outcome: Task['outcome'], ended: (task: Task) => void): void {
  task.behaviour = null;
  task.progress = null;
  task.finished = false;
  task.stopRequested = false;
  task.outcome = outcome;
  ended(task);
}

function die(mm: Mm, task: Task, ended: (task: Task) => void): StepEnd {
  mm.kernel.dropPass(mm, task);
  endBehaviour(task, 'killed', ended);
  return EXIT;
}
