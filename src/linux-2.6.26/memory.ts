import { needResched } from '../kernel/sched.ts';
import { pages } from '../kernel/units.ts';
import { SWAP_READ, submit, waitFor } from '../mm/blkdev.ts';
import { allocFrame, listOf } from '../mm/frames.ts';
import { memcgOf } from '../mm/memcgs.ts';
import {
  NODE_SHIFT,
  PC_ACTIVE,
  PG_ACTIVE,
  PG_ANON,
  PG_LOCKED,
  PG_MAPPED,
  PG_READAHEAD,
  PG_SHMEM,
} from '../mm/page-flags.ts';
import { isSwapped, slotOf, slotsToChunkEnd, swapEntryOf } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { freeSwapEntry } from '../mm/swap.ts';
import { DONE, type Resident, type Status, SUSPENDED } from '../mm/types.ts';
import { tryCharge } from './charge.ts';
import { bringIn } from './filemap.ts';
import { chargeFrame } from './memcontrol.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/** mm/memory.c: page faults. FAILED is VM_FAULT_OOM: the faulting task is killed by its caller. */

/** Where a swap-in stands, in task.faultStage. */
const NO_FAULT = 0;
const SWAP_READ_DONE = 1;

/** A touch of anonymous memory that is not resident. */
export function anonymousFault(mm: Mm, task: Task, slot: number): Status {
  const content = mm.tables.slots[slot];
  if (isSwapped(content) && task.faultStage === NO_FAULT) {
    // do_swap_page(): the page is read before it is charged.
    const entry = swapEntryOf(content);
    mm.sched.cost += mm.costs.fault;
    task.faultStage = SWAP_READ_DONE;
    submit(mm, SWAP_READ, entry, 1);
    waitFor(mm, task, SWAP_READ, entry);
    return SUSPENDED;
  }
  const memcg = memcgOf(mm, task.memcg);
  const status = tryCharge(mm, task, memcg);
  if (status !== DONE) {
    if (status !== SUSPENDED) task.faultStage = NO_FAULT;
    return status;
  }
  if (isSwapped(content)) {
    freeSwapEntry(mm, swapEntryOf(content));
    memcg.stat.swapIn += 1;
    task.faultStage = NO_FAULT;
  } else {
    mm.sched.cost += mm.costs.fault;
  }
  addResident(mm, task, slot, 'anon');
  return DONE;
}

/** New pages that reach no mark, charged together: not a page or a nanosecond differs from one fault after the other. */
export function anonymousRun(mm: Mm, task: Task, slot: number, most: number): number {
  // Where pages are in swap, an empty slot may stand for one.
  if (mm.swap.used > 0 || isCharging(task) || needResched(mm.sched, task)) return 0;
  const { id, res, stat } = memcgOf(mm, task.memcg);
  const room = Math.min(res.limitPages, res.highPages) - res.usage;
  const easy = Math.min(most, slotsToChunkEnd(slot), room, mm.nrFree[task.node]);
  const count = mm.core.countAbsent(slot, easy);
  if (count === 0) return 0;
  const bits = (task.node << NODE_SHIFT) | NEW_PAGE.anon;
  mm.core.enterRun(slot, count, listOf(mm, id, task.node, 1), id, bits, NO_SHADOW);
  mm.tables.young.fill(1, slot, slot + count);
  mm.nrFree[task.node] -= count;
  mm.freePages -= count;
  mm.sched.cost += count * (mm.costs.fault + mm.costs.charge);
  stat.pgpgin += count;
  stat.rss += count;
  res.usage = pages(res.usage + count);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
  return count;
}

/** What no empty slot holds. */
const NO_SHADOW = 1;

/** How new pages begin: anonymous ones active; mm/shmem.c adds its own to the page cache, so they are inactive. */
const NEW_PAGE: Readonly<Record<keyof Resident, number>> = {
  anon: PG_ANON | PG_ACTIVE | PC_ACTIVE,
  file: PG_MAPPED,
  shmem: PG_ANON | PG_SHMEM,
};

/** A new page that a process has mapped, in an empty slot, after tryCharge() said DONE. */
export function addResident(mm: Mm, task: Task, slot: number, kind: keyof Resident): void {
  const pfn = allocFrame(mm, task.node);
  mm.tables.slots[slot] = pfn;
  mm.tables.young[slot] = 1;
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= NEW_PAGE[kind];
  mm.sched.cost += mm.costs.charge;
  chargeFrame(mm, memcgOf(mm, task.memcg), pfn);
}

/** A touch of a mapped file's page `file.index`: brings it in and maps it. */
export function fileFault(mm: Mm, task: Task, file: OpenFile): Status {
  for (;;) {
    const slot = slotOf(mm, file.mapping, file.index);
    const pfn = mm.tables.slots[slot];
    const busy = pfn <= 0 || isCharging(task) || (mm.frames.flags[pfn] & (PG_LOCKED | PG_READAHEAD)) !== 0;
    if (!busy && file.batchNext >= file.batchEnd) {
      mm.frames.flags[pfn] |= PG_MAPPED;
      mm.tables.young[slot] = 1;
      mm.sched.cost += mm.costs.fault;
      file.previous = file.index;
      return DONE;
    }
    const status = bringIn(mm, task, file, 1);
    if (status !== DONE) return status;
  }
}
