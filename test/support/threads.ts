import { NICE_0_WEIGHT } from '../../src/kernel/sched-tunables.ts';
import { INTERRUPTIBLE, setUserNice, type Thread } from '../../src/kernel/thread.ts';

/** The scheduler's part of a new thread. */
export function newThread(pid: number, nice: number): Thread {
  const thread: Thread = {
    pid,
    state: INTERRUPTIBLE,
    nice: 0,
    weight: NICE_0_WEIGHT,
    vruntime: 0,
    sumExec: 0,
    queueIndex: -1,
    cpu: 0,
    onCpu: false,
    timer: 0,
  };
  setUserNice(thread, nice);
  return thread;
}
