import { chargeFrame, chargeRun, unchargeAndFree } from '../linux-2.6.26/memcontrol.ts';
import { clearPageDirty } from '../linux-2.6.26/page-writeback.ts';
import { allocFrame, listOf } from './frames.ts';
import { NODE_SHIFT, PG_WRITEBACK } from './page-flags.ts';
import { evictedFrom, newMapping } from './page-table.ts';
import type { Mapping, MemCgroup, Mm, Task } from './types.ts';

/** The page cache: files by name, adding a page, touching it, taking it out. */

/** The mapping of a file; made, and as long as is asked, when it isn't there. */
export function openFile(mm: Mm, name: string, length: number): Mapping {
  const id = mm.files.get(name);
  const known = id === undefined ? null : mm.mappings[id];
  const mapping = known ?? newMapping(mm, name, false);
  if (known === null) mm.files.set(name, mapping.id);
  if (mapping.length < length) mapping.length = length;
  return mapping;
}

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

/** Takes a page out of its file for good: truncated, or dropped. */
export function removeFromPageCache(mm: Mm, slot: number, pfn: number): void {
  clearPageDirty(mm, slot, pfn);
  // A write in flight finds the slot empty when it ends, and counts itself off.
  mm.frames.flags[pfn] &= ~PG_WRITEBACK;
  mm.tables.slots[slot] = 0;
  mm.tables.young[slot] = 0;
  unchargeAndFree(mm, pfn);
}
