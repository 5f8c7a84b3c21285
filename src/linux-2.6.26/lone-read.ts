import { pages } from '../kernel/units.ts';
import { listOf } from '../mm/frames.ts';
import { lendTask, takeTask } from '../mm/lone-read.ts';
import * as at from '../mm/lone-words.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { NODE_SHIFT, PG_REFERENCED } from '../mm/page-flags.ts';
import { beginCall } from './filemap.ts';
import { readExactly } from './readahead.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/** A task that reads alone (../mm/lone-read.ts): what the page core is told of its cgroup, and tells. */

export function beginAlone(mm: Mm, task: Task, calls: number): boolean {
  const { loneCounts: counts } = mm.core;
  const memcg = memcgOf(mm, task.memcg);
  const { usage, highPages, limitPages } = memcg.res;
  if (!lendTask(mm, task, calls)) return false;
  counts[at.ROOM] = Math.min(highPages - usage, limitPages - usage, mm.nrFree[task.node]);
  counts[at.LIST] = listOf(mm, memcg.id, task.node, 0);
  counts[at.OWNER] = memcg.id;
  counts[at.REFAULTS] = 0;
  counts[at.FLAGS] = (task.node << NODE_SHIFT) | PG_REFERENCED;
  return true;
}

/** Pages go by this kernel's rules. */
export function beginTouches({ core }: Mm): void {
  core.loneCounts[at.FOLIOS] = 0;
}

/** Takes over the accounts of the pages that came in. */
export function endAlone(mm: Mm, task: Task): void {
  const count = takeTask(mm, task);
  const { res, stat } = memcgOf(mm, task.memcg);
  stat.pgpgin += count;
  stat.cache += count;
  stat.refaults += mm.core.loneCounts[at.REFAULTS];
  res.usage = pages(res.usage + count);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
}

/** Leaves the file as beginCall() and the way through genericFileRead() do. */
export function pageWasRead(file: OpenFile, page: number, slot: number): void {
  beginCall(file, page + 1, page + 1);
  readExactly(file, page + 1, page + 1);
  file.previous = page;
  file.runStart = slot;
}
