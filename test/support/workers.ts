import {
  BLOCK,
  EXIT,
  MAY_PREEMPT,
  newSched,
  runOneEvent,
  type Sched,
  type SchedHost,
  type StepEnd,
  sleepOn,
  wakeUp,
  wakeUpNewThread,
} from '../../src/kernel/sched.ts';
import { INTERRUPTIBLE, type Thread } from '../../src/kernel/thread.ts';
import { newThread } from './threads.ts';

/** A step of a worker: what it costs, ns, and how it ends. */
export interface Step {
  readonly cost: number;
  readonly end: StepEnd;
  /** With BLOCK: for so long, ns; else until it is woken. */
  readonly sleep?: number;
  /** With BLOCK: somebody wakes it before it is off its CPU. */
  readonly wokenAtOnce?: boolean;
}

/** What a CPU was seen to do. */
export interface Slice {
  readonly pid: number;
  readonly cpu: number;
  readonly from: number;
  readonly to: number;
}

/** A scheduler with threads that do as they are told, and a record of who ran when. */
export class Workers {
  readonly sched: Sched<Thread>;
  readonly slices: Slice[] = [];
  /** The present at each event. */
  readonly times: number[] = [];
  readonly #steps = new Map<number, () => Step>();
  readonly #threads = new Map<number, Thread>();
  readonly #host: SchedHost<Thread>;

  constructor(cpus: number, contextSwitch = 0, wakeLatency = 0) {
    this.sched = newSched<Thread>(cpus, contextSwitch, wakeLatency);
    this.#host = {
      step: (thread) => this.#step(thread),
      threadOf: (pid) => this.#threads.get(pid),
      deviceTimer: () => undefined,
      exited: (thread) => this.#threads.delete(thread.pid),
    };
  }

  /** A new thread, runnable at once; `step` says what each of its steps is. */
  add(pid: number, nice: number, step: () => Step): Thread {
    const thread = newThread(pid, nice);
    this.#threads.set(pid, thread);
    this.#steps.set(pid, step);
    wakeUpNewThread(this.sched, thread);
    return thread;
  }

  /** A thread that computes for ever, in calls of so many ns. */
  spinner(pid: number, nice = 0, cost = 1e6): Thread {
    return this.add(pid, nice, () => ({ cost, end: MAY_PREEMPT }));
  }

  /** A thread that does its steps one after the other, and exits. */
  script(pid: number, nice: number, steps: readonly Step[]): Thread {
    let at = 0;
    return this.add(pid, nice, () => steps[at++] ?? { cost: 0, end: EXIT });
  }

  /** All events up to a time, ns. */
  runUntil(time: number, watch: () => void = () => undefined): void {
    while (runOneEvent(this.sched, this.#host, time)) {
      this.times.push(this.sched.now);
      watch();
    }
    if (time < Infinity) this.sched.now = Math.max(this.sched.now, time);
  }

  /** Who ran, in order, each stay on a CPU once. */
  order(): number[] {
    const pids = this.slices.map((slice) => slice.pid);
    return pids.filter((pid, i) => pid !== pids[i - 1]);
  }

  #step(thread: Thread): StepEnd {
    const { sched } = this;
    const step: Step = this.#steps.get(thread.pid)?.() ?? { cost: 0, end: EXIT };
    const { cost, end, sleep } = step;
    this.slices.push({ pid: thread.pid, cpu: thread.cpu, from: sched.now, to: sched.now + cost });
    sched.cost += cost;
    if (end === BLOCK) {
      sleepOn(sched, thread, INTERRUPTIBLE, sleep === undefined ? null : sched.now + cost + sleep);
      if (step.wokenAtOnce === true) wakeUp(sched, thread);
    }
    return end;
  }
}
