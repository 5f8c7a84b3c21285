import { nextBelow, nextFloat, type Random } from '../kernel/random.ts';
import { clock, needResched } from '../kernel/sched.ts';
import { setPageDirty } from '../mm/dirty.ts';
import type { Mm } from '../mm/kernel.ts';
import { CHUNK_SHIFT, SLOTS_PER_CHUNK } from '../mm/layout.ts';
import { anonMapping } from '../mm/mmap.ts';
import { PG_LOCKED, PG_MAPPED } from '../mm/page-flags.ts';
import { slotOf } from '../mm/page-table.ts';
import { DONE, type Mapping, type Status, SUSPENDED, type Task } from '../mm/types.ts';
import type { Touch } from './behaviour.ts';
import { keepRate, tooEarly } from './pace.ts';
import {
  CALL_ENDED,
  FAULT_FAILED,
  FINISHED,
  IN_CALL,
  PAUSED,
  type Stepped,
  type TouchProgress,
} from './progress.ts';
import { newZipf, nextZipf } from './zipf.ts';

/** touch: memory that the task has allocated or mapped, in one pattern or another. */

/** Touches in one step. */
const TOUCHES_A_STEP = 64;

/** Pages that the task can touch: its anonymous memory, then its mapped files. */
export function touchable(task: Task): number {
  return task.vmas.reduce((sum, vma) => sum + vma.pages, task.anonPages);
}

export function beginTouch(mm: Mm, task: Task, behaviour: Touch): TouchProgress {
  const { pattern } = behaviour;
  const span = pattern.kind === 'these' ? pattern.pages.length : (behaviour.pages ?? touchable(task));
  const now = clock(mm.sched);
  const rounds = behaviour.times ?? (behaviour.forTime === null ? 1 : Infinity);
  return {
    kind: 'touch',
    behaviour,
    began: now,
    until: now,
    made: 0,
    wanted: span === 0 ? 0 : span * rounds,
    deadline: behaviour.forTime === null ? Infinity : now + behaviour.forTime,
    span,
    page: -1,
    faulting: false,
    files: task.vmas.map(() => null),
    zipf: pattern.kind === 'zipf' ? newZipf(Math.max(1, span), pattern.theta) : null,
  };
}

export function touchStep(mm: Mm, task: Task, behaviour: Touch, progress: TouchProgress): Stepped {
  const { random, sched, costs } = mm;
  const anon = anonMapping(mm, task);
  for (let i = 0; i < TOUCHES_A_STEP; i += 1) {
    if (progress.page < 0) {
      if (progress.made >= progress.wanted || clock(sched) >= progress.deadline) return FINISHED;
      if (behaviour.rate !== null && tooEarly(mm, task, progress.until)) return PAUSED;
      progress.page = choosePage(random, behaviour, progress);
    }
    if (task.faultStage !== 0 || !touchResident(mm, anon, progress.page, behaviour.write)) {
      const status = touchPage(mm, task, behaviour.write, progress);
      if (status === SUSPENDED) return IN_CALL;
      if (status !== DONE) return FAULT_FAILED;
    }
    sched.cost += costs.touch;
    progress.page = -1;
    progress.made += 1;
    if (behaviour.rate !== null) keepRate(progress, progress.made, behaviour.rate);
    // It is back in user mode between two touches.
    if (task.overHigh !== null || needResched(sched, task)) break;
  }
  return CALL_ENDED;
}

/** The usual touch: of anonymous memory that is there. Answers whether it was that. */
function touchResident(mm: Mm, anon: Mapping, page: number, write: boolean): boolean {
  if (page >= anon.length) return false;
  const at = page >> CHUNK_SHIFT;
  if (at >= anon.directory.length || anon.directory[at] < 0) return false;
  const { slots, young } = mm.tables;
  const slot = (anon.directory[at] << CHUNK_SHIFT) + (page & (SLOTS_PER_CHUNK - 1));
  if (young[slot] === 0) {
    if (slots[slot] <= 0) return false;
    if (mm.kernel.setsAccessed) young[slot] = 1;
  }
  if (write) mm.kernel.memoryWritten?.(mm, slot);
  return true;
}

function choosePage(random: Random, behaviour: Touch, progress: TouchProgress): number {
  const { pattern } = behaviour;
  const { span } = progress;
  switch (pattern.kind) {
    case 'seq':
      return progress.made % span;
    case 'these':
      return pattern.pages[progress.made % span];
    case 'random':
      return nextBelow(random, span);
    case 'zipf':
      return progress.zipf === null ? 0 : nextZipf(random, progress.zipf);
    case 'hot': {
      const hot = Math.min(span, Math.max(1, Math.round(span * pattern.share)));
      const inHot = nextFloat(random) < pattern.of || hot === span;
      return inHot ? nextBelow(random, hot) : hot + nextBelow(random, span - hot);
    }
  }
}

function touchPage(mm: Mm, task: Task, write: boolean, progress: TouchProgress): Status {
  const { page } = progress;
  if (page >= task.anonPages) return touchMapped(mm, task, write, progress);
  return mm.kernel.anonymousFault(mm, task, slotOf(mm, anonMapping(mm, task), page), write);
}

function touchMapped(mm: Mm, task: Task, write: boolean, progress: TouchProgress): Status {
  let page = progress.page - task.anonPages;
  let region = 0;
  while (page >= task.vmas[region].pages) {
    page -= task.vmas[region].pages;
    region += 1;
  }
  const mapping = mm.mappings[task.vmas[region].mapping];
  if (mapping === null || mapping === undefined) return DONE;
  let slot = slotOf(mm, mapping, page);
  const there = mm.tables.slots[slot];
  if (progress.faulting || there <= 0 || (mm.frames.flags[there] & (PG_MAPPED | PG_LOCKED)) !== PG_MAPPED) {
    const file = progress.files[region] ?? mm.kernel.openFile(mapping, !task.vmas[region].random);
    progress.files[region] = file;
    file.index = page;
    const status = mm.kernel.fileFault(mm, task, file);
    progress.faulting = status === SUSPENDED;
    if (status !== DONE) return status;
    // Other pages of the window may have taken its place among the shadows.
    slot = slotOf(mm, mapping, page);
  }
  if (mm.kernel.setsAccessed) mm.tables.young[slot] = 1;
  if (write) setPageDirty(mm, mapping, slot, mm.tables.slots[slot]);
  return DONE;
}
