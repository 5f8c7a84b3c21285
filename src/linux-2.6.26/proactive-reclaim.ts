import { type Asked, DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/** memory_reclaim() and memory_high_write() of mm/memcontrol.c, Linux 5.19: so many pages, now. */

/** mm/internal.h: passes that may free nothing. */
export const MAX_RECLAIM_RETRIES = 16;

/**
 * Whether another pass may free what this one could not. A pass of 2.6.26 has looked at everything, twice: only
 * the end of a write changes what the next one finds. (Later kernels just try again, since they look at less.)
 */
export const mayYetFree = (mm: Mm, retries: number): boolean => retries > 0 && mm.nrWriteback > 0;

/** `above`: no more than what lies above that usage, pages; -1: however little there is. */
export const ask = (pages: number, above = -1): Asked => ({
  left: pages,
  above,
  retries: MAX_RECLAIM_RETRIES,
});

/**
 * Goes on with what was asked for, a pass at a call: then others get their turn.
 * FAILED: it can't be had in full, which memory.reclaim answers with EAGAIN.
 */
export function proactiveReclaim(
  mm: Mm,
  task: Task,
  memcg: MemCgroup,
  asked: Asked,
  background: boolean,
): Status {
  const { pass } = task;
  if (!pass.active) {
    if (asked.left <= 0 || memcg.res.usage <= asked.above) return DONE;
    beginPass(mm, task, memcg, background);
    pass.patient = false;
  }
  const reclaimed = continuePass(mm, task);
  if (reclaimed < 0) return SUSPENDED;
  asked.left -= reclaimed;
  if (reclaimed > 0) return SUSPENDED;
  if (!mayYetFree(mm, asked.retries)) return FAILED;
  asked.retries -= 1;
  return SUSPENDED;
}
