import { type StepEnd, wakeUp } from '../kernel/sched.ts';
import { MILLISECOND } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { congestionWait } from '../mm/dirty.ts';
import { memcgOf, ROOT_MEMCG } from '../mm/memcgs.ts';
import { DONE, type Status, SUSPENDED } from '../mm/types.ts';
import { flushSome } from '../mm/writeback.ts';
import { margin } from './page-counter.ts';
import { sumOf } from './tree.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/**
 * mm/page-writeback.c and fs/fs-writeback.c: dirty pages, the flusher that writes them, and the throttling of those who
 * make too many: for the machine, and for a cgroup by what it may still hold.
 */

/** vm.dirty_background_ratio, vm.dirty_ratio: of what can be dirty. */
const BACKGROUND_RATIO = 10;
const DIRTY_RATIO = 20;
/** MAX_PAUSE: HZ/5. */
const PAUSE = 200 * MILLISECOND;
/** Pages that a task may dirty between two looks at the limits. */
const RATELIMIT = 32;

/** Pages that may be dirty before a writer is held: half way between background and limit; and before the flusher begins. */
interface Limits {
  readonly free: number;
  readonly background: number;
}

/** domain_dirty_limits() */
function limitsOf(available: number): Limits {
  const background = Math.floor((available * BACKGROUND_RATIO) / 100);
  const limit = Math.floor((available * DIRTY_RATIO) / 100);
  return { free: Math.floor((background + limit) / 2), background };
}

/** global_dirtyable_memory() */
function globalLimits(mm: Mm): Limits {
  const file = sumOf(mm, memcgOf(mm, ROOT_MEMCG), (each) => each.file);
  return limitsOf(mm.freePages + file);
}

/** mem_cgroup_wb_stats(), mdtc_calc_avail(): what it has of files, and what it may still have. */
function memcgLimits(mm: Mm, memcg: MemCgroup): Limits {
  let headroom = mm.freePages;
  for (let at = memcg; at.parent !== 0; at = memcgOf(mm, at.parent)) {
    headroom = Math.min(headroom, Math.min(margin(at.memory), Math.max(0, at.memory.high - at.memory.usage)));
  }
  const file = sumOf(mm, memcg, (each) => each.file);
  return limitsOf(file + headroom);
}

/** balance_dirty_pages_ratelimited(), after a page was dirtied. Answers whether it is time to look at the limits. */
export function ratelimited(mm: Mm): boolean {
  mm.own.dirtied += 1;
  if (mm.own.dirtied < RATELIMIT) return false;
  mm.own.dirtied = 0;
  return true;
}

/** balance_dirty_pages(): who dirties beyond the limits waits until enough is written. May sleep: call it again. */
export function balanceDirtyPages(mm: Mm, task: Task, memcg: MemCgroup): Status {
  finishWait(mm.congestion, task);
  const machine = globalLimits(mm);
  const group = memcg.parent === 0 ? machine : memcgLimits(mm, memcg);
  const dirty = memcg.parent === 0 ? mm.nrDirty : sumOf(mm, memcg, ({ unwritten }) => unwritten.dirty);
  const written =
    memcg.parent === 0 ? mm.nrWriteback : sumOf(mm, memcg, ({ unwritten }) => unwritten.underWriteback);
  if ((mm.nrDirty > machine.background || dirty > group.background) && mm.flusher !== null) {
    mm.flushRequest = Math.max(mm.flushRequest, mm.nrDirty);
    wakeUp(mm.sched, mm.flusher);
  }
  const isFree = mm.nrDirty + mm.nrWriteback <= machine.free && dirty + written <= group.free;
  if (isFree || mm.nrWriteback === 0) return DONE;
  congestionWait(mm, task, PAUSE);
  return SUSPENDED;
}

/** wb_workfn() */
export const flusherStep = (mm: Mm, thread: Task): StepEnd =>
  flushSome(mm, thread, () => globalLimits(mm).background, PAUSE);
