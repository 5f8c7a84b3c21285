/**
 * Pending wake-ups of threads and completions of devices, as a binary heap in
 * parallel arrays (plain state, no allocation per timer). Ties go to the timer
 * that was set first.
 */
export interface Timers {
  length: number;
  /** Order of setting; also the timer's name, so that a sleeper knows its own. */
  sequence: number;
  time: Float64Array;
  order: Float64Array;
  /** What it is for: a thread's pid, or ~index of a device. */
  target: Int32Array;
}

const FIRST_CAPACITY = 64;

export const newTimers = (): Timers => ({
  length: 0,
  sequence: 0,
  time: new Float64Array(FIRST_CAPACITY),
  order: new Float64Array(FIRST_CAPACITY),
  target: new Int32Array(FIRST_CAPACITY),
});

export const nextTimer = (timers: Timers): number => (timers.length === 0 ? Infinity : timers.time[0]);

/** Sets a timer and answers its name. */
export function addTimer(timers: Timers, time: number, target: number): number {
  if (timers.length === timers.time.length) grow(timers);
  timers.sequence += 1;
  siftUp(timers, timers.length++, time, timers.sequence, target);
  return timers.sequence;
}

/** Takes the first timer off; its target and name stand in `taken`. */
export function takeTimer(timers: Timers, taken: { target: number; name: number }): void {
  taken.target = timers.target[0];
  taken.name = timers.order[0];
  const last = --timers.length;
  if (last > 0) siftDown(timers, timers.time[last], timers.order[last], timers.target[last]);
}

function siftUp(timers: Timers, from: number, time: number, order: number, target: number): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(time, order, timers.time[parent], timers.order[parent])) break;
    copy(timers, parent, at);
    at = parent;
  }
  put(timers, at, time, order, target);
}

function siftDown(timers: Timers, time: number, order: number, target: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= timers.length) break;
    const right = child + 1;
    if (
      right < timers.length &&
      before(timers.time[right], timers.order[right], timers.time[child], timers.order[child])
    ) {
      child = right;
    }
    if (!before(timers.time[child], timers.order[child], time, order)) break;
    copy(timers, child, at);
    at = child;
  }
  put(timers, at, time, order, target);
}

const before = (time: number, order: number, otherTime: number, otherOrder: number): boolean =>
  time < otherTime || (time === otherTime && order < otherOrder);

function put(timers: Timers, at: number, time: number, order: number, target: number): void {
  timers.time[at] = time;
  timers.order[at] = order;
  timers.target[at] = target;
}

function copy(timers: Timers, from: number, to: number): void {
  put(timers, to, timers.time[from], timers.order[from], timers.target[from]);
}

function grow(timers: Timers): void {
  const { time, order, target } = timers;
  timers.time = new Float64Array(2 * time.length);
  timers.order = new Float64Array(2 * time.length);
  timers.target = new Int32Array(2 * time.length);
  timers.time.set(time);
  timers.order.set(order);
  timers.target.set(target);
}
