import { allocFrame, freeFrame } from '../mm/frames.ts';
import type { Mapping } from '../mm/types.ts';
import { chargeObject } from './charge.ts';
import { commitCharge, unaccount } from './memcontrol.ts';
import { addLru } from './swap.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, Task } from './types.ts';
import { shadowIn, workingsetRefault } from './workingset.ts';
import { entryCame, hasNode, makeNodes, NODE_BYTES } from './xarray.ts';

/**
 * filemap_add_folio(), after tryCharge() said DONE: the page, the nodes of the index that it needs, its refault, its
 * batch. `writes`: it is about to be written whole, and that is no refault. False: there was no room for a node.
 */
export function addToPageCache(
  mm: Mm,
  task: Task,
  mapping: Mapping,
  page: number,
  slot: number,
  flags: number,
  writes: boolean,
  noRetry = false,
): boolean {
  const memcg = memCgroupFromTask(mm, task);
  const cpu = mm.own.cpus[task.cpu];
  const pfn = allocFrame(mm, task.node);
  mm.frames.flags[pfn] |= flags;
  mm.frames.slot[pfn] = slot;
  mm.sched.cost += mm.costs.charge;
  commitCharge(mm, cpu, memcg, pfn);
  if (
    !hasNode(mm, slot) &&
    !makeNodes(mm, mapping, page, slot, memcg, () => chargeObject(mm, task, memcg, NODE_BYTES, noRetry))
  ) {
    unaccount(mm, pfn);
    freeFrame(mm, pfn);
    return false;
  }
  const shadow = shadowIn(mm, slot);
  mm.tables.slots[slot] = pfn;
  entryCame(mm, slot);
  if (!writes) workingsetRefault(mm, pfn, shadow);
  addLru(mm, cpu, pfn);
  return true;
}
