import { needResched } from '../kernel/sched.ts';
import type { Mm } from '../mm/kernel.ts';
import { anonMapping, freeAnon, mapFile } from '../mm/mmap.ts';
import { fileMapping } from '../mm/page-cache.ts';
import { slotOf } from '../mm/page-table.ts';
import { FAILED, SUSPENDED, type Task } from '../mm/types.ts';
import type { Alloc, Free, MapFile } from './behaviour.ts';
import {
  type AllocProgress,
  CALL_ENDED,
  FAULT_FAILED,
  FINISHED,
  IN_CALL,
  type MapProgress,
  type Stepped,
} from './progress.ts';

/** alloc, free and map: a task's own memory. */

/** Faults in one step: others on this CPU wait no longer. */
const FAULTS_A_STEP = 32;

export function beginAlloc(mm: Mm, task: Task, behaviour: Alloc): AllocProgress {
  const mapping = anonMapping(mm, task);
  const next = mapping.length;
  mapping.length = next + behaviour.pages;
  task.anonPages = mapping.length;
  return { kind: 'alloc', next, end: mapping.length };
}

/** Touches the new memory, page after page. */
export function allocStep(mm: Mm, task: Task, progress: AllocProgress): Stepped {
  const mapping = anonMapping(mm, task);
  const { kernel } = mm;
  const stop = progress.next + FAULTS_A_STEP;
  while (progress.next < stop) {
    if (progress.next === progress.end) return FINISHED;
    const slot = slotOf(mm, mapping, progress.next);
    const run = kernel.anonymousRun(mm, task, slot, Math.min(stop, progress.end) - progress.next);
    progress.next += run;
    if (run > 0) continue;
    const status = kernel.anonymousFault(mm, task, slot, true);
    if (status === SUSPENDED) return IN_CALL;
    if (status === FAILED) return FAULT_FAILED;
    progress.next += 1;
    if (needResched(mm.sched, task)) break;
  }
  return CALL_ENDED;
}

/** munmap of the memory allocated last. */
export function freeStep(mm: Mm, task: Task, behaviour: Free): Stepped {
  mm.sched.cost += mm.costs.syscall;
  const keep = behaviour.pages === null ? 0 : Math.max(0, task.anonPages - behaviour.pages);
  freeAnon(mm, task, keep);
  return FINISHED;
}

export function beginMap(mm: Mm, behaviour: MapFile): MapProgress {
  const mapping = fileMapping(mm, behaviour.file, behaviour.pages);
  return { kind: 'map', behaviour, file: mm.kernel.openFile(mapping, true), mapped: false };
}

/** mmap, then one touch of each page. */
export function mapStep(mm: Mm, task: Task, behaviour: MapFile, progress: MapProgress): Stepped {
  const { file } = progress;
  const mapping = fileMapping(mm, behaviour.file, behaviour.pages);
  if (!progress.mapped) {
    mapFile(task, mapping, behaviour.pages, behaviour.random);
    mm.sched.cost += mm.costs.syscall;
    progress.mapped = true;
    if (behaviour.touches === false) return FINISHED;
  }
  for (let i = 0; i < FAULTS_A_STEP; i += 1) {
    if (file.index === behaviour.pages) return FINISHED;
    const status = mm.kernel.fileFault(mm, task, file);
    if (status === SUSPENDED) return IN_CALL;
    if (status === FAILED) return FAULT_FAILED;
    file.index += 1;
    if (needResched(mm.sched, task)) break;
  }
  return CALL_ENDED;
}
