import { memcgOf } from '../mm/memcgs.ts';
import { PG_ACTIVE, PG_DIRTY, PG_LOCKED, PG_LRU, PG_RECLAIM, PG_REFERENCED } from '../mm/page-flags.ts';
import { listOfPage } from './lruvec.ts';
import { changesEach } from './rstat.ts';
import type { Cpu, Mm } from './types.ts';
import { workingsetActivation } from './workingset.ts';

/** mm/swap.c: how pages come to the lists, batch by batch, and up from the inactive to the active one. */

/** PAGEVEC_SIZE */
const BATCH = 15;

/** folio_add_lru(), on a CPU. */
export function addLru(mm: Mm, cpu: Cpu, pfn: number): void {
  cpu.batch.push(pfn);
  if (cpu.batch.length === BATCH) drainBatch(mm, cpu);
}

/** lru_add_drain_cpu() */
function drainBatch(mm: Mm, { batch }: Cpu): void {
  if (batch.length === 0) return;
  for (const pfn of batch) {
    changesEach(mm, memcgOf(mm, mm.frames.memcg[pfn]), 1);
    mm.core.add(listOfPage(mm, pfn), pfn);
    mm.frames.flags[pfn] |= PG_LRU;
  }
  batch.length = 0;
}

/** lru_add_drain(): before who reclaims looks at the lists, and when somebody gives memory back. */
export function lruAddDrain(mm: Mm, cpu: number): void {
  drainBatch(mm, mm.own.cpus[cpu]);
}

/** lru_add_drain_all() */
export function lruAddDrainAll(mm: Mm): void {
  for (const cpu of mm.own.cpus) drainBatch(mm, cpu);
}

/** folio_mark_accessed(): the first touch marks a page, the second activates one that is inactive. */
export function markAccessed(mm: Mm, pfn: number): void {
  const { flags } = mm.frames;
  const bits = flags[pfn];
  if ((bits & PG_REFERENCED) === 0) {
    flags[pfn] = bits | PG_REFERENCED;
    return;
  }
  if ((bits & PG_ACTIVE) !== 0) return;
  flags[pfn] = (bits | PG_ACTIVE) & ~PG_REFERENCED;
  // In a batch it is active when it comes to a list.
  if ((bits & PG_LRU) !== 0) activate(mm, pfn);
  workingsetActivation(mm, pfn);
}

/** folio_activate_fn(), of a page on a list that is active from now on. */
function activate(mm: Mm, pfn: number): void {
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  // Two lists, and PGACTIVATE.
  changesEach(mm, memcg, 3);
  mm.core.remove(pfn);
  mm.core.add(listOfPage(mm, pfn), pfn);
  memcg.counts.pgactivate += 1;
}

/**
 * folio_rotate_reclaimable(), of a page that is written: whom a pass has met on the way there is the oldest from now on. (Linux
 * does so for 15 at a time.)
 */
export function rotateReclaimable(mm: Mm, pfn: number): void {
  const { flags } = mm.frames;
  const bits = flags[pfn];
  if ((bits & PG_RECLAIM) === 0) return;
  flags[pfn] = bits & ~PG_RECLAIM;
  if ((bits & (PG_LOCKED | PG_DIRTY)) !== 0 || (bits & PG_LRU) === 0) return;
  mm.core.remove(pfn);
  flags[pfn] &= ~PG_ACTIVE;
  mm.core.addOldest(listOfPage(mm, pfn), pfn);
  // Of two lists.
  changesEach(mm, memcgOf(mm, mm.frames.memcg[pfn]), 2);
}
