import type { Thread } from './thread.ts';

/**
 * The runnable threads that no CPU runs, ordered by virtual run time as in CFS
 * (ties: the lower pid), as a binary heap.
 */
export type RunQueue<T extends Thread> = T[];

export function enqueue<T extends Thread>(queue: RunQueue<T>, thread: T): void {
  queue.push(thread);
  siftUp(queue, queue.length - 1);
}

/** The thread with the least virtual run time, taken off the queue. */
export function pickNext<T extends Thread>(queue: RunQueue<T>): T | undefined {
  const first = queue[0];
  if (first !== undefined) dequeue(queue, first);
  return first;
}

export function dequeue<T extends Thread>(queue: RunQueue<T>, thread: T): void {
  const at = thread.queueIndex;
  const last = queue.pop();
  thread.queueIndex = -1;
  if (last === undefined || last === thread) return;
  queue[at] = last;
  last.queueIndex = at;
  siftDown(queue, at);
  siftUp(queue, last.queueIndex);
}

const before = (a: Thread, b: Thread): boolean =>
  a.vruntime < b.vruntime || (a.vruntime === b.vruntime && a.pid < b.pid);

/** A copy, as they would be picked. */
export const inOrder = <T extends Thread>(threads: readonly T[]): T[] =>
  threads.toSorted((a, b) => (before(a, b) ? -1 : 1));

function siftUp<T extends Thread>(queue: RunQueue<T>, from: number): void {
  const thread = queue[from];
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(thread, queue[parent])) break;
    queue[at] = queue[parent];
    queue[at].queueIndex = at;
    at = parent;
  }
  queue[at] = thread;
  thread.queueIndex = at;
}

function siftDown<T extends Thread>(queue: RunQueue<T>, from: number): void {
  const thread = queue[from];
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= queue.length) break;
    if (child + 1 < queue.length && before(queue[child + 1], queue[child])) child += 1;
    if (!before(queue[child], thread)) break;
    queue[at] = queue[child];
    queue[at].queueIndex = at;
    at = child;
  }
  queue[at] = thread;
  thread.queueIndex = at;
}
