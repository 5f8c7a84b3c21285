import { account, type Sched } from './sched.ts';
import type { Thread } from './thread.ts';
import { nextTimer } from './timer.ts';

/** Who does many steps in one, since nobody else comes between them. */

/**
 * Until when, ns, `thread`, whose step is in hand, has the machine to itself: before, nobody else
 * runs or wants to, no timer goes off, and nobody outside looks on. -1: it has it not.
 */
export function aloneUntil<T extends Thread>(sched: Sched<T>, thread: T): number {
  const own = sched.cpus[thread.cpu];
  if (sched.queue.length > 0 || own.needResched) return -1;
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu !== own) return -1;
  }
  return Math.min(sched.unseenUntil, nextTimer(sched.timers));
}

/**
 * Until when, ns, the steps of `thread`, whose step is in hand, follow upon each other: before, no other thread takes one
 * or wants to, no timer goes off, and nobody outside looks on.
 */
export function undisturbedUntil<T extends Thread>(sched: Sched<T>, thread: T): number {
  if (sched.queue.length > 0) return 0;
  let until = Math.min(sched.unseenUntil, nextTimer(sched.timers));
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu.current !== thread && cpu.now < until) until = cpu.now;
  }
  return until;
}

/** Ends the step in hand of `thread`, and begins its next one, which is undisturbed. */
export function nextStep<T extends Thread>(sched: Sched<T>, thread: T): void {
  const cpu = sched.cpus[thread.cpu];
  account(sched, cpu, thread);
  sched.now = cpu.now;
}
