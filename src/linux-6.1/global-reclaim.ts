import { memcgOf, ROOT_MEMCG } from '../mm/memcgs.ts';
import { DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import { memCgroupOom } from './oom-kill.ts';
import type { Charge, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/** should_reclaim_retry(): MAX_RECLAIM_RETRIES */
const RETRIES = 16;

/**
 * What happens when the machine's own memory is exhausted: kswapd and the marks of zones are not emulated. The
 * allocating task runs passes over all cgroups; if one after the other frees none, the largest task dies.
 */
export function globalReclaim(mm: Mm, task: Task, charge: Charge): Status {
  if (charge.globalTries === 0) charge.globalTries = 1;
  else {
    const freed = continuePass(mm, task);
    if (freed < 0) return SUSPENDED;
    if (mm.freePages > 0) {
      charge.globalTries = 0;
      return DONE;
    }
    if (freed === 0) charge.globalTries += 1;
    if (charge.globalTries > RETRIES) {
      memCgroupOom(mm, null);
      charge.globalTries = 0;
      return FAILED;
    }
  }
  beginPass(mm, task, memcgOf(mm, ROOT_MEMCG), 1);
  return DONE;
}
