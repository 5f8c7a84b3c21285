import { memcgOf } from '../mm/memcgs.ts';
import { NODE_SHIFT, PG_ACTIVE, PG_WORKINGSET } from '../mm/page-flags.ts';
import { isSwapped } from '../mm/page-table.ts';
import { leaveShadow } from '../mm/workingset.ts';
import { isFile } from './lruvec.ts';
import { changesEach, lruState } from './rstat.ts';
import { canReclaimAnon, noteCost } from './scan-count.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE, type MemCgroup, type Mm } from './types.ts';

/**
 * mm/workingset.c: a page that is evicted leaves the time of the lists' own clock, which goes on with every page
 * that is evicted or activated. Who comes back sooner than the active list is long would not have been
 * evicted had it been there: it is activated at once.
 */

/** Ages have 31 bits; beside each stands whether the page had been active. */
export const AGE = 0x7fff_ffff;

/** workingset_age_nonresident(): in the cgroup and all above. */
export function ageNonresident(mm: Mm, memcg: MemCgroup, node: number, pages = 1): void {
  for (let at: MemCgroup | null = memcg; at !== null; at = mm.memcgs[at.parent]) {
    at.lruvecs[node].nonresidentAge += pages;
    if (at.parent === 0) return;
  }
}

/** workingset_eviction(), by reclaim of `target`. What stays in the slot. */
export function workingsetEviction(mm: Mm, target: MemCgroup, pfn: number): void {
  const bits = mm.frames.flags[pfn];
  const node = bits >> NODE_SHIFT;
  const slot = mm.frames.slot[pfn];
  const age = target.lruvecs[node].nonresidentAge & AGE;
  leaveShadow(mm, slot, target.id, mm.sched.now);
  mm.tables.ages[slot] = (age << 1) | ((bits & PG_WORKINGSET) === 0 ? 0 : 1);
  ageNonresident(mm, target, node);
}

/** The same of a page that is swapped out: there its slot holds a swap entry. */
export function swapEviction(mm: Mm, target: MemCgroup, pfn: number, entry: number): void {
  const bits = mm.frames.flags[pfn];
  const node = bits >> NODE_SHIFT;
  mm.own.swapEvictor[entry] = target.id;
  mm.own.swapAge[entry] =
    ((target.lruvecs[node].nonresidentAge & AGE) << 1) | ((bits & PG_WORKINGSET) === 0 ? 0 : 1);
  ageNonresident(mm, target, node);
}

/** What a slot held before a page came into it. */
export interface Shadow {
  readonly content: number;
  readonly age: number;
}

export const shadowIn = ({ tables: { slots, ages } }: Mm, slot: number): Shadow => ({
  content: slots[slot],
  age: ages[slot],
});

/** workingset_refault(), of a page whose cgroup and flags are set and that is on no list yet. */
export function workingsetRefault(mm: Mm, pfn: number, { content, age }: Shadow): void {
  if (content < 0 && !isSwapped(content)) refault(mm, pfn, -1 - content, age);
}

/** The same of a page that comes from a swap entry. */
export function swapRefault(mm: Mm, pfn: number, entry: number): void {
  refault(mm, pfn, mm.own.swapEvictor[entry], mm.own.swapAge[entry]);
}

function refault(mm: Mm, pfn: number, from: number, age: number): void {
  const { flags } = mm.frames;
  const node = flags[pfn] >> NODE_SHIFT;
  const file = isFile(flags[pfn]);
  const evictor = mm.memcgs[from];
  if (evictor === null || evictor === undefined) return;
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  const distance = (evictor.lruvecs[node].nonresidentAge - (age >>> 1)) & AGE;
  changesEach(mm, memcg, 1);
  memcg.counts.refault[file] += 1;
  memcg.stat.refaults += 1;
  if (distance > workingsetSize(mm, evictor, node, file)) return;
  flags[pfn] |= PG_ACTIVE;
  ageNonresident(mm, memcg, node);
  changesEach(mm, memcg, 1);
  memcg.counts.activate[file] += 1;
  if ((age & 1) === 0) return;
  flags[pfn] |= PG_WORKINGSET;
  noteCost(mm, memcg, node, file, 1);
  changesEach(mm, memcg, 1);
  memcg.counts.restore[file] += 1;
}

/** The lists that a page competes with which is not there. */
export function workingsetSize(mm: Mm, memcg: MemCgroup, node: number, file: 0 | 1): number {
  let size = lruState(memcg, node, ACTIVE_FILE);
  if (file === 0) size += lruState(memcg, node, INACTIVE_FILE);
  if (!canReclaimAnon(mm, memcg)) return size;
  size += lruState(memcg, node, ACTIVE_ANON);
  return file === 0 ? size : size + lruState(memcg, node, INACTIVE_ANON);
}

/** workingset_activation() */
export function workingsetActivation(mm: Mm, pfn: number): void {
  ageNonresident(mm, memcgOf(mm, mm.frames.memcg[pfn]), mm.frames.flags[pfn] >> NODE_SHIFT);
}
