/** task_struct, as far as the scheduler looks at it, and the weights of kernel/sched.c. */

export type ThreadState = 'running' | 'interruptible' | 'uninterruptible' | 'stopped' | 'dead';

export interface Thread {
  readonly pid: number;
  /** `running` is on a CPU or waits for one. */
  state: ThreadState;
  nice: number;
  /** Weighted virtual run time, and CPU time used, ns. */
  vruntime: number;
  sumExec: number;
  /** The CPU it runs on, or ran on last, by number. */
  cpu: number;
  onCpu: boolean;
  /** When its last step before it left a CPU ends, ns. */
  leftAt: number;
  /** The alarm that will wake it: others that were set for it before are forgotten. */
  alarm: object | null;
}

export const newThread = (pid: number): Thread => ({
  pid,
  state: 'interruptible',
  nice: 0,
  vruntime: 0,
  sumExec: 0,
  cpu: 0,
  onCpu: false,
  leftAt: 0,
  alarm: null,
});

/** prio_to_weight[], from nice -20 on: 1024 at nice 0. */
const WEIGHTS = [
  88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121,
  2501, 1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23,
  18, 15,
];

export const weightOf = ({ nice }: Pick<Thread, 'nice'>): number => WEIGHTS[nice + 20];

export function setUserNice(thread: Thread, nice: number): void {
  thread.nice = Math.min(19, Math.max(-20, nice));
}
