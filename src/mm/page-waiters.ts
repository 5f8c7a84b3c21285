import { grown } from '../kernel/arrays.ts';
import { type Sched, wakeUp } from '../kernel/sched.ts';
import type { Thread } from '../kernel/thread.ts';

/** The slot of the page that it waits for; -1 for none. */
export interface Waiter extends Thread {
  waitSlot: number;
}

/**
 * Those who wait for a page to be read or written: mm/filemap.c, page_waitqueue(), hashes pages
 * to wait queues, so that the end of a transfer wakes its own waiters without asking all of them.
 * Waits stand in parallel arrays: neither who comes nor who wakes makes an object, or looks at
 * tasks that wait for something else.
 */
export interface PageWaiters<T extends Waiter> {
  /** The only one who waits, as there mostly is: then nobody is in a queue. */
  sole: T | null;
  /** By slot (or swap entry) >> QUEUE_SHIFT: the wait of who came last; NONE for nobody. */
  queues: Int32Array;
  /** By wait: who waits (null: nobody, it is free), for which slot, and as which that ever did. */
  readonly tasks: (T | null)[];
  slot: Int32Array;
  order: Float64Array;
  /** By wait: who came before in the same queue; among the free ones the next. */
  next: Int32Array;
  free: number;
  /** Waits in queues, and that were ever there. */
  length: number;
  waits: number;
}

/** A queue is for 128 neighbouring pages: what one transfer has at most lies in two of them. */
const QUEUE_SHIFT = 7;
const NONE = -1;

export const newPageWaiters = <T extends Waiter>(): PageWaiters<T> => ({
  sole: null,
  queues: new Int32Array(0),
  tasks: [],
  slot: new Int32Array(0),
  order: new Float64Array(0),
  next: new Int32Array(0),
  free: NONE,
  length: 0,
  waits: 0,
});

export function addWaiter<T extends Waiter>(waiters: PageWaiters<T>, task: T, slot: number): void {
  const { sole } = waiters;
  task.waitSlot = slot;
  if (waiters.length === 0 && sole === null) {
    waiters.sole = task;
    return;
  }
  waiters.sole = null;
  if (sole !== null) enqueue(waiters, sole);
  enqueue(waiters, task);
}

function enqueue<T extends Waiter>(waiters: PageWaiters<T>, task: T): void {
  const slot = task.waitSlot;
  const key = slot >> QUEUE_SHIFT;
  if (key >= waiters.queues.length) growQueues(waiters, key + 1);
  if (waiters.free === NONE) growWaits(waiters);
  const wait = waiters.free;
  waiters.free = waiters.next[wait];
  waiters.length += 1;
  waiters.waits += 1;
  waiters.tasks[wait] = task;
  waiters.slot[wait] = slot;
  waiters.order[wait] = waiters.waits;
  waiters.next[wait] = waiters.queues[key];
  waiters.queues[key] = wait;
}

/** A task that is gone waits for nothing any more. */
export function forgetWaiter<T extends Waiter>(waiters: PageWaiters<T>, task: T): void {
  if (waiters.sole === task) waiters.sole = null;
  const { queues, next, tasks } = waiters;
  const key = task.waitSlot >> QUEUE_SHIFT;
  if (key < 0 || key >= queues.length) return;
  let before = NONE;
  for (let wait = queues[key]; wait !== NONE; wait = next[wait]) {
    if (tasks[wait] === task) {
      if (before === NONE) queues[key] = next[wait];
      else next[before] = next[wait];
      release(waiters, wait);
      return;
    }
    before = wait;
  }
}

/** The transfer of `count` slots from `start` on has ended: who waits for one of them wakes, first come first. */
export function wakeWaiters<T extends Waiter>(
  sched: Sched<T>,
  waiters: PageWaiters<T>,
  start: number,
  count: number,
): void {
  const end = start + count;
  const { queues, next, sole } = waiters;
  if (sole !== null && sole.waitSlot >= start && sole.waitSlot < end) {
    waiters.sole = null;
    sole.waitSlot = -1;
    wakeUp(sched, sole);
  }
  if (waiters.length === 0) return;
  const last = Math.min((end - 1) >> QUEUE_SHIFT, queues.length - 1);
  let woken = NONE;
  for (let key = start >> QUEUE_SHIFT; key <= last; key += 1) {
    if (queues[key] !== NONE) woken = takeWaiters(waiters, key, start, end, woken);
  }
  while (woken !== NONE) {
    const following = next[woken];
    const task = release(waiters, woken);
    if (task !== null) {
      task.waitSlot = -1;
      wakeUp(sched, task);
    }
    woken = following;
  }
}

/** Takes those of one queue who wait for these slots off it, and answers `woken` with them among it. */
function takeWaiters<T extends Waiter>(
  { queues, slot, next, order }: PageWaiters<T>,
  key: number,
  start: number,
  end: number,
  woken: number,
): number {
  let first = woken;
  let before = NONE;
  let wait = queues[key];
  while (wait !== NONE) {
    const following = next[wait];
    if (slot[wait] >= start && slot[wait] < end) {
      if (before === NONE) queues[key] = following;
      else next[before] = following;
      first = insert(next, order, first, wait);
    } else {
      before = wait;
    }
    wait = following;
  }
  return first;
}

/** Into a chain in the order of coming; answers its first. */
function insert(next: Int32Array, order: Float64Array, first: number, wait: number): number {
  if (first === NONE || order[wait] < order[first]) {
    next[wait] = first;
    return wait;
  }
  let at = first;
  while (next[at] !== NONE && order[next[at]] < order[wait]) at = next[at];
  next[wait] = next[at];
  next[at] = wait;
  return first;
}

/** Who waited there. */
function release<T extends Waiter>(waiters: PageWaiters<T>, wait: number): T | null {
  const task = waiters.tasks[wait];
  waiters.tasks[wait] = null;
  waiters.next[wait] = waiters.free;
  waiters.free = wait;
  waiters.length -= 1;
  return task;
}

function growQueues<T extends Waiter>(waiters: PageWaiters<T>, least: number): void {
  const size = Math.max(least, 2 * waiters.queues.length);
  waiters.queues = grown(waiters.queues, new Int32Array(size).fill(NONE));
}

function growWaits<T extends Waiter>(waiters: PageWaiters<T>): void {
  const { slot, order, next } = waiters;
  const size = Math.max(4, 2 * slot.length);
  waiters.slot = grown(slot, new Int32Array(size));
  waiters.order = grown(order, new Float64Array(size));
  waiters.next = grown(next, new Int32Array(size));
  for (let wait = size - 1; wait >= slot.length; wait -= 1) {
    waiters.tasks[wait] = null;
    waiters.next[wait] = waiters.free;
    waiters.free = wait;
  }
}
