import { clock, wakeUp } from '../kernel/sched.ts';
import { ns, type Pages, pages } from '../kernel/units.ts';
import { addToList, listOf, removeFromList } from '../mm/frames.ts';
import { SWAP_CLUSTER_MAX } from '../mm/layout.ts';
import { newMemCgroupStat } from '../mm/memcg-stat.ts';
import { addMemcg, memcgOf } from '../mm/memcgs.ts';
import { isCache } from '../mm/page-flags.ts';
import { newResCounter } from './res-counter.ts';
import type { MemCgroup, Mm } from './types.ts';

/**
 * mm/memcontrol.c with 3/4: charging pages to a cgroup and uncharging them, and
 * waking the background reclaimer.
 */

/** mem_cgroup_create() */
export const memCgroupCreate = (mm: Mm, path: string, parent: MemCgroup | null): MemCgroup =>
  addMemcg(mm, (id, order) => ({
    id,
    res: newResCounter(),
    stat: newMemCgroupStat(mm.nodes),
    unwritten: { dirty: 0, underWriteback: 0 },
    daemon: null,
    daemonWaits: false,
    policy: mm.kernel.rule.newState?.(parent) ?? null,
    prevPriority: 12,
    path,
    rereadsUnknown: false,
    nrTasks: 0,
    zeroPasses: 0,
    stuckPasses: 0,
    stuckUsage: 0,
    warnedUsage: 0,
    leakedRefs: 0,
    order,
  }));

/**
 * The charge itself, after tryCharge said DONE: the frame (its slot set) goes to
 * the cgroup's list; page cache to the inactive, anonymous memory to the active
 * one. Only then, with the page on its list, may the reclaimer be woken (3/4).
 */
export function chargeFrame(mm: Mm, memcg: MemCgroup, pfn: number): void {
  const { res, stat } = memcg;
  // Only the erratum charge-fallthrough comes here at the limit.
  const fell = res.usage >= res.limitPages;
  if (!fell) res.usage = pages(res.usage + 1);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
  mm.frames.memcg[pfn] = memcg.id;
  stat.pgpgin += 1;
  if (isCache(mm.frames.flags[pfn])) stat.cache += 1;
  else stat.rss += 1;
  addToList(mm, pfn);
  if (fell || res.usage > res.highPages) scheduleReclaim(mm, memcg);
}

/**
 * The accounting of `count` page cache pages that were put on their list together,
 * each of which took `each` ns: the one that crossed high woke the reclaimer.
 */
export function chargeRun(mm: Mm, memcg: MemCgroup, count: number, each: number): void {
  const { res, stat } = memcg;
  const before = res.usage;
  const began = mm.sched.cost;
  const above = Math.min(count, before + count - res.highPages);
  stat.pgpgin += count;
  stat.cache += count;
  res.usage = pages(before + count);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
  if (above > 0) {
    mm.sched.cost = began + (count - above + 1) * each;
    scheduleReclaim(mm, memcg, pages(before + count - above + 1), above);
  }
  mm.sched.cost = began + count * each;
}

/** 3/4: mem_cgroup_schedule_reclaim(), after a charge that left the usage above high. */
export function scheduleReclaim(mm: Mm, memcg: MemCgroup, usage: Pages = memcg.res.usage, count = 1): void {
  memcg.stat.overHigh += count;
  if (mm.kernel.rule.heeds !== undefined && !mm.kernel.rule.heeds(mm, memcg, usage, count)) return;
  wakeReclaimer(mm, memcg, usage);
}

/** Wakes the cgroup's reclaimer, if there is one and it waits. */
export function wakeReclaimer(mm: Mm, memcg: MemCgroup, usage: Pages): void {
  const { daemon } = memcg;
  if (daemon === null || !memcg.daemonWaits) return;
  memcg.stat.bgWakeups += 1;
  // autoremove_wake_function(): whoever is woken is off the wait queue at once.
  memcg.daemonWaits = false;
  wakeUp(mm.sched, daemon);
  mm.observer?.({
    type: 'wake',
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    pid: daemon.pid,
    usage,
  });
}

/** mem_cgroup_uncharge_page(): off its list, and one page less in use. */
export function uncharge(mm: Mm, pfn: number): void {
  removeFromList(mm, pfn);
  unaccount(mm, pfn);
}

/** The accounting alone, for a page that is on no list any more. */
export function unaccount(mm: Mm, pfn: number): void {
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  if (memcg.id !== 0) unchargeCounter(mm, memcg, 1);
  memcg.stat.pgpgout += 1;
  if (isCache(mm.frames.flags[pfn])) memcg.stat.cache -= 1;
  else memcg.stat.rss -= 1;
}

/** The accounting of `count` page cache pages that left their list together. */
export function unaccountRun(mm: Mm, id: number, count: number): void {
  const memcg = memcgOf(mm, id);
  if (id !== 0) unchargeCounter(mm, memcg, count);
  memcg.stat.pgpgout += count;
  memcg.stat.cache -= count;
}

/**
 * res_counter_uncharge() for each page: WARN_ON(usage < val), and 0 it stays. So
 * each page that was accepted uncharged warns once, when the counter has run out.
 */
function unchargeCounter(mm: Mm, { res, path }: MemCgroup, count: number): void {
  const missing = count - res.usage;
  res.usage = pages(Math.max(0, -missing));
  for (let i = 0; i < missing; i += 1) {
    mm.observer?.({
      type: 'warning',
      time: ns(clock(mm.sched)),
      cgroup: path,
      text: `a page of ${path} that was never charged is freed (the erratum charge-fallthrough)`,
      floor: pages(0),
    });
  }
}

/**
 * mem_cgroup_force_empty_list(): drops the accounting of every page of the
 * cgroup. The pages live on, charged to nobody.
 */
export function dropAccounting(mm: Mm, memcg: MemCgroup): void {
  // The active list first, as in the kernel; each from its old end.
  for (let node = 0; node < mm.nodes; node += 1) {
    for (let active = 1; active >= 0; active -= 1) dropList(mm, listOf(mm, memcg.id, node, active));
  }
}

function dropList(mm: Mm, list: number): void {
  const { frames, core } = mm;
  const { cluster } = core;
  const nobody = memcgOf(mm, 0);
  for (let taken = 1; taken > 0; ) {
    taken = core.takeOldest(list, SWAP_CLUSTER_MAX, 0);
    for (let i = 0; i < taken; i += 1) {
      const pfn = cluster[i];
      unaccount(mm, pfn);
      frames.memcg[pfn] = nobody.id;
      if (isCache(frames.flags[pfn])) nobody.stat.cache += 1;
      else nobody.stat.rss += 1;
      addToList(mm, pfn);
    }
  }
}
