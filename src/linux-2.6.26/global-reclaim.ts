import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import { killLargest } from './oom.ts';
import type { Charge, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/**
 * What happens when the machine's own memory is exhausted. Our addition: the
 * kernel's kswapd and zone watermarks are not emulated. The allocating task runs
 * passes over all cgroups in order of creation (pages charged to nobody first)
 * until 32 pages are free; if round after round frees none, as many as a charge
 * may be refused, the largest task dies.
 */
export function globalReclaim(mm: Mm, task: Task, charge: Charge): Status {
  const { pass } = task;
  if (charge.globalNext < 0) {
    charge.globalNext = 0;
    charge.globalFreed = 0;
  }
  for (;;) {
    if (pass.active) {
      const reclaimed = continuePass(mm, task);
      if (reclaimed < 0) return SUSPENDED;
      charge.globalFreed += reclaimed;
    }
    if (mm.freePages >= SWAP_CLUSTER_MAX) return end(charge, DONE);
    if (charge.globalNext === mm.memcgs.length) {
      if (mm.freePages > 0) return end(charge, DONE);
      if (charge.globalFreed === 0) {
        // Tried again as a charge is: the first look at a page only clears its accessed bit, swap takes its time.
        charge.retries -= 1;
        if (charge.retries < 0) return outOfMemory(mm, charge);
      }
      charge.globalNext = 0;
      charge.globalFreed = 0;
    }
    const memcg = mm.memcgs[charge.globalNext];
    charge.globalNext += 1;
    if (memcg !== null) beginPass(mm, task, memcg, false);
  }
}

function outOfMemory(mm: Mm, charge: Charge): Status {
  killLargest(mm, null);
  return end(charge, FAILED);
}

function end(charge: Charge, status: Status): Status {
  charge.globalNext = -1;
  return status;
}
