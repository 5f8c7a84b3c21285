import { needResched } from '../kernel/sched.ts';
import { lendTask, takeTask } from '../mm/lone-read.ts';
import * as at from '../mm/lone-words.ts';
import { easyCharges } from './charge.ts';
import { beginCall } from './filemap.ts';
import { lendFolios, lendLists, takeLists } from './folios.ts';
import { readExactly } from './readahead.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/** The owner of no page that is read. */
const NOBODY = 0;

/** A task that reads alone (../mm/lone-read.ts): what the page core is told of its cgroup, and tells. */

export function beginAlone(mm: Mm, task: Task, calls: number): boolean {
  const memcg = memCgroupFromTask(mm, task);
  const room = Math.min(easyCharges(mm, task, memcg), mm.nrFree[task.node]);
  if (room === 0 || !lendLists(mm, task, memcg) || !lendTask(mm, task, calls)) return false;
  mm.core.loneCounts[at.ROOM] = room;
  return true;
}

/** Who is to give way, or to work off what it has above memory.high, activates in a call by itself, after which it does so. */
export function beginTouches(mm: Mm, task: Task): void {
  lendFolios(mm, task);
  if (needResched(mm.sched, task) || task.overHigh !== null) mm.core.loneCounts[at.OWNER] = NOBODY;
}

/** Takes over the accounts of the pages that came in. */
export function endAlone(mm: Mm, task: Task): void {
  const count = takeTask(mm, task);
  if (count > 0) takeLists(mm, task, memCgroupFromTask(mm, task), count);
}

/** Leaves the file as beginCall() and the way through genericFileRead() do. */
export function pageWasRead(file: OpenFile, page: number, slot: number): void {
  beginCall(file, page + 1, page + 1);
  readExactly(file, page + 1, page + 1);
  file.previous = page;
  file.runStart = slot;
}
