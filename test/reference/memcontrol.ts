import { ns, pages } from '../../src/kernel/units.ts';
import { charge, mayCharge, newResCounter, PAGE, usagePages } from './res-counter.ts';
import { clock, wakeUp } from './sched.ts';
import type { LruList, MemCgroup, Mm, Page } from './types.ts';

/** mm/memcontrol.c: charging, uncharging, lists, and waking the reclaimer. */

export const newMemCgroup = (path: string, order: number, nodes: number): MemCgroup => ({
  order,
  path,
  res: newResCounter(),
  lists: Array.from({ length: nodes }, () => ({ active: new Set(), inactive: new Set() })),
  stat: {
    cache: 0,
    rss: 0,
    pgpgin: 0,
    pgpgout: 0,
    refaults: 0,
    overHigh: 0,
    bgWakeups: 0,
    bgSleeps: 0,
    bgPasses: 0,
    bgZeroPasses: 0,
    bgScanned: 0,
    bgReclaimed: 0,
    bgPassesFrom: new Array<number>(nodes).fill(0),
    bgCpu: 0,
    directPasses: 0,
    directScanned: 0,
    directReclaimed: 0,
    writebackPages: 0,
    swapOut: 0,
    swapIn: 0,
    oomKills: 0,
    stalls: [],
  },
  nrTasks: 0,
  daemon: null,
  daemonWaits: false,
  prevPriority: 12,
  zeroPasses: 0,
  stuckPasses: 0,
  stuckUsage: 0,
  warnedUsage: 0,
  leakedRefs: 0,
  removed: false,
});

export const freePages = (mm: Mm): number => mm.nrFree.reduce((sum, free) => sum + free, 0);

/** Pages on the active or the inactive lists of all nodes. */
export const lruPages = ({ lists }: MemCgroup, which: 'active' | 'inactive'): number =>
  lists.reduce((sum, list) => sum + list[which].size, 0);

const listOf = (page: Page): LruList => {
  const lists = page.memcg.lists[page.node];
  return page.onActiveList ? lists.active : lists.inactive;
};

/** To the head of its list: the youngest. */
export const addToList = (page: Page): void => void listOf(page).add(page);
export const removeFromList = (page: Page): void => void listOf(page).delete(page);

export function moveLists(page: Page, active: boolean): void {
  removeFromList(page);
  page.onActiveList = active;
  addToList(page);
}

/** A frame on the task's node, or on the next that has one free; there must be one. */
export function allocFrame(mm: Mm, wanted: number): number {
  let node = wanted;
  while (mm.nrFree[node] === 0) node = (node + 1) % mm.nodes;
  mm.nrFree[node] -= 1;
  return node;
}

/** After tryCharge() said yes: counted, put on its list, and only then may the reclaimer be woken (3/4). */
export function chargePage(mm: Mm, page: Page): void {
  const { memcg } = page;
  const { res, stat } = memcg;
  // At the limit only with the erratum charge-fallthrough.
  const fell = !mayCharge(res);
  if (!fell) charge(res);
  stat.pgpgin += 1;
  count(page, memcg, 1);
  addToList(page);
  if (fell || res.usage > res.high) scheduleReclaim(mm, memcg);
}

const count = ({ anonymous }: Page, { stat }: MemCgroup, by: number): void => {
  if (anonymous) stat.rss += by;
  else stat.cache += by;
};

/** 3/4: mem_cgroup_schedule_reclaim() */
function scheduleReclaim(mm: Mm, memcg: MemCgroup): void {
  const { daemon, stat } = memcg;
  stat.overHigh += 1;
  if (daemon === null || !memcg.daemonWaits) return;
  stat.bgWakeups += 1;
  memcg.daemonWaits = false;
  wakeUp(mm.sched, daemon);
  mm.observer?.({
    type: 'wake',
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    pid: daemon.pid,
    usage: usagePages(memcg.res),
  });
}

/** The accounting of a page that is on no list any more. */
export function unaccount(mm: Mm, page: Page): void {
  const { memcg } = page;
  const { res, stat, path } = memcg;
  stat.pgpgout += 1;
  count(page, memcg, -1);
  if (memcg === mm.nobody) return;
  if (res.usage > 0n) {
    res.usage -= PAGE;
    return;
  }
  mm.observer?.({
    type: 'warning',
    time: ns(clock(mm.sched)),
    cgroup: path,
    text: `a page of ${path} that was never charged is freed (the erratum charge-fallthrough)`,
    floor: pages(0),
  });
}

export function unchargeAndFree(mm: Mm, page: Page): void {
  removeFromList(page);
  unaccount(mm, page);
  mm.nrFree[page.node] += 1;
}

/** mem_cgroup_force_empty_list(): the pages live on, charged to nobody. */
export function dropAccounting(mm: Mm, memcg: MemCgroup): void {
  for (const { active, inactive } of memcg.lists) {
    for (const page of [...active, ...inactive]) {
      removeFromList(page);
      unaccount(mm, page);
      page.memcg = mm.nobody;
      count(page, mm.nobody, 1);
      addToList(page);
    }
  }
}
