import { grown } from './arrays.ts';

/**
 * Pending wake-ups of threads and completions of devices, as a heap in parallel
 * arrays (plain state, no allocation per timer). Each timer has four below it, side
 * by side: of thousands of timers a dozen are looked at, in few cache lines. Ties
 * go to the timer that was set first.
 */
export interface Timers {
  length: number;
  /** Order of setting; also the timer's name, so that a sleeper knows its own. */
  sequence: number;
  /** By place: when it goes off, and its order. */
  key: Float64Array;
  /** By place: what it is for, a thread's pid, or ~index of a device. */
  target: Int32Array;
}

export const FIRST_CAPACITY = 64;

export const newTimers = (): Timers => ({
  length: 0,
  sequence: 0,
  key: new Float64Array(2 * FIRST_CAPACITY),
  target: new Int32Array(FIRST_CAPACITY),
});

export const nextTimer = (timers: Timers): number => (timers.length === 0 ? Infinity : timers.key[0]);

/** The next name, for a timer that is set later as if it had been set now. */
export function nameTimer(timers: Timers): number {
  timers.sequence += 1;
  return timers.sequence;
}

/** Sets a timer and answers its name. */
export function addTimer(timers: Timers, time: number, target: number, name = nameTimer(timers)): number {
  if (timers.length === timers.target.length) grow(timers);
  siftUp(timers, timers.length++, time, name, target);
  return name;
}

/** What the first timer is for, and its name. */
export const nextTarget = (timers: Timers): number => timers.target[0];
export const nextName = (timers: Timers): number => timers.key[1];

/** Takes the first timer off. */
export function takeTimer(timers: Timers): void {
  const { key, target } = timers;
  const last = --timers.length;
  if (last > 0) siftDown(timers, key[2 * last], key[2 * last + 1], target[last]);
}

function siftUp(timers: Timers, from: number, time: number, order: number, target: number): void {
  const { key } = timers;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 2;
    if (!before(time, order, key[2 * parent], key[2 * parent + 1])) break;
    copy(timers, parent, at);
    at = parent;
  }
  put(timers, at, time, order, target);
}

function siftDown(timers: Timers, time: number, order: number, target: number): void {
  const { key, length } = timers;
  let at = 0;
  for (let child = 1; child < length; child = 4 * at + 1) {
    let first = child;
    const end = Math.min(child + 4, length);
    for (let other = child + 1; other < end; other += 1) {
      if (before(key[2 * other], key[2 * other + 1], key[2 * first], key[2 * first + 1])) first = other;
    }
    if (!before(key[2 * first], key[2 * first + 1], time, order)) break;
    copy(timers, first, at);
    at = first;
  }
  put(timers, at, time, order, target);
}

const before = (time: number, order: number, otherTime: number, otherOrder: number): boolean =>
  time < otherTime || (time === otherTime && order < otherOrder);

function put({ key, target }: Timers, at: number, time: number, order: number, what: number): void {
  key[2 * at] = time;
  key[2 * at + 1] = order;
  target[at] = what;
}

function copy(timers: Timers, from: number, to: number): void {
  put(timers, to, timers.key[2 * from], timers.key[2 * from + 1], timers.target[from]);
}

function grow(timers: Timers): void {
  const { key, target } = timers;
  timers.key = grown(key, new Float64Array(2 * key.length));
  timers.target = grown(target, new Int32Array(2 * target.length));
}
