import { newMemCgroupStat } from '../mm/memcg-stat.ts';
import { addMemcg, memcgOf } from '../mm/memcgs.ts';
import { isCache, PG_ANON, PG_LRU, PG_MAPPED, PG_SHMEM } from '../mm/page-flags.ts';
import { kthreadStop } from '../mm/process.ts';
import { freeBuffers } from './buffers.ts';
import { hasMemory, newCgroupState } from './cgroup.ts';
import { newPageCounter, PAGE_COUNTER_MAX, unchargeCounter } from './page-counter.ts';
import { newPressure } from './psi.ts';
import { changes, changesEach, flushOne, leaveToParent, newRstat } from './rstat.ts';
import { drainAllStock, takeCharged } from './stock.ts';
import { lruAddDrainAll } from './swap.ts';
import { isRoot, parentOf } from './tree.ts';
import type { Counts, Cpu, Events, MemCgroup, Mm, SwapEvents } from './types.ts';
import { entryGone, reparentNodes } from './xarray.ts';

/** mm/memcontrol.c: cgroups come and go, and pages are charged to them and uncharged. */

const newEvents = (): Events => ({ low: 0, high: 0, max: 0, oom: 0, oomKill: 0, oomGroupKill: 0 });

const newCounts = (): Counts => ({
  pgfault: 0,
  pgmajfault: 0,
  pgscanKswapd: 0,
  pgscanDirect: 0,
  pgstealKswapd: 0,
  pgstealDirect: 0,
  pgrefill: 0,
  pgactivate: 0,
  pgdeactivate: 0,
  refault: [0, 0],
  activate: [0, 0],
  restore: [0, 0],
  nodereclaim: 0,
});

/**
 * mem_cgroup_css_alloc(); `parent` null: the root, and who is nobody. `before`: whose place it takes, who had
 * memory control and gave it up.
 */
export function memCgroupCreate(
  mm: Mm,
  path: string,
  parent: MemCgroup | null,
  before: MemCgroup | null = null,
): MemCgroup {
  const made = addMemcg<MemCgroup>(mm, (id, order) => ({
    id,
    effective: parent === null || hasMemory(parent) ? id : parent.effective,
    cgroup: before === null ? newCgroupState(parent) : before.cgroup,
    swapEvents: { high: 0, max: 0, fail: 0 },
    pressure: before?.pressure ?? newPressure(mm.sched.now),
    background: { start: PAGE_COUNTER_MAX, stop: PAGE_COUNTER_MAX, waits: false, zeroPasses: 0 },
    policy: mm.kernel.rule.newState?.(parent) ?? null,
    stat: newMemCgroupStat(mm.nodes),
    unwritten: { dirty: 0, underWriteback: 0 },
    daemon: null,
    path,
    rereadsUnknown: false,
    nrTasks: 0,
    order: before?.order ?? order,
    parent: parent?.id ?? 0,
    children: [],
    memory: newPageCounter(parent?.memory ?? null),
    swap: newPageCounter(parent?.swap ?? null),
    events: newEvents(),
    eventsLocal: newEvents(),
    oomGroup: false,
    online: true,
    lruvecs: Array.from({ length: mm.nodes }, () => ({ nonresidentAge: 0, cost: [0, 0], refaults: [0, 0] })),
    counts: newCounts(),
    rstat: newRstat(mm.nodes),
    anon: 0,
    file: 0,
    fileMapped: 0,
    shmem: 0,
    swapCached: 0,
    shadowNodes: new Set(),
    shadowDeferred: 0,
    kmem: 0,
    slab: 0,
    objBytes: 0,
    pageTables: 0,
  }));
  parent?.children.push(made.id);
  return made;
}

/** memcg_memory_event(): counted in all above, too; local only here. */
export function memoryEvent(mm: Mm, memcg: MemCgroup, event: keyof Events): void {
  memcg.eventsLocal[event] += 1;
  for (let at: MemCgroup | null = memcg; at !== null && !isRoot(at); at = parentOf(mm, at))
    at.events[event] += 1;
}

/** The same of memory.swap.events. */
export function swapEvent(mm: Mm, memcg: MemCgroup, event: keyof SwapEvents): void {
  for (let at: MemCgroup | null = memcg; at !== null && !isRoot(at); at = parentOf(mm, at))
    at.swapEvents[event] += 1;
}

/**
 * commit_charge(), after tryCharge() said DONE: the frame (its slot and flags set) is the cgroup's, and counts as what
 * it is. It is on no list yet.
 */
export function commitCharge(mm: Mm, cpu: Cpu, memcg: MemCgroup, pfn: number): void {
  if (!isRoot(memcg)) takeCharged(mm, cpu, memcg.id);
  mm.frames.memcg[pfn] = memcg.id;
  memcg.stat.pgpgin += 1;
  // PGPGIN, NR_FILE_PAGES or NR_ANON_MAPPED
  changesEach(mm, memcg, 2);
  account(memcg, mm.frames.flags[pfn], 1);
}

/** mem_cgroup_uncharge(), of a page that is on no list. */
export function unaccount(mm: Mm, pfn: number): void {
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  memcg.stat.pgpgout += 1;
  changesEach(mm, memcg, 2);
  account(memcg, mm.frames.flags[pfn], -1);
  unchargePages(mm, memcg, 1);
}

/** `count` pages of clean files that are mapped by nobody and on no list. */
export function unaccountRun(mm: Mm, memcg: MemCgroup, count: number): void {
  memcg.stat.pgpgout += count;
  changesEach(mm, memcg, count);
  changes(mm, memcg, count);
  memcg.stat.cache -= count;
  memcg.file -= count;
  unchargePages(mm, memcg, count);
}

function unchargePages(mm: Mm, memcg: MemCgroup, count: number): void {
  if (isRoot(memcg)) return;
  unchargeCounter(memcg.memory, count);
  if (!memcg.online) releaseIfEmpty(mm, memcg);
}

/** A page off its list or batch, and uncharged. */
export function uncharge(mm: Mm, pfn: number): void {
  if ((mm.frames.flags[pfn] & PG_LRU) === 0) lruAddDrainAll(mm);
  changesEach(mm, memcgOf(mm, mm.frames.memcg[pfn]), 1);
  mm.core.remove(pfn);
  mm.frames.flags[pfn] &= ~PG_LRU;
  if ((mm.frames.flags[pfn] & PG_ANON) === 0) {
    entryGone(mm, mm.frames.slot[pfn]);
    freeBuffers(mm, pfn);
  }
  unaccount(mm, pfn);
}

function account(memcg: MemCgroup, bits: number, count: number): void {
  if (isCache(bits)) memcg.stat.cache += count;
  else memcg.stat.rss += count;
  if ((bits & (PG_ANON | PG_SHMEM)) === PG_ANON) memcg.anon += count;
  else memcg.file += count;
  if ((bits & (PG_ANON | PG_SHMEM)) === (PG_ANON | PG_SHMEM)) memcg.shmem += count;
  if ((bits & (PG_MAPPED | PG_ANON)) === PG_MAPPED) memcg.fileMapped += count;
}

/**
 * mem_cgroup_css_offline(): the cgroup is removed, and its kernel memory is its parent's from now on. Its pages stay
 * charged to it; it goes with the last of them.
 */
export function removeMemcg(mm: Mm, memcg: MemCgroup): void {
  const parent = parentOf(mm, memcg);
  if (parent === null) return;
  memcg.online = false;
  kthreadStop(mm, memcg.daemon);
  memcg.memory.min = 0;
  memcg.memory.low = 0;
  lruAddDrainAll(mm);
  reparentNodes(mm, memcg, parent);
  for (const cpu of mm.own.cpus) if (cpu.objMemcg === memcg.id) cpu.objMemcg = parent.id;
  drainAllStock(mm, memcg);
  for (const [chunk, owner] of mm.own.pageTables.entries())
    if (owner === memcg.id) mm.own.pageTables[chunk] = parent.id;
  parent.pageTables += memcg.pageTables;
  memcg.pageTables = 0;
  memcg.memory.usage -= memcg.kmem;
  parent.kmem += memcg.kmem;
  parent.slab += memcg.slab;
  parent.objBytes += memcg.objBytes;
  memcg.kmem = 0;
  memcg.slab = 0;
  memcg.objBytes = 0;
  releaseIfEmpty(mm, memcg);
}

/** mem_cgroup_css_free(), once nothing is charged to it: what it has counted stays in its parent's counts. */
export function releaseIfEmpty(mm: Mm, memcg: MemCgroup): void {
  const parent = parentOf(mm, memcg);
  if (memcg.memory.usage > 0 || memcg.swap.usage > 0 || memcg.children.length > 0) return;
  if (memcg.daemon !== null || parent === null) return;
  flushOne(mm, memcg);
  leaveToParent(memcg, parent);
  addCounts(parent.counts, memcg.counts);
  parent.children.splice(parent.children.indexOf(memcg.id), 1);
  mm.memcgs[memcg.id] = null;
  if (!parent.online) releaseIfEmpty(mm, parent);
}

function addCounts(to: Counts, from: Counts): void {
  for (const name of ['refault', 'activate', 'restore'] as const) {
    to[name][0] += from[name][0];
    to[name][1] += from[name][1];
  }
  for (const name of COUNTS) to[name] += from[name];
}

const COUNTS = [
  'pgfault',
  'pgmajfault',
  'pgscanKswapd',
  'pgscanDirect',
  'pgstealKswapd',
  'pgstealDirect',
  'pgrefill',
  'pgactivate',
  'pgdeactivate',
  'nodereclaim',
] as const;
