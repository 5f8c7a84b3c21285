import { memcgOf } from '../mm/memcgs.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/** The tree of cgroups: who stands above whom, and the order of a walk. */

/** parent_mem_cgroup(); null: it is the root. */
export const parentOf = (mm: Mm, { parent }: MemCgroup): MemCgroup | null =>
  parent === 0 ? null : memcgOf(mm, parent);

/** mem_cgroup_from_task(): whom its memory is charged to. */
export const memCgroupFromTask = (mm: Mm, { memcg }: Pick<Task, 'memcg'>): MemCgroup =>
  memcgOf(mm, memcgOf(mm, memcg).effective);

export const isRoot = ({ parent }: MemCgroup): boolean => parent === 0;

/** mem_cgroup_is_descendant(): it is that one, too. */
export function isBelow(mm: Mm, id: number, above: MemCgroup): boolean {
  for (let at = mm.memcgs[id] ?? null; at !== null; at = parentOf(mm, at)) if (at === above) return true;
  return false;
}

/** mem_cgroup_iter(): a cgroup and all below, parents first, the removed that still have pages too. */
export const treeOf = (mm: Mm, memcg: MemCgroup): Iterable<MemCgroup> =>
  memcg.children.length === 0 ? [memcg] : walk(mm, memcg);

function* walk(mm: Mm, memcg: MemCgroup): Generator<MemCgroup> {
  yield memcg;
  for (const child of [...memcg.children]) {
    const below = mm.memcgs[child];
    if (below !== null && below !== undefined) yield* walk(mm, below);
  }
}

/** What of all cgroups of a tree comes to. */
export function sumOf(mm: Mm, memcg: MemCgroup, count: (each: MemCgroup) => number): number {
  let sum = count(memcg);
  for (const child of memcg.children) sum += sumOf(mm, memcgOf(mm, child), count);
  return sum;
}

/** How many are below: cgroups, and those removed that still have pages (`dying`). */
export function descendants(mm: Mm, memcg: MemCgroup): { live: number; dying: number } {
  const sum = { live: 0, dying: 0 };
  for (const each of treeOf(mm, memcg)) {
    if (each === memcg) continue;
    if (each.online) sum.live += 1;
    else sum.dying += 1;
  }
  return sum;
}
