import { type Sched, wakeUp } from './sched.ts';
import type { Thread } from './thread.ts';

/** Wait queues: threads in the order in which they came. */
export type WaitQueue<T extends Thread> = T[];

export function prepareToWait<T extends Thread>(queue: WaitQueue<T>, thread: T): void {
  if (!queue.includes(thread)) queue.push(thread);
}

export function finishWait<T extends Thread>(queue: WaitQueue<T>, thread: T): void {
  const at = queue.indexOf(thread);
  if (at >= 0) queue.splice(at, 1);
}

/** Wakes all; each leaves the queue itself, when it runs again. */
export function wakeUpAll<T extends Thread>(sched: Sched<T>, queue: WaitQueue<T>): void {
  for (let i = 0; i < queue.length; i += 1) wakeUp(sched, queue[i]);
}
