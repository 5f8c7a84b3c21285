/**
 * task_struct, as far as the scheduler looks at it. A thread is an explicit step
 * function over plain state: the scheduler knows nothing of what a step does.
 */

export const RUNNING = 0;
export const INTERRUPTIBLE = 1;
export const UNINTERRUPTIBLE = 2;
/** After SIGSTOP. */
export const STOPPED = 3;
export const DEAD = 4;
export type ThreadState =
  | typeof RUNNING
  | typeof INTERRUPTIBLE
  | typeof UNINTERRUPTIBLE
  | typeof STOPPED
  | typeof DEAD;

export interface Thread {
  readonly pid: number;
  state: ThreadState;
  nice: number;
  /** CFS weight of `nice`. */
  weight: number;
  /** Weighted virtual run time, ns. */
  vruntime: number;
  /** CPU time used, ns. */
  sumExec: number;
  /** Place in the run queue's heap, -1 when not queued. */
  queueIndex: number;
  /** The CPU it runs on, or ran on last. */
  cpu: number;
  onCpu: boolean;
  /** Name of the timer that will wake it, 0 for none. */
  timer: number;
}

/** kernel/sched.c, prio_to_weight[]: nice 0 is 1024, each step is about 1.25. */
const PRIO_TO_WEIGHT = [
  88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121,
  2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23,
  18, 15,
];

export const MIN_NICE = -20;
export const MAX_NICE = 19;

export function setUserNice(thread: Thread, nice: number): void {
  thread.nice = Math.min(MAX_NICE, Math.max(MIN_NICE, nice));
  thread.weight = PRIO_TO_WEIGHT[thread.nice - MIN_NICE];
}
