import { addToList, listOf } from './frames.ts';
import { rotate, takeOldest } from './lru-lists.ts';
import { PC_ACTIVE, PG_ACTIVE, PG_ANON, PG_MAPPED, PG_REFERENCED } from './page-flags.ts';
import type { MemCgroup, Mm } from './types.ts';
import { SWAP_CLUSTER_MAX } from './vmscan.ts';

/**
 * mm/vmscan.c, shrink_active_list(): looks at up to `count` pages from the old
 * end of the active list and deactivates those that no task has mapped; mapped
 * ones only when `reclaimMapped`, not touched since the last look, and, being
 * anonymous, there is swap. The others go back to the young end. Answers how
 * many it looked at.
 */
export function shrinkActiveList(
  mm: Mm,
  memcg: number,
  node: number,
  count: number,
  reclaimMapped: boolean,
): number {
  const { frames, cluster } = mm;
  const { flags } = frames;
  const taken = isolateActive(mm, listOf(mm, memcg, node, 1), count);
  const noSwap = mm.swap.size === 0;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    const page = flags[pfn];
    if ((page & (PG_MAPPED | PG_ANON)) !== 0) {
      if (!reclaimMapped || (noSwap && (page & PG_ANON) !== 0) || testAndClearReferenced(mm, pfn)) {
        addToList(mm, pfn);
        continue;
      }
    }
    flags[pfn] &= ~(PG_ACTIVE | PC_ACTIVE);
    addToList(mm, pfn);
  }
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
  rotate(mm.lru, listOf(mm, memcg, node, 1), count);
  for (let left = count; left > 0; left -= SWAP_CLUSTER_MAX) {
    mm.sched.cost += Math.min(left, SWAP_CLUSTER_MAX) * mm.costs.scan;
  }
  return count;
}

/** page_referenced(): its own flag or any mapping's accessed bit; both are cleared. */
export function testAndClearReferenced({ frames, tables }: Mm, pfn: number): boolean {
  const slot = frames.slot[pfn];
  const referenced = (frames.flags[pfn] & PG_REFERENCED) !== 0 || tables.young[slot] !== 0;
  frames.flags[pfn] &= ~PG_REFERENCED;
  tables.young[slot] = 0;
  return referenced;
}

/**
 * mem_cgroup_isolate_pages() on the active list: up to `count` pages from the
 * old end into mm.cluster. A page that is no longer active is only put where it
 * belongs, and not counted.
 */
function isolateActive(mm: Mm, list: number, count: number): number {
  const { cluster } = mm;
  const { flags } = mm.frames;
  let taken = 0;
  while (taken < count) {
    const end = taken + takeOldest(mm.lru, list, count - taken, cluster, taken);
    if (end === taken) break;
    for (let i = taken; i < end; i += 1) {
      const pfn = cluster[i];
      if ((flags[pfn] & PG_ACTIVE) === 0) {
        flags[pfn] &= ~PC_ACTIVE;
        addToList(mm, pfn);
      } else {
        cluster[taken] = pfn;
        taken += 1;
      }
    }
  }
  return taken;
}
