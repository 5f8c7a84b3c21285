import { type Sched, wakeUp } from '../kernel/sched.ts';
import type { Task } from './types.ts';

/**
 * Those who wait for a page to be read or written: mm/filemap.c, page_waitqueue(), hashes pages
 * to wait queues, so that the end of a transfer wakes its own waiters without asking all of them.
 */
export interface PageWaiters {
  /** The only one who waits, as there mostly is: then the queues are empty. */
  sole: Task | null;
  /** By slot (or swap entry) >> QUEUE_SHIFT, in the order in which they came. */
  readonly queues: Map<number, Task[]>;
  /** Waits since boot: each has its number. */
  waits: number;
}

/** A queue is for 128 neighbouring pages: what one transfer has at most lies in two of them. */
const QUEUE_SHIFT = 7;

export const newPageWaiters = (): PageWaiters => ({ sole: null, queues: new Map(), waits: 0 });

export function addWaiter(waiters: PageWaiters, task: Task, slot: number): void {
  waiters.waits += 1;
  task.waitSlot = slot;
  task.waitOrder = waiters.waits;
  if (waiters.sole === null && waiters.queues.size === 0) {
    waiters.sole = task;
    return;
  }
  if (waiters.sole !== null) enqueueWaiter(waiters.queues, waiters.sole);
  waiters.sole = null;
  enqueueWaiter(waiters.queues, task);
}

function enqueueWaiter(queues: Map<number, Task[]>, task: Task): void {
  const key = task.waitSlot >> QUEUE_SHIFT;
  const queue = queues.get(key);
  if (queue === undefined) queues.set(key, [task]);
  else queue.push(task);
}

/** A task that is gone waits for nothing any more. */
export function forgetWaiter(waiters: PageWaiters, task: Task): void {
  if (waiters.sole === task) waiters.sole = null;
  if (task.waitSlot < 0) return;
  const key = task.waitSlot >> QUEUE_SHIFT;
  const queue = waiters.queues.get(key);
  if (queue?.includes(task) !== true) return;
  queue.splice(queue.indexOf(task), 1);
  if (queue.length === 0) waiters.queues.delete(key);
}

/** The transfer of `count` slots from `start` on has ended: who waits for one of them wakes, first come first. */
export function wakeWaiters(sched: Sched<Task>, waiters: PageWaiters, start: number, count: number): void {
  const { sole } = waiters;
  if (sole !== null) {
    if (sole.waitSlot < start || sole.waitSlot >= start + count) return;
    waiters.sole = null;
    sole.waitSlot = -1;
    wakeUp(sched, sole);
    return;
  }
  if (waiters.queues.size === 0) return;
  const first = start >> QUEUE_SHIFT;
  const last = (start + count - 1) >> QUEUE_SHIFT;
  let woken = takeWaiters(waiters, first, start, count);
  for (let key = first + 1; key <= last; key += 1) {
    const more = takeWaiters(waiters, key, start, count);
    if (more.length > 0) woken = [...woken, ...more].sort((a, b) => a.waitOrder - b.waitOrder);
  }
  for (let i = 0; i < woken.length; i += 1) wakeUp(sched, woken[i]);
}

const NOBODY: readonly Task[] = [];

/** Those of one queue who wait for these slots, taken off it. */
function takeWaiters({ queues }: PageWaiters, key: number, start: number, count: number): readonly Task[] {
  const queue = queues.get(key);
  if (queue === undefined) return NOBODY;
  if (queue.length === 1) {
    const [task] = queue;
    if (task.waitSlot < start || task.waitSlot >= start + count) return NOBODY;
    task.waitSlot = -1;
    queues.delete(key);
    return queue;
  }
  const taken = queue.filter(({ waitSlot }) => waitSlot >= start && waitSlot < start + count);
  for (const task of taken) task.waitSlot = -1;
  if (taken.length === queue.length) queues.delete(key);
  else if (taken.length > 0)
    queues.set(
      key,
      queue.filter(({ waitSlot }) => waitSlot >= 0),
    );
  return taken;
}
