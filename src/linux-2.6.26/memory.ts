import { SWAP_READ, submit, waitFor } from '../mm/blkdev.ts';
import { allocFrame } from '../mm/frames.ts';
import { memcgOf } from '../mm/memcgs.ts';
import {
  PC_ACTIVE,
  PG_ACTIVE,
  PG_ANON,
  PG_LOCKED,
  PG_MAPPED,
  PG_READAHEAD,
  PG_SHMEM,
} from '../mm/page-flags.ts';
import { isSwapped, slotOf, swapEntryOf } from '../mm/page-table.ts';
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
