import { SWAP_READ, submit, waitFor } from './blkdev.ts';
import { tryCharge } from './charge.ts';
import { unchargeAndFree } from './memcontrol.ts';
import { newPage } from './page-cache.ts';
import { findPage, forgetFrom, newMapping, peek } from './page-table.ts';
import type { Mapping, Mm, Task, TaskWork } from './types.ts';

/** mm/memory.c and mm/mmap.c: a task's own memory. */

export function anonMapping(task: Task): Mapping {
  task.anon ??= newMapping(task.name, true);
  return task.anon;
}

/** A touch of anonymous memory that is not resident; what is in swap is read before it is charged. */
export function* anonymousFault(mm: Mm, task: Task, index: number): TaskWork<boolean> {
  const mapping = anonMapping(task);
  findPage(mm, mapping, index);
  const before = mapping.pages.get(index);
  const swapped = before?.kind === 'swapped' ? before : null;
  if (swapped !== null) {
    mm.sched.cost += mm.costs.fault;
    submit(mm, SWAP_READ, swapped.entry, 1);
    yield* waitFor(mm, task, SWAP_READ, swapped.entry);
  }
  if (!(yield* tryCharge(mm, task))) return false;
  if (swapped !== null) {
    mm.swap[swapped.entry].used = false;
    task.memcg.stat.swapIn += 1;
  } else {
    mm.sched.cost += mm.costs.fault;
  }
  newPage(mm, task, mapping, index);
  return true;
}

/** Gives back the task's anonymous memory from a page on. */
export function freeAnon(mm: Mm, task: Task, from: number): void {
  if (task.anon === null) return;
  const mapping = task.anon;
  let freed = 0;
  for (let index = from; index < mapping.length; index += 1) {
    const entry = mapping.pages.get(index);
    if (entry?.kind === 'page') {
      unchargeAndFree(mm, entry);
      freed += 1;
    } else if (entry?.kind === 'swapped') {
      mm.swap[entry.entry].used = false;
    }
  }
  forgetFrom(mm, mapping, from);
  mapping.length = Math.min(mapping.length, from);
  task.anonPages = mapping.length;
  mm.sched.cost += freed * (mm.costs.unmap + mm.costs.free);
}

/** exit_mm(): its memory goes, and file pages that no other task maps are plain page cache again. */
export function exitMm(mm: Mm, task: Task): void {
  freeAnon(mm, task, 0);
  task.anon = null;
  for (const { mapping, pages } of task.vmas) {
    const others = mm.tasks.filter((other) => other !== task).flatMap(({ vmas }) => vmas);
    const mappedByOthers = others.filter((vma) => vma.mapping === mapping).map((vma) => vma.pages);
    for (let index = Math.max(0, ...mappedByOthers); index < pages; index += 1) {
      const page = peek(mapping, index);
      if (page !== null) page.mapped = false;
    }
  }
  task.vmas = [];
}
