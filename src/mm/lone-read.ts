import { beginsAlone, sleepAlone } from '../kernel/sched.ts';
import { DISK_READ, readAtOnce, servedAt } from './blkdev.ts';
import { memcgOf } from './memcontrol.ts';
import { addRunToPageCache } from './page-cache.ts';
import type { Mm, Task } from './types.ts';

/**
 * A page that is not in the page cache, read by a task that is the only one about: charged, asked
 * for, slept for and there, at once. `entry` is what the system call has cost so far, ns. The step
 * in hand has then ended, and the task's next has begun. Not a page or a nanosecond differs from
 * the long way through bringIn() and the scheduler's events. False, and nothing is done, where
 * somebody else would have to do with it: at a mark, with the disk at work, others about.
 */
export function readAlone(mm: Mm, task: Task, slot: number, entry: number): boolean {
  const { sched, costs } = mm;
  const memcg = memcgOf(mm, task.memcg);
  const { usage, highPages, limitPages } = memcg.res;
  const disk = mm.devices[DISK_READ];
  if (usage >= highPages || usage >= limitPages || mm.nrFree[task.node] === 0) return false;
  if (disk.length > 0 || task.overHigh !== null) return false;
  const used = sched.cost + entry + costs.charge;
  const freeAt = servedAt(disk, sched.now + used, 1);
  const begins = beginsAlone(sched, task, used, freeAt + disk.latency);
  if (begins < 0) return false;
  sched.cost += entry;
  addRunToPageCache(mm, task, memcg, slot, 1, 0);
  readAtOnce(mm, disk, slot, freeAt);
  sleepAlone(sched, task, begins);
  return true;
}
