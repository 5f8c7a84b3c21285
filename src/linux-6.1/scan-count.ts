import { listLength } from '../mm/frames.ts';
import { leastMargin } from './page-counter.ts';
import { scanTarget } from './protection.ts';
import { activated, flushStats, lruState } from './rstat.ts';
import {
  ACTIVE_ANON,
  ACTIVE_FILE,
  type ByKind,
  INACTIVE_ANON,
  INACTIVE_FILE,
  type MemCgroup,
  type Mm,
  type Pass,
} from './types.ts';

/** mm/vmscan.c, prepare_scan_count() and get_scan_count(): how many pages of each list a priority looks at. */

/** vm.swappiness, which a cgroup of version 2 can't have of its own. */
const SWAPPINESS = 60;

/** can_reclaim_anon_pages(), mem_cgroup_get_nr_swap_pages() */
export const canReclaimAnon = ({ swap }: Mm, memcg: MemCgroup): boolean =>
  swap.used < swap.size && leastMargin(memcg.swap) > 0;

/** inactive_is_low(): 1:1 below 1 GiB, then by the square root of the GiB. */
export function inactiveIsLow(memcg: MemCgroup, node: number, inactiveList: number): boolean {
  const inactive = lruState(memcg, node, inactiveList);
  const active = lruState(memcg, node, inactiveList + 1);
  const gibibytes = Math.floor((inactive + active) / 2 ** 18);
  const ratio = gibibytes > 0 ? Math.floor(Math.sqrt(10 * gibibytes)) : 1;
  return inactive * ratio < active;
}

/** What a priority begins with, as the lists of the whole tree below the target are. */
export function prepareScanCount(mm: Mm, pass: Pass, target: MemCgroup, node: number): void {
  flushStats(mm);
  const { cost, refaults } = target.lruvecs[node];
  pass.cost[0] = cost[0];
  pass.cost[1] = cost[1];
  // Where a new working set is being established: get rid of the old one quickly.
  pass.mayDeactivate[0] =
    pass.forceDeactivate ||
    activated(mm, target, 0) !== refaults[0] ||
    inactiveIsLow(target, node, INACTIVE_ANON);
  pass.mayDeactivate[1] =
    pass.forceDeactivate ||
    activated(mm, target, 1) !== refaults[1] ||
    inactiveIsLow(target, node, INACTIVE_FILE);
  const file = lruState(target, node, INACTIVE_FILE);
  pass.cacheTrimMode = file >>> pass.priority > 0 && !pass.mayDeactivate[1];
}

/** snapshot_refaults() */
export function snapshotRefaults(mm: Mm, target: MemCgroup, node: number): void {
  const { refaults } = target.lruvecs[node];
  refaults[0] = activated(mm, target, 0);
  refaults[1] = activated(mm, target, 1);
}

/** SCAN_FILE */
const FILES: Readonly<ByKind> = [0, 1];

/** Shares of anonymous pages and files in what is looked at. */
function scanBalance(mm: Mm, pass: Pass, memcg: MemCgroup): Readonly<ByKind> | 'equal' {
  if (!canReclaimAnon(mm, memcg)) return FILES;
  if (pass.priority === 0) return 'equal';
  if (pass.cacheTrimMode) return FILES;
  const [anon, file] = pass.cost;
  const sum = anon + file;
  const total = 2 * sum + anon + file;
  return [
    Math.floor((SWAPPINESS * (total + 1)) / (sum + anon + 1)),
    Math.floor(((200 - SWAPPINESS) * (total + 1)) / (sum + file + 1)),
  ];
}

/** By list: pages to look at. */
export function getScanCount(
  mm: Mm,
  pass: Pass,
  target: MemCgroup,
  memcg: MemCgroup,
  node: number,
): number[] {
  const balance = scanBalance(mm, pass, memcg);
  const due = (list: number): number => {
    const size = listLength(mm, memcg.id, node, list);
    let scan = scanTarget(pass, target, memcg, size) >>> pass.priority;
    // Of a cgroup that is removed what is left is scraped out.
    if (scan === 0 && !memcg.online) scan = Math.min(size, 32);
    if (balance === 'equal') return scan;
    const share = scan * balance[list >> 1];
    // Of files alone all.
    if (balance[0] === 0) return share;
    const whole = balance[0] + balance[1];
    return memcg.online ? Math.floor(share / whole) : Math.ceil(share / whole);
  };
  return [due(INACTIVE_ANON), due(ACTIVE_ANON), due(INACTIVE_FILE), due(ACTIVE_FILE)];
}

/** lru_note_cost(): in the cgroup and all above; what is long ago counts for less. */
export function noteCost(mm: Mm, memcg: MemCgroup, node: number, kind: 0 | 1, pages: number): void {
  for (let at: MemCgroup | null = memcg; at !== null; at = at.parent === 0 ? null : mm.memcgs[at.parent]) {
    const { cost } = at.lruvecs[node];
    cost[kind] += pages;
    const size =
      lruState(at, node, INACTIVE_ANON) +
      lruState(at, node, ACTIVE_ANON) +
      lruState(at, node, INACTIVE_FILE) +
      lruState(at, node, ACTIVE_FILE);
    if (cost[0] + cost[1] <= Math.floor(size / 4)) continue;
    cost[0] = Math.floor(cost[0] / 2);
    cost[1] = Math.floor(cost[1] / 2);
  }
}
