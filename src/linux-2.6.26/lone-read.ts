import { aloneUntil } from '../kernel/sched.ts';
import { pages } from '../kernel/units.ts';
import { DISK_READ } from '../mm/blkdev.ts';
import { listOf } from '../mm/frames.ts';
import * as at from '../mm/lone-words.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { NODE_SHIFT, PG_REFERENCED } from '../mm/page-flags.ts';
import { beginCall } from './filemap.ts';
import { readExactly } from './readahead.ts';
import type { Mm, OpenFile, Task } from './types.ts';

/**
 * A task that is the only one about, and does nothing but read page after page: what the page core
 * (core/read.ts) has to know to let it read also what is not in the page cache, and what it tells.
 */

/** Tells it; `calls`: system calls in a step. False: somebody else is about, looks on, or is to be waited for. */
export function beginAlone(mm: Mm, task: Task, calls: number): boolean {
  const { sched, costs } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const disk = mm.devices[DISK_READ];
  const cpu = sched.cpus[task.cpu];
  const until = aloneUntil(sched, task);
  if (until < 0 || disk.length > 0 || task.overHigh !== null) return false;
  const memcg = memcgOf(mm, task.memcg);
  const { usage, highPages, limitPages } = memcg.res;
  times[at.NOW] = sched.now;
  times[at.CPU_NOW] = cpu.now;
  times[at.SUM_EXEC] = task.sumExec;
  times[at.VRUNTIME] = task.vruntime;
  times[at.MIN_VRUNTIME] = sched.minVruntime;
  times[at.FREE_AT] = disk.freeAt;
  times[at.UNTIL] = until;
  counts[at.ROOM] = Math.min(highPages - usage, limitPages - usage, mm.nrFree[task.node]);
  counts[at.LIST] = listOf(mm, memcg.id, task.node, 0);
  counts[at.OWNER] = memcg.id;
  counts[at.FLAGS] = (task.node << NODE_SHIFT) | PG_REFERENCED;
  counts[at.CALLS] = calls;
  times[at.SYSCALL] = costs.syscall;
  times[at.CHARGE] = costs.charge;
  times[at.COPY] = costs.copy;
  times[at.PER_REQUEST] = disk.perRequest;
  times[at.PER_PAGE] = disk.perPage;
  times[at.LATENCY] = disk.latency;
  times[at.WAKE_LATENCY] = sched.wakeLatency;
  times[at.CONTEXT_SWITCH] = sched.contextSwitch;
  counts[at.WEIGHT] = task.weight;
  counts[at.MISSES] = 0;
  counts[at.REFAULTS] = 0;
  return true;
}

/** Takes over what it tells: the clock, the disk, and the accounts of the pages that came in. */
export function endAlone(mm: Mm, task: Task): void {
  const { sched } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const count = counts[at.MISSES];
  if (count === 0) return;
  const disk = mm.devices[DISK_READ];
  const { res, stat } = memcgOf(mm, task.memcg);
  const cpu = sched.cpus[task.cpu];
  sched.now = times[at.NOW];
  sched.minVruntime = times[at.MIN_VRUNTIME];
  // Each would have set a timer.
  sched.timers.sequence += count;
  task.sumExec = times[at.SUM_EXEC];
  task.vruntime = times[at.VRUNTIME];
  cpu.now = times[at.CPU_NOW];
  cpu.sliceStart = task.sumExec;
  cpu.left = task.pid;
  cpu.leftAt = times[at.LEFT_AT];
  disk.freeAt = times[at.FREE_AT];
  disk.submitted += count;
  disk.completed += count;
  mm.nrFree[task.node] -= count;
  mm.freePages -= count;
  stat.pgpgin += count;
  stat.cache += count;
  stat.refaults += counts[at.REFAULTS];
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
