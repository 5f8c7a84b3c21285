import { freeFrame } from './frames.ts';
import type { Mm } from './kernel.ts';
import { PG_MAPPED, PG_YOUNG } from './page-flags.ts';
import { findSlot, freeChunks, isSwapped, newMapping, swapEntryOf } from './page-table.ts';
import type { Mapping, Task } from './types.ts';

/** mm/mmap.c: what a task's address space holds, and giving it back. */

export function anonMapping(mm: Mm, task: Task): Mapping {
  const known = task.anon < 0 ? null : mm.mappings[task.anon];
  if (known !== null && known !== undefined) return known;
  const mapping = newMapping(mm, task.name, true);
  task.anon = mapping.id;
  return mapping;
}

/** Gives back the task's anonymous memory from page `from` on. Answers the pages that were resident. */
export function freeAnon(mm: Mm, task: Task, from: number): number {
  const mapping = task.anon < 0 ? null : mm.mappings[task.anon];
  if (mapping === null || mapping === undefined) return 0;
  const freed = freeOwnPages(mm, mapping, from);
  mapping.length = Math.min(mapping.length, from);
  task.anonPages = mapping.length;
  mm.sched.cost += freed * (mm.costs.unmap + mm.costs.free);
  mm.kernel.unmapped(mm, task);
  return freed;
}

/** Empties a mapping that is one task's alone, from page `from` on. Answers the pages that were resident. */
export function freeOwnPages(mm: Mm, mapping: Mapping, from: number): number {
  let freed = 0;
  for (let page = from; page < mapping.length; page += 1) {
    const slot = findSlot(mapping, page);
    if (slot < 0) continue;
    const content = mm.tables.slots[slot];
    if (content > 0) {
      mm.kernel.uncharge(mm, content);
      freeFrame(mm, content);
      freed += 1;
    } else if (isSwapped(content)) {
      mm.kernel.freeSwap(mm, swapEntryOf(content));
    }
    mm.tables.slots[slot] = 0;
    mm.tables.young[slot] = 0;
  }
  freeChunks(mm, mapping, from, false);
  return freed;
}

export function mapFile(task: Task, mapping: Mapping, pages: number, random = false): void {
  task.vmas.push({ mapping: mapping.id, pages, random });
  mapping.mmapped += 1;
}

/** Unmaps all files of the task. A page that no other task maps is plain page cache again. */
export function unmapFiles(mm: Mm, task: Task): void {
  for (const vma of task.vmas.splice(0)) {
    const mapping = mm.mappings[vma.mapping];
    if (mapping === null || mapping === undefined) continue;
    mapping.mmapped -= 1;
    const others = mm.tasks.filter((other) => other !== task && maps(other, vma.mapping));
    const stillMapped = Math.max(0, ...others.flatMap((other) => mappedPages(other, vma.mapping)));
    for (let page = stillMapped; page < vma.pages; page += 1) {
      const slot = findSlot(mapping, page);
      const pfn = slot < 0 ? 0 : mm.tables.slots[slot];
      if (pfn > 0) unmapPage(mm, slot, pfn);
    }
  }
}

/** The page remembers that it was touched. */
function unmapPage({ frames: { flags }, tables: { young } }: Mm, slot: number, pfn: number): void {
  flags[pfn] &= ~PG_MAPPED;
  if (young[slot] === 0) return;
  flags[pfn] |= PG_YOUNG;
  young[slot] = 0;
}

const maps = (task: Task, mapping: number): boolean => task.vmas.some((vma) => vma.mapping === mapping);
const mappedPages = (task: Task, mapping: number): number[] =>
  task.vmas.filter((vma) => vma.mapping === mapping).map((vma) => vma.pages);

/** exit_mm(): all of the task's memory goes. */
export function exitMm(mm: Mm, task: Task): void {
  freeAnon(mm, task, 0);
  unmapFiles(mm, task);
  mm.kernel.unmapped(mm, task);
  if (task.anon >= 0) {
    mm.mappings[task.anon] = null;
    mm.freeMappings.push(task.anon);
    task.anon = -1;
  }
}
