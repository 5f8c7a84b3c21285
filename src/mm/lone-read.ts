import { aloneUntil, sleepAlone } from '../kernel/sched.ts';
import { nameTimer } from '../kernel/timer.ts';
import { pages } from '../kernel/units.ts';
import { DISK_READ, servedAt } from './blkdev.ts';
import { listOf, takeFrame } from './frames.ts';
import { add } from './lru-lists.ts';
import { memcgOf } from './memcontrol.ts';
import { NODE_SHIFT, PG_REFERENCED } from './page-flags.ts';
import { evictedFrom } from './page-table.ts';
import type { Device, MemCgroup, Mm, Task } from './types.ts';

/**
 * Pages that are not in the page cache, read one by one by a task that is the only one about: each
 * is charged, asked for, slept for, there and touched, at once. Not a page or a nanosecond differs
 * from the long way through bringIn() and the scheduler's events.
 */

/** As long as it lasts, in which the task does nothing else but touch pages. */
export interface LoneReads {
  readonly disk: Device;
  readonly memcg: MemCgroup;
  /** Pages that can be charged before somebody else has to do with it. */
  room: number;
  /** Until when it is alone, ns. */
  readonly until: number;
  /** What the pages begin with: their list, and their flags. */
  readonly list: number;
  readonly flags: number;
}

/** null: somebody else is about, looks on, or is to be waited for. */
export function beginAlone(mm: Mm, task: Task): LoneReads | null {
  const disk = mm.devices[DISK_READ];
  const until = aloneUntil(mm.sched, task);
  if (until < 0 || disk.length > 0 || task.overHigh !== null) return null;
  const memcg = memcgOf(mm, task.memcg);
  const { usage, highPages, limitPages } = memcg.res;
  return {
    disk,
    memcg,
    room: Math.min(highPages - usage, limitPages - usage, mm.nrFree[task.node]),
    until,
    list: listOf(mm, memcg.id, task.node, 0),
    flags: (task.node << NODE_SHIFT) | PG_REFERENCED,
  };
}

/**
 * One page more; `entry` is what the system call has cost so far, ns. The step in hand has then
 * ended, and the task's next has begun. False, and nothing is done: it has to go the long way.
 */
export function readAlone(mm: Mm, task: Task, lone: LoneReads, slot: number, entry: number): boolean {
  const { sched, costs } = mm;
  const { disk } = lone;
  const used = sched.cost + entry + costs.charge;
  const freeAt = servedAt(disk, sched.now + used, 1);
  if (lone.room <= 0 || !sleepAlone(sched, task, used, freeAt + disk.latency, lone.until)) return false;
  lone.room -= 1;
  disk.freeAt = freeAt;
  disk.submitted += 1;
  disk.completed += 1;
  nameTimer(sched.timers);
  enter(mm, task, lone, slot);
  return true;
}

/** The page's frame, on its list and charged. */
function enter(mm: Mm, task: Task, { memcg, list, flags }: LoneReads, slot: number): void {
  const { frames } = mm;
  const { slots } = mm.tables;
  const { res, stat } = memcg;
  const pfn = takeFrame(frames);
  if (slots[slot] === evictedFrom(memcg.id)) stat.refaults += 1;
  slots[slot] = pfn;
  mm.tables.young[slot] = 0;
  frames.slot[pfn] = slot;
  frames.flags[pfn] = flags;
  frames.memcg[pfn] = memcg.id;
  add(mm.lru, list, pfn);
  mm.nrFree[task.node] -= 1;
  mm.freePages -= 1;
  stat.pgpgin += 1;
  stat.cache += 1;
  res.usage = pages(res.usage + 1);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
}
