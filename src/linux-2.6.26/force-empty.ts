import { type Refusal, refuse } from '../kernel/errno.ts';
import { DONE, type Status, SUSPENDED } from '../mm/types.ts';
import { dropAccounting } from './memcontrol.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/** 1/4: mem_cgroup_force_empty(). */

/**
 * Refused while tasks are in the cgroup, even at usage 0. Of the root it never is: the count that is
 * asked (kernel/cgroup.c, find_css_set()) leaves out the set of cgroups that the first task was born with.
 */
export function mayForceEmpty(mm: Mm, memcg: MemCgroup): Refusal | null {
  if (memcg.nrTasks === 0 || memcg.path === '/') return null;
  if (mm.own.errata.forceEmptyRefLeak) memcg.leakedRefs += 1;
  return refuse('EBUSY', `${memcg.nrTasks} task(s) are in ${memcg.path}: move or kill them first`);
}

/**
 * Reclaims as long as passes make progress, then drops the accounting of what is
 * left; usage ends at 0. `task` runs the passes. May sleep: call it again.
 */
export function forceEmpty(mm: Mm, task: Task, memcg: MemCgroup): Status {
  // As posted the emptiness test was inverted: nothing was reclaimed, only forgotten.
  while (!mm.own.errata.forceEmptyInverted && (memcg.res.usage > 0 || task.pass.active)) {
    if (!task.pass.active) beginPass(mm, task, memcg, false);
    const reclaimed = continuePass(mm, task);
    if (reclaimed < 0) return SUSPENDED;
    if (reclaimed === 0) break;
  }
  dropAccounting(mm, memcg);
  return DONE;
}
