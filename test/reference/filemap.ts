import { DISK_READ, submit, waitFor } from './blkdev.ts';
import { tryCharge } from './charge.ts';
import { addToPageCache, markPageAccessed } from './page-cache.ts';
import { blockOf, findPage, peek } from './page-table.ts';
import { asyncReadahead, hasBatch, lookingUp, newReadahead, readPages, syncReadahead } from './readahead.ts';
import { needResched } from './sched.ts';
import type { Mapping, Mm, OpenFile, Task, TaskWork } from './types.ts';
import { politely } from './vmscan.ts';
import { balanceDirtyPages, ratelimited, setPageDirty } from './writeback.ts';

/** mm/filemap.c and the faults of mm/memory.c on files. False: ENOMEM, a page could not be charged. */

export const openFor = (mapping: Mapping, readahead: boolean): OpenFile => ({
  mapping,
  ra: newReadahead(readahead),
  index: 0,
  last: 0,
  tried: -1,
});

/** cond_resched() */
export function* condResched(mm: Mm, task: Task): TaskWork<void> {
  while (needResched(mm.sched, task)) yield 'in-call';
}

/** do_generic_file_read(): a cond_resched() before each page, none within a batch but its own. */
export function* genericFileRead(mm: Mm, task: Task, file: OpenFile): TaskWork<boolean> {
  const { mapping, ra } = file;
  while (file.index < file.last) {
    if (hasBatch(ra)) {
      yield* readPages(mm, task, file);
      continue;
    }
    yield* condResched(mm, task);
    const page = findPage(mm, mapping, file.index);
    if (page !== null && !page.locked && !page.readahead) {
      // The page that was read last is not marked again (ra->prev_pos).
      if (ra.previous !== file.index) markPageAccessed(page);
      ra.previous = file.index;
      file.index += 1;
      mm.sched.cost += mm.costs.copy;
      continue;
    }
    const again = (): void => void blockOf(mm, mapping, file.index);
    const charged = yield* bringIn(mm, task, file, file.last - file.index, (alone) =>
      politely(mm, task, lookingUp(alone, again)),
    );
    if (!charged) return false;
  }
  return true;
}

/** One step towards having the page there and unlocked; no batch is in hand. `alone` wraps the charge of a single page. */
function* bringIn(
  mm: Mm,
  task: Task,
  file: OpenFile,
  request: number,
  alone: (work: TaskWork<boolean>) => TaskWork<boolean>,
): TaskWork<boolean> {
  const { mapping, index } = file;
  const block = blockOf(mm, mapping, index);
  const page = peek(mapping, index);
  if (page?.readahead) {
    page.readahead = false;
    asyncReadahead(mm, file);
    return true;
  }
  if (page !== null) {
    yield* waitFor(mm, task, DISK_READ, block);
    return true;
  }
  if (file.tried !== index) {
    file.tried = index;
    syncReadahead(file, request);
    if (hasBatch(file.ra)) return true;
  }
  // no_cached_page: the page alone.
  if (!(yield* alone(tryCharge(mm, task)))) return false;
  if (peek(mapping, index) !== null) return true;
  addToPageCache(mm, task, mapping, index).locked = true;
  submit(mm, DISK_READ, blockOf(mm, mapping, index), 1);
  return true;
}

/** A touch of a mapped file's page: brings it in and maps it. */
export function* fileFault(mm: Mm, task: Task, file: OpenFile): TaskWork<boolean> {
  const { mapping, ra } = file;
  const again = (): void => void blockOf(mm, mapping, file.index);
  for (;;) {
    const page = findPage(mm, mapping, file.index);
    if (hasBatch(ra)) {
      yield* readPages(mm, task, file, again);
      continue;
    }
    if (page !== null && !page.locked && !page.readahead) {
      page.mapped = true;
      page.young = true;
      ra.previous = file.index;
      mm.sched.cost += mm.costs.fault;
      return true;
    }
    const charged = yield* bringIn(mm, task, file, 1, (alone) => lookingUp(alone, again));
    if (!charged) return false;
  }
}

/** generic_file_buffered_write(): whole pages; after some of them the writer may have to help writing them out. */
export function* genericFileWrite(mm: Mm, task: Task, file: OpenFile): TaskWork<boolean> {
  const { mapping } = file;
  while (file.index < file.last) {
    yield* condResched(mm, task);
    const { index } = file;
    let page = findPage(mm, mapping, index);
    if (page?.locked) {
      yield* waitFor(mm, task, DISK_READ, blockOf(mm, mapping, index));
      continue;
    }
    if (page === null) {
      const again = (): void => void blockOf(mm, mapping, index);
      if (!(yield* politely(mm, task, lookingUp(tryCharge(mm, task), again)))) return false;
      // Somebody else may have brought it meanwhile.
      page = peek(mapping, index) ?? addToPageCache(mm, task, mapping, index);
    }
    setPageDirty(mm, page);
    markPageAccessed(page);
    mm.sched.cost += mm.costs.writeBegin + mm.costs.copy;
    file.index += 1;
    mapping.length = Math.max(mapping.length, file.index);
    if (!ratelimited(mm)) continue;
    yield* condResched(mm, task);
    yield* politely(mm, task, balanceDirtyPages(mm, task));
  }
  return true;
}
