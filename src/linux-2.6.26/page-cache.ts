import { allocFrame, listOf } from '../mm/frames.ts';
import { NODE_SHIFT } from '../mm/page-flags.ts';
import { evictedFrom } from '../mm/workingset.ts';
import { chargeFrame, chargeRun } from './memcontrol.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/** mm/filemap.c and mm/swap.c: new pages of files, charged and on their list. */

/** add_to_page_cache_lru(), after tryCharge() said DONE. Answers the frame. */
export function addToPageCache(mm: Mm, task: Task, memcg: MemCgroup, slot: number, flags: number): number {
  const { slots } = mm.tables;
  const pfn = allocFrame(mm, task.node);
  if (slots[slot] === evictedFrom(memcg.id)) memcg.stat.refaults += 1;
  slots[slot] = pfn;
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= flags;
  mm.sched.cost += mm.costs.charge;
  chargeFrame(mm, memcg, pfn);
  return pfn;
}

/**
 * The same for `count` neighbouring slots that hold no page, at once: frames and
 * room below the limit must be there for all. Not a page or a nanosecond differs
 * from adding them one by one.
 */
export function addRunToPageCache(
  mm: Mm,
  task: Task,
  memcg: MemCgroup,
  firstSlot: number,
  count: number,
  pageFlags: number,
): void {
  const { id } = memcg;
  const bits = (task.node << NODE_SHIFT) | pageFlags;
  const list = listOf(mm, id, task.node, 0);
  const refaults = mm.core.enterRun(firstSlot, count, list, id, bits, evictedFrom(id));
  mm.nrFree[task.node] -= count;
  mm.freePages -= count;
  memcg.stat.refaults += refaults;
  chargeRun(mm, memcg, count, mm.costs.charge);
}
