import { allocFrame } from '../mm/frames.ts';
import { PG_ANON, PG_MAPPED, PG_SHMEM } from '../mm/page-flags.ts';
import { isSwapped } from '../mm/page-table.ts';
import { isCharging } from '../mm/process.ts';
import { DONE, FAILED, type Resident, type Status } from '../mm/types.ts';
import { tryCharge } from './charge.ts';
import { commitCharge } from './memcontrol.ts';
import { continueOverHigh } from './memory-high.ts';
import { chargePageTable } from './page-tables.ts';
import { changesEach } from './rstat.ts';
import { addLru } from './swap.ts';
import { swapFault } from './swap-in.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, Task } from './types.ts';
import { entryCame } from './xarray.ts';

/** mm/memory.c: page faults. FAILED is VM_FAULT_OOM: the faulting task is killed by its caller. */

/** A touch of anonymous memory that is not resident. */
export function anonymousFault(mm: Mm, task: Task, slot: number, write: boolean): Status {
  const content = mm.tables.slots[slot];
  if (content <= 0) {
    const status = isSwapped(content) ? swapFault(mm, task, slot, write) : newFault(mm, task, slot);
    if (status !== DONE) return status;
  }
  return continueOverHigh(mm, task);
}

/** do_anonymous_page() */
function newFault(mm: Mm, task: Task, slot: number): Status {
  const memcg = memCgroupFromTask(mm, task);
  if (!isCharging(task) && !chargePageTable(mm, task, memcg, slot)) return FAILED;
  const status = tryCharge(mm, task);
  if (status !== DONE) return status;
  changesEach(mm, memcg, 1);
  memcg.counts.pgfault += 1;
  mm.sched.cost += mm.costs.fault;
  addResident(mm, task, slot, 'anon');
  return DONE;
}

/** How new pages begin: inactive, anonymous ones on a list of their own, with shared memory. */
const NEW_PAGE: Readonly<Record<keyof Resident, number>> = {
  anon: PG_ANON,
  file: PG_MAPPED,
  shmem: PG_ANON | PG_SHMEM,
};

/** A new page that a process has mapped, in an empty slot, after tryCharge() said DONE. */
export function addResident(mm: Mm, task: Task, slot: number, kind: keyof Resident): void {
  const pfn = allocFrame(mm, task.node);
  const cpu = mm.own.cpus[task.cpu];
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= NEW_PAGE[kind];
  mm.sched.cost += mm.costs.charge;
  commitCharge(mm, cpu, memCgroupFromTask(mm, task), pfn);
  mm.tables.slots[slot] = pfn;
  mm.tables.young[slot] = 1;
  if (kind === 'file') entryCame(mm, slot);
  addLru(mm, cpu, pfn);
}
