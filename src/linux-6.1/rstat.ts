import { SECOND } from '../kernel/units.ts';
import { listLength } from '../mm/frames.ts';
import { LISTS, type MemCgroup, type Mm, type Rstat } from './types.ts';

/**
 * mm/memcontrol.c, memcg_rstat_updated() and mem_cgroup_flush_stats(): what a cgroup and those below it come to is added up
 * now and then. Reclaim goes by what was so at the last time: how long lists were, and how many refaults had been activated.
 */

/** MEMCG_CHARGE_BATCH: a CPU tells of its changes by so many. */
const BATCH = 64;
/** FLUSH_TIME */
const PERIOD = 2 * SECOND;

export const newRstat = (nodes: number): Rstat => ({
  isChanged: false,
  own: new Array<number>(nodes * LISTS + 2).fill(0),
  tree: new Array<number>(nodes * LISTS + 2).fill(0),
});

/** Before a change of so many at once: pages that leave a list together, bytes of a slab. */
export function changes(mm: Mm, memcg: MemCgroup, count: number): void {
  const stats = begun(mm, memcg);
  const updates = stats.updates + count;
  stats.updates = updates > BATCH ? 0 : updates;
  // Who looks wants to know whether there are more batches than CPUs.
  if (updates > BATCH && stats.pending <= mm.own.cpus.length) stats.pending += Math.floor(updates / BATCH);
}

/** Before so many changes of one each. */
export function changesEach(mm: Mm, memcg: MemCgroup, times: number): void {
  const stats = begun(mm, memcg);
  const updates = stats.updates + times;
  stats.updates = updates % (BATCH + 1);
  if (updates > BATCH) stats.pending += Math.floor(updates / (BATCH + 1));
}

function begun(mm: Mm, memcg: MemCgroup): Mm['own']['stats'] {
  const { stats } = mm.own;
  // The work that does so every 2 s comes when something changes: nobody can tell.
  if (mm.sched.now >= stats.due) flush(mm);
  if (!memcg.rstat.isChanged) {
    memcg.rstat.isChanged = true;
    stats.changed.push(memcg.id);
  }
  return stats;
}

/** mem_cgroup_flush_stats(): if enough has changed. */
export function flushStats(mm: Mm): void {
  const { stats, cpus } = mm.own;
  if (stats.pending > cpus.length || mm.sched.now >= stats.due) flush(mm);
}

function flush(mm: Mm): void {
  const { stats } = mm.own;
  for (const id of stats.changed) {
    const memcg = mm.memcgs[id];
    if (memcg !== null && memcg !== undefined) flushOne(mm, memcg);
  }
  stats.changed.length = 0;
  stats.pending = 0;
  stats.due = (Math.floor(mm.sched.now / PERIOD) + 1) * PERIOD;
}

/** cgroup_rstat_flush(): what is new of its own is added to it and all above. */
export function flushOne(mm: Mm, memcg: MemCgroup): void {
  const { own } = memcg.rstat;
  memcg.rstat.isChanged = false;
  for (let at = 0; at < own.length; at += 1) {
    const value = current(mm, memcg, at);
    const more = value - own[at];
    if (more === 0) continue;
    own[at] = value;
    for (let up: MemCgroup | null | undefined = memcg; up; up = mm.memcgs[up.parent]) {
      up.rstat.tree[at] += more;
      if (up.parent === 0) break;
    }
  }
}

function current(mm: Mm, { id, counts }: MemCgroup, at: number): number {
  const lists = mm.nodes * LISTS;
  return at < lists ? listLength(mm, id, Math.floor(at / LISTS), at % LISTS) : counts.activate[at - lists];
}

/** lruvec_page_state(NR_LRU_BASE + list): with all below it. */
export const lruState = ({ rstat }: MemCgroup, node: number, list: number): number =>
  rstat.tree[node * LISTS + list];

/** lruvec_page_state(WORKINGSET_ACTIVATE_BASE + kind), of all nodes. */
export const activated = (mm: Mm, { rstat }: MemCgroup, kind: 0 | 1): number =>
  rstat.tree[mm.nodes * LISTS + kind];

/** mem_cgroup_css_free(): what it has counted is its parent's. */
export function leaveToParent({ rstat }: MemCgroup, parent: MemCgroup): void {
  for (const [at, value] of rstat.own.entries()) parent.rstat.own[at] += value;
}
