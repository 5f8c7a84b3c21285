import { DISK_READ, isCongested, submit } from './blkdev.ts';
import { tryCharge } from './charge.ts';
import { addToPageCache } from './page-cache.ts';
import { blockOf, findPage, isExtentEnd, peek } from './page-table.ts';
import { markPages, mayCharge, usagePages } from './res-counter.ts';
import { needResched } from './sched.ts';
import type { Mapping, Mm, OpenFile, Readahead, Task, TaskWork } from './types.ts';

/** mm/readahead.c of 2.6.26: windows that double up to 32 pages for sequential reads, none for random ones. */

const MAX_PAGES = 32;

export const newReadahead = (enabled: boolean): Readahead => ({
  enabled,
  start: 0,
  size: 0,
  asyncSize: 0,
  previous: -1,
  batchNext: 0,
  batchEnd: 0,
  batchMarker: -1,
  runStart: 0,
  runLength: 0,
});

export const hasBatch = ({ batchNext, batchEnd }: Readahead): boolean => batchNext < batchEnd;

/** page_cache_sync_readahead(): the page is missing, and so many are wanted from there on. */
export function syncReadahead({ mapping, ra, index }: OpenFile, request: number): void {
  if (!ra.enabled) return;
  const step = index - ra.previous;
  if (goesOnWithWindow(ra, index)) {
    nextWindow(mapping, ra);
  } else if ((step >= 0 && step <= 1) || request > MAX_PAGES) {
    ra.start = index;
    ra.size = initialSize(request);
    ra.asyncSize = ra.size > request ? ra.size - request : ra.size;
    beginBatch(mapping, ra, ra.start, ra.size, ra.asyncSize);
  } else {
    beginBatch(mapping, ra, index, request, 0);
  }
}

/** page_cache_async_readahead(): the read has come to a marker, its own or that of another's window. */
export function asyncReadahead(mm: Mm, { mapping, ra, index }: OpenFile): void {
  if (!ra.enabled || isCongested(mm.devices[DISK_READ])) return;
  if (goesOnWithWindow(ra, index)) {
    nextWindow(mapping, ra);
    return;
  }
  let hole = index;
  while (hole - index <= MAX_PAGES && peek(mapping, hole) !== null) hole += 1;
  if (hole - index > MAX_PAGES) return;
  ra.start = hole;
  ra.size = nextSize(hole - index);
  ra.asyncSize = ra.size;
  beginBatch(mapping, ra, ra.start, ra.size, ra.asyncSize);
}

const goesOnWithWindow = (ra: Readahead, index: number): boolean =>
  index > 0 && (index === ra.start + ra.size - ra.asyncSize || index === ra.start + ra.size);

function nextWindow(mapping: Mapping, ra: Readahead): void {
  ra.start += ra.size;
  ra.size = nextSize(ra.size);
  ra.asyncSize = ra.size;
  beginBatch(mapping, ra, ra.start, ra.size, ra.asyncSize);
}

/** get_init_ra_size() */
function initialSize(request: number): number {
  const size = 2 ** Math.ceil(Math.log2(request));
  if (size <= MAX_PAGES / 32) return size * 4;
  return size <= MAX_PAGES / 4 ? size * 2 : MAX_PAGES;
}

/** get_next_ra_size() */
const nextSize = (size: number): number => Math.min(MAX_PAGES, size < MAX_PAGES / 16 ? 4 * size : 2 * size);

/** Not beyond the end of the file. */
function beginBatch(mapping: Mapping, ra: Readahead, start: number, size: number, lookahead: number): void {
  ra.batchNext = start;
  ra.batchEnd = Math.max(start, Math.min(start + size, mapping.length));
  ra.batchMarker = lookahead > 0 ? start + size - lookahead : -1;
}

/** What is known to be wanted, and no marker. */
export function readExactly(ra: Readahead, start: number, end: number): void {
  ra.batchNext = start;
  ra.batchEnd = end;
  ra.batchMarker = -1;
}

/**
 * __do_page_cache_readahead(): charges the batch's pages one after the other, leaves out those that
 * can't be charged, and hands the others to the disk. `lookUp`: what the caller looks up when it goes on.
 */
export function* readPages(
  mm: Mm,
  task: Task,
  { mapping, ra }: OpenFile,
  lookUp: () => void = () => undefined,
): TaskWork<void> {
  const again = (): void => {
    lookUp();
    blockOf(mm, mapping, ra.batchNext);
  };
  while (hasBatch(ra)) {
    if (findPage(mm, mapping, ra.batchNext) !== null) {
      ra.batchNext += 1;
    } else if (isEasy(mm, task)) {
      addEasyPages(mm, task, mapping, ra);
      if (hasBatch(ra) && needResched(mm.sched, task)) {
        yield 'in-call';
        again();
      }
    } else {
      const charged = yield* lookingUp(tryCharge(mm, task), again);
      // Somebody else may have brought it meanwhile.
      if (charged && peek(mapping, ra.batchNext) === null) {
        addLocked(mm, task, mapping, ra);
        extendRun(mm, ra, blockOf(mm, mapping, ra.batchNext));
      }
      ra.batchNext += 1;
    }
  }
  submitRun(mm, ra);
}

/** Neither a refusal nor a node without free frames stands in the way. */
const isEasy = (mm: Mm, { memcg, node }: Task): boolean => mayCharge(memcg.res) && mm.nrFree[node] > 0;

/**
 * Pages that are charged with nobody between them, to the end of the window, of the extent or of what
 * is easy. The reclaimer that one of the charges wakes is on the CPU after the tenth charge above high,
 * or at once if it is the window's first page that woke it (as in the recorded steps of 1 MiB on one CPU).
 */
function addEasyPages(mm: Mm, task: Task, mapping: Mapping, ra: Readahead): void {
  const { daemonWaits, res } = task.memcg;
  const room = markPages(res.high) - usagePages(res);
  const atWindowStart = room === 0 && ra.batchNext === ra.start;
  let left = daemonWaits ? (atWindowStart ? 1 : Math.max(1, room + 10)) : Infinity;
  const added: number[] = [];
  let extentEnded = false;
  while (
    hasBatch(ra) &&
    !extentEnded &&
    left > 0 &&
    isEasy(mm, task) &&
    peek(mapping, ra.batchNext) === null
  ) {
    addLocked(mm, task, mapping, ra);
    added.push(blockOf(mm, mapping, ra.batchNext));
    extentEnded = isExtentEnd(ra.batchNext);
    ra.batchNext += 1;
    left -= 1;
  }
  for (const block of added) extendRun(mm, ra, block);
}

/** Adds the batch's next page, locked until it is read. */
function addLocked(mm: Mm, task: Task, mapping: Mapping, { batchNext, batchMarker }: Readahead): void {
  const page = addToPageCache(mm, task, mapping, batchNext);
  page.locked = true;
  page.readahead = batchNext === batchMarker;
}

/** Neighbouring blocks are one request. */
function extendRun(mm: Mm, ra: Readahead, block: number): void {
  if (block !== ra.runStart + ra.runLength) {
    submitRun(mm, ra);
    ra.runStart = block;
  }
  ra.runLength += 1;
}

function submitRun(mm: Mm, ra: Readahead): void {
  if (ra.runLength > 0) submit(mm, DISK_READ, ra.runStart, ra.runLength);
  ra.runLength = 0;
}

/** Something that sleeps, after which pages are looked up anew, so that their blocks are there. */
export function* lookingUp<T>(work: TaskWork<T>, again: () => void): TaskWork<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield step.value;
    again();
  }
}
