import { listOf } from '../mm/frames.ts';
import * as at from '../mm/lone-words.ts';
import { NODE_SHIFT, PG_ANON, PG_REFERENCED } from '../mm/page-flags.ts';
import { chargeEasily } from './charge.ts';
import { changesEach } from './rstat.ts';
import { memCgroupFromTask } from './tree.ts';
import { INACTIVE_FILE, type MemCgroup, type Mm, type Task } from './types.ts';
import { AGE, ageNonresident, workingsetSize } from './workingset.ts';

/** What the page core (core/folio.ts) is told of the cgroup whose pages a task reads, and tells. */

/** For touches. */
export function lendFolios(mm: Mm, task: Task): void {
  const { loneCounts: counts } = mm.core;
  const { node } = task;
  const { id, lruvecs } = memCgroupFromTask(mm, task);
  counts[at.FOLIOS] = 1;
  counts[at.OWNER] = id;
  counts[at.FLAGS] = (node << NODE_SHIFT) | PG_REFERENCED;
  counts[at.AGE] = lruvecs[node].nonresidentAge & AGE;
  counts[at.PGACTIVATE] = 0;
}

/** Takes over what came of them. */
export function takeFolios(mm: Mm, task: Task): void {
  const { loneCounts: counts } = mm.core;
  const memcg = memCgroupFromTask(mm, task);
  // Two lists, and PGACTIVATE.
  changesEach(mm, memcg, 3 * counts[at.PGACTIVATE]);
  memcg.counts.pgactivate += counts[at.PGACTIVATE];
  const aged = (counts[at.AGE] - memcg.lruvecs[task.node].nonresidentAge) & AGE;
  if (aged > 0) ageNonresident(mm, memcg, task.node, aged);
}

/** For pages that come in, after lendFolios(). False: the CPU's batch has others in it. */
export function lendLists(mm: Mm, { cpu, node }: Task, memcg: MemCgroup): boolean {
  const { loneCounts: counts, batch } = mm.core;
  const { flags, memcg: owner } = mm.frames;
  const { batch: batched } = mm.own.cpus[cpu];
  for (let i = 0; i < batched.length; i += 1) {
    const pfn = batched[i];
    if (owner[pfn] !== memcg.id || (flags[pfn] & PG_ANON) !== 0 || flags[pfn] >> NODE_SHIFT !== node)
      return false;
    batch[i] = pfn;
  }
  counts[at.BATCHED] = batched.length;
  counts[at.LIST] = listOf(mm, memcg.id, node, INACTIVE_FILE);
  counts[at.WORKINGSET] = workingsetSize(mm, memcg, node, 1);
  counts[at.REFAULTS] = 0;
  counts[at.ACTIVATES] = 0;
  return true;
}

/** Takes over what came of `count` pages, and charges them. */
export function takeLists(mm: Mm, task: Task, memcg: MemCgroup, count: number): void {
  const { loneCounts: counts, batch } = mm.core;
  const { batch: batched } = mm.own.cpus[task.cpu];
  // PGPGIN, NR_FILE_PAGES, a list; refaults.
  const listed = batched.length + count - counts[at.BATCHED];
  changesEach(mm, memcg, 2 * count + listed + counts[at.REFAULTS] + counts[at.ACTIVATES]);
  for (let i = 0; i < counts[at.BATCHED]; i += 1) batched[i] = batch[i];
  while (batched.length > counts[at.BATCHED]) batched.pop();
  chargeEasily(mm, task, memcg, count);
  memcg.file += count;
  memcg.stat.cache += count;
  memcg.stat.pgpgin += count;
  memcg.stat.refaults += counts[at.REFAULTS];
  memcg.counts.refault[1] += counts[at.REFAULTS];
  memcg.counts.activate[1] += counts[at.ACTIVATES];
}
