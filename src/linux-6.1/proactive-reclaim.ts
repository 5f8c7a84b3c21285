import { clock, sleepOn } from '../kernel/sched.ts';
import { UNINTERRUPTIBLE } from '../kernel/thread.ts';
import { MILLISECOND } from '../kernel/units.ts';
import { type Asked, DONE, FAILED, type Status, SUSPENDED } from '../mm/types.ts';
import { memCgroupOom } from './oom-kill.ts';
import { drainAllStock } from './stock.ts';
import { lruAddDrainAll } from './swap.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/** mm/memcontrol.c, memory_reclaim(), memory_high_write() and memory_max_write(): so many pages, now. */

const MAX_RECLAIM_RETRIES = 16;

/** What is asked for, and who asks: a write to memory.max goes on until the usage fits. */
export interface AskedHere extends Asked {
  readonly by: 'reclaim' | 'high' | 'max';
  drained: boolean;
  deaths: number;
}

export const askReclaim = (pages: number): AskedHere => ({
  ...ask(pages, -1),
  by: 'reclaim',
  drained: false,
  deaths: 0,
});
export const askHigh = (above: number): AskedHere => ({
  ...ask(0, above),
  by: 'high',
  drained: false,
  deaths: 0,
});
export const askMax = (above: number): AskedHere => ({
  ...ask(0, above),
  by: 'max',
  drained: false,
  deaths: 0,
});

const ask = (left: number, above: number) => ({ left, above, retries: MAX_RECLAIM_RETRIES });

/** Goes on with it, a pass at a call. FAILED: it can't be had in full, which memory.reclaim answers with EAGAIN. */
export function proactiveReclaim(mm: Mm, task: Task, memcg: MemCgroup, asked: AskedHere): Status {
  if (!task.pass.active) {
    const wanted = wantedOf(memcg, asked);
    if (wanted <= 0) return DONE;
    if (!asked.drained && (asked.by !== 'reclaim' || asked.retries === 0)) {
      // The first try is what the CPUs have in stock.
      asked.drained = true;
      if (asked.by === 'reclaim') lruAddDrainAll(mm);
      else drainAllStock(mm, memcg);
      return SUSPENDED;
    }
    if (asked.by === 'max' && asked.retries === 0) return killForLimit(mm, task, memcg, asked);
    beginPass(mm, task, memcg, wanted);
  }
  const freed = continuePass(mm, task);
  if (freed < 0) return SUSPENDED;
  asked.left -= freed;
  if (freed > 0) return asked.by === 'reclaim' && asked.left <= 0 ? DONE : SUSPENDED;
  if (asked.retries === 0) return asked.by === 'max' ? SUSPENDED : FAILED;
  asked.retries -= 1;
  return SUSPENDED;
}

/** try_to_free_mem_cgroup_pages() is asked for all that is left at once. */
const wantedOf = ({ memory }: MemCgroup, { left, above, by }: AskedHere): number =>
  by === 'reclaim' ? left : memory.usage - above;

/** How often a write to memory.max waits for a death, 10 ms each time. */
const DEATHS = 100;

/** Nothing is left to reclaim, so somebody has to die; with nobody there, or nobody who does, the write is over. */
function killForLimit(mm: Mm, task: Task, memcg: MemCgroup, asked: AskedHere): Status {
  asked.deaths += 1;
  if (asked.deaths > DEATHS || !memCgroupOom(mm, memcg)) return DONE;
  sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched) + 10 * MILLISECOND);
  return SUSPENDED;
}
