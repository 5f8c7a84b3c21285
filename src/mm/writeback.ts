import { BLOCK, clock, MAY_PREEMPT, type StepEnd, sleepOn } from '../kernel/sched.ts';
import { INTERRUPTIBLE } from '../kernel/thread.ts';
import { SECOND } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { DISK_WRITE, isCongested, submit } from './blkdev.ts';
import { beginPageWriteback, clearPageDirty, congestionWait } from './dirty.ts';
import type { Mm } from './kernel.ts';
import { SLOTS_PER_CHUNK } from './layout.ts';
import { PG_DIRTY, PG_WRITEBACK } from './page-flags.ts';
import type { Mapping, Task } from './types.ts';

/**
 * Handing dirty pages to the disk: fs/fs-writeback.c and pageout(), and the flusher thread, pdflush or a kworker; beyond
 * how many it writes what is young, and who else does, is the kernel's.
 */

const WRITEBACK_INTERVAL = 5 * SECOND;
const EXPIRE_INTERVAL = 30 * SECOND;
/** Pages that the flusher hands over in one step. */
export const FLUSH_BATCH = 64;

export function startWriteback(mm: Mm, slot: number, pfn: number): void {
  clearPageDirty(mm, slot, pfn);
  beginPageWriteback(mm, pfn);
  mm.nrWriteback += 1;
  const memcg = mm.memcgs[mm.frames.memcg[pfn]];
  if (memcg !== null) memcg.stat.writebackPages += 1;
  mm.sched.cost += mm.costs.pageout;
  submit(mm, DISK_WRITE, slot, 1);
}

/** Up to `most` dirty pages of a file, from where the flusher stood, round the end. */
export function writeSome(mm: Mm, mapping: Mapping, most: number): number {
  const { chunkDirty, slots } = mm.tables;
  let written = 0;
  const chunks = mapping.directory.length;
  let at = Math.floor(mapping.writebackPage / SLOTS_PER_CHUNK);
  let offset = mapping.writebackPage % SLOTS_PER_CHUNK;
  for (let visited = 0; visited <= chunks && written < most && mapping.nrDirty > 0; visited += 1) {
    if (at >= chunks) {
      at = 0;
      offset = 0;
    }
    const chunk = mapping.directory[at];
    if (chunk >= 0 && chunkDirty[chunk] > 0) {
      for (; offset < SLOTS_PER_CHUNK && written < most; offset += 1) {
        const slot = chunk * SLOTS_PER_CHUNK + offset;
        const pfn = slots[slot];
        if (pfn > 0 && (mm.frames.flags[pfn] & (PG_DIRTY | PG_WRITEBACK)) === PG_DIRTY) {
          startWriteback(mm, slot, pfn);
          written += 1;
        }
      }
      if (offset < SLOTS_PER_CHUNK) break;
    }
    at += 1;
    offset = 0;
  }
  mapping.writebackPage = at * SLOTS_PER_CHUNK + offset;
  return written;
}

/** `background`: so many dirty pages are too many; `nap`: how long it waits for a disk that is behind, ns. */
export function flushSome(mm: Mm, thread: Task, background: () => number, nap: number): StepEnd {
  finishWait(mm.congestion, thread);
  const mapping = nextToWrite(mm, background);
  if (mapping === null) return flusherSleeps(mm, thread);
  if (isCongested(mm.devices[DISK_WRITE])) {
    congestionWait(mm, thread, nap);
    return BLOCK;
  }
  const written = writeSome(mm, mapping, FLUSH_BATCH);
  mm.flushRequest = Math.max(0, mm.flushRequest - written);
  if (written > 0) return MAY_PREEMPT;
  // All that is dirty is being written already.
  congestionWait(mm, thread, nap);
  return BLOCK;
}

/** The file that has been dirty longest, if anything asks for writing. */
function nextToWrite(mm: Mm, background: () => number): Mapping | null {
  if (mm.dirtyMappings.length === 0) {
    mm.flushRequest = 0;
    return null;
  }
  const mapping = mm.mappings[mm.dirtyMappings[0]];
  if (mapping === null || mapping === undefined) return null;
  const asked = mm.flushRequest > 0 || mm.nrDirty > background();
  return asked || mapping.dirtiedWhen + EXPIRE_INTERVAL <= clock(mm.sched) ? mapping : null;
}

function flusherSleeps(mm: Mm, thread: Task): StepEnd {
  const now = clock(mm.sched);
  const tick = (Math.floor(now / WRITEBACK_INTERVAL) + 1) * WRITEBACK_INTERVAL;
  sleepOn(mm.sched, thread, INTERRUPTIBLE, mm.dirtyMappings.length > 0 ? tick : null);
  return BLOCK;
}
