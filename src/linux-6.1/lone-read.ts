import { needResched } from '../kernel/sched.ts';
import { lendTask, takeTask } from '../mm/lone-read.ts';
import * as at from '../mm/lone-words.ts';
import { DONE, FAILED, type Status } from '../mm/types.ts';
import { chargeStocked, easyCharges, tryCharge } from './charge.ts';
import { beginCall } from './filemap.ts';
import { lendFolios, lendLists, takeLists } from './folios.ts';
import { countLoneWaits, nextAverages, nobodyStalls } from './psi.ts';
import { readExactly } from './readahead.ts';
import { tellsOfSlab } from './stock.ts';
import { memCgroupFromTask } from './tree.ts';
import type { Mm, OpenFile, Task } from './types.ts';
import { hasNode, isEmptyLeaf, leafFilled, leafOf, makeNodes, NODE_BYTES } from './xarray.ts';

/** The owner of no page that is read. */
const NOBODY = 0;

/** A task that reads alone (../mm/lone-read.ts): what the page core is told of its cgroup, and tells. */

export function beginAlone(mm: Mm, task: Task, calls: number, cleared: number): boolean {
  const memcg = memCgroupFromTask(mm, task);
  const room = Math.min(easyCharges(mm, task, memcg), mm.nrFree[task.node]);
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const { psi, stats } = mm.own;
  if (psi && !nobodyStalls(mm)) return false;
  if (!lendLists(mm, task, memcg) || !lendTask(mm, task, calls)) return false;
  // Then the statistics are added up, and averages are taken.
  times[at.UNTIL] = Math.min(times[at.UNTIL], stats.due, psi ? nextAverages(mm, task) : Infinity);
  counts[at.ROOM] = room;
  counts[at.LEAF] = leafOf(cleared);
  return true;
}

/** What a page needs beside a frame: room, which may take reclaim; and a node of the index, off the list of those without a page. */
export function clearWay(mm: Mm, task: Task, file: OpenFile, slot: number): Status {
  const status = tryCharge(mm, task, true);
  // What can't be charged is not read ahead.
  if (status === FAILED) file.batchNext += 1;
  if (status !== DONE) return status;
  const memcg = memCgroupFromTask(mm, task);
  // What the statistics hear of comes after the page in their order.
  const charge = (): boolean =>
    !tellsOfSlab(mm.own.cpus[task.cpu], NODE_BYTES) && chargeStocked(mm, task, memcg, NODE_BYTES);
  if (!hasNode(mm, slot) && !makeNodes(mm, file.mapping, file.index, slot, memcg, charge)) return FAILED;
  // Page 0 alone has none.
  if (!hasNode(mm, slot)) return FAILED;
  if (isEmptyLeaf(mm, slot)) leafFilled(mm, slot);
  return DONE;
}

/** Who is to give way, or to work off what it has above memory.high, activates in a call by itself, after which it does so. */
export function beginTouches(mm: Mm, task: Task): void {
  lendFolios(mm, task);
  if (needResched(mm.sched, task) || task.overHigh !== null) mm.core.loneCounts[at.OWNER] = NOBODY;
}

/** Takes over the accounts of the pages that came in. */
export function endAlone(mm: Mm, task: Task): void {
  const count = takeTask(mm, task);
  if (count === 0) return;
  takeLists(mm, task, memCgroupFromTask(mm, task), count);
  if (mm.own.psi) countLoneWaits(mm, task);
}

/** Leaves the file as beginCall() and the way through genericFileRead() do. */
export function pageWasRead(file: OpenFile, page: number, slot: number): void {
  beginCall(file, page + 1, page + 1);
  readExactly(file, page + 1, page + 1);
  file.previous = page;
  file.runStart = slot;
}
