import { listOf } from '../mm/frames.ts';
import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import type { MemCgroup, Mm } from './types.ts';

/**
 * mm/vmscan.c, shrink_active_list(): looks at up to `count` pages from the old
 * end of the active list and deactivates those that no task has mapped; mapped
 * ones only when `reclaimMapped`. Answers how many it looked at.
 */
export function shrinkActiveList(
  mm: Mm,
  memcg: number,
  node: number,
  count: number,
  reclaimMapped: boolean,
): number {
  const list = listOf(mm, memcg, node, 1);
  const taken = mm.core.shrinkActive(list, count, reclaimMapped ? 1 : 0, mm.swap.size > 0 ? 1 : 0);
  mm.sched.cost += taken * mm.costs.scan;
  return taken;
}

/** A cgroup of nothing but anonymous memory without swap: no page leaves its active lists. */
export const isHeld = (mm: Mm, { stat }: MemCgroup): boolean => mm.swap.size === 0 && stat.cache === 0;

/**
 * The same for `count` pages of a list that none leaves, cluster by cluster: they only change
 * places. A reclaimer that spins looks at millions.
 */
export function turnActiveList(mm: Mm, memcg: number, node: number, count: number): number {
  mm.core.rotate(listOf(mm, memcg, node, 1), count);
  for (let left = count; left > 0; left -= SWAP_CLUSTER_MAX) {
    mm.sched.cost += Math.min(left, SWAP_CLUSTER_MAX) * mm.costs.scan;
  }
  return count;
}
