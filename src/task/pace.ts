import { clock, sleepOn } from '../kernel/sched.ts';
import { INTERRUPTIBLE } from '../kernel/thread.ts';
import { PAGE_SIZE, SECOND } from '../kernel/units.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Task } from '../mm/types.ts';
import type { Pace } from './progress.ts';

/** After `pagesMoved` in all at `rate` bytes a second (null: no rate) nothing more happens before its time. */
export function keepRate(pace: Pace, pagesMoved: number, rate: number | null): void {
  if (rate !== null) pace.until = pace.began + Math.floor((pagesMoved * PAGE_SIZE * SECOND) / rate);
}

/** Sleeps if it is too early to go on; answers whether it does. */
export function tooEarly(mm: Mm, task: Task, until: number): boolean {
  if (clock(mm.sched) >= until) return false;
  sleepOn(mm.sched, task, INTERRUPTIBLE, until);
  return true;
}
