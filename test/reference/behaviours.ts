import { nextBelow, nextFloat } from '../../src/kernel/random.ts';
import { PAGE_SIZE, SECOND } from '../../src/kernel/units.ts';
import type {
  Alloc,
  Behaviour,
  Free,
  MapFile,
  Sleep,
  Stream,
  Touch,
  Trace,
  TraceBatch,
} from '../../src/task/behaviour.ts';
import { WRITE } from '../../src/task/behaviour.ts';
import { newZipf, nextZipf } from '../../src/task/zipf.ts';
import { fileFault, genericFileRead, genericFileWrite, openFor } from './filemap.ts';
import { anonMapping, anonymousFault, freeAnon } from './memory.ts';
import { markPageAccessed } from './page-cache.ts';
import { findPage, openFile, peek } from './page-table.ts';
import { readExactly } from './readahead.ts';
import { clock, needResched, sleepOn } from './sched.ts';
import type { Mm, OpenFile, Task, TaskWork } from './types.ts';
import { setPageDirty } from './writeback.ts';

/**
 * What tasks do, page after page. What happens at the start happens at once, the rest when the
 * task runs. The work answers false when a page fault found no memory.
 */
export function begin(mm: Mm, task: Task, behaviour: Behaviour): TaskWork<boolean> {
  switch (behaviour.kind) {
    case 'alloc':
      return alloc(mm, task, behaviour);
    case 'free':
      return free(mm, task, behaviour);
    case 'touch':
      return touch(mm, task, behaviour);
    case 'stream':
      return stream(mm, task, behaviour);
    case 'map':
      return map(mm, task, behaviour);
    case 'trace':
      return trace(mm, task, behaviour);
    case 'sleep':
      return sleep(mm, task, behaviour);
  }
}

/** Counts what was done, and says whether the step ends here: at `most`, or because another wants the CPU. */
function endsStep(mm: Mm, task: Task, most: number): boolean {
  task.doneInStep += 1;
  return task.doneInStep === most || needResched(mm.sched, task);
}

const FAULTS_A_STEP = 32;
const TOUCHES_A_STEP = 64;
const RECORDS_A_STEP = 64;

/** Sleeps in user mode until it is time; a signal wakes it earlier, and it sleeps again. */
function* sleepUntil(mm: Mm, task: Task, time: () => number): TaskWork<void> {
  while (clock(mm.sched) < time()) {
    sleepOn(mm.sched, task, 'interruptible', time());
    yield 'paused';
  }
}

/** When so many pages may have been moved, at a rate in bytes a second. */
const timeOf = (began: number, pages: number, rate: number | null): number =>
  rate === null ? began : began + Math.floor((pages * PAGE_SIZE * SECOND) / rate);

function* sleepAndEnd(mm: Mm, task: Task, until: number): TaskWork<boolean> {
  yield* sleepUntil(mm, task, () => until);
  return true;
}

const sleep = (mm: Mm, task: Task, { time }: Sleep): TaskWork<boolean> =>
  sleepAndEnd(mm, task, clock(mm.sched) + time);

function alloc(mm: Mm, task: Task, { pages }: Alloc): TaskWork<boolean> {
  const mapping = anonMapping(task);
  const from = mapping.length;
  mapping.length = from + pages;
  task.anonPages = mapping.length;
  return faultIn(mm, task, from, mapping.length);
}

function* faultIn(mm: Mm, task: Task, from: number, end: number): TaskWork<boolean> {
  for (let index = from; index < end; index += 1) {
    if (!(yield* anonymousFault(mm, task, index))) return false;
    if (endsStep(mm, task, FAULTS_A_STEP)) yield 'call-ended';
  }
  return true;
}

// biome-ignore lint/correctness/useYield: it is over in one step, and begins when the task runs.
function* free(mm: Mm, task: Task, { pages }: Free): TaskWork<boolean> {
  mm.sched.cost += mm.costs.syscall;
  freeAnon(mm, task, pages === null ? 0 : Math.max(0, task.anonPages - pages));
  return true;
}

function map(mm: Mm, task: Task, { file: name, pages }: MapFile): TaskWork<boolean> {
  const mapping = openFile(mm, name, pages);
  task.reads = { mapping, end: pages };
  return mapAndTouch(mm, task, name, pages, openFor(mapping, true));
}

function* mapAndTouch(mm: Mm, task: Task, name: string, pages: number, file: OpenFile): TaskWork<boolean> {
  const { mapping } = file;
  openFile(mm, name, pages);
  task.vmas.push({ mapping, pages });
  mm.sched.cost += mm.costs.syscall;
  for (; file.index < pages; file.index += 1) {
    if (!(yield* fileFault(mm, task, file))) return false;
    if (!endsStep(mm, task, FAULTS_A_STEP)) continue;
    yield 'call-ended';
    openFile(mm, name, pages);
  }
  return true;
}

export const touchable = (task: Task): number =>
  task.vmas.reduce((sum, { pages }) => sum + pages, task.anonPages);

function touch(mm: Mm, task: Task, behaviour: Touch): TaskWork<boolean> {
  const span = behaviour.pages ?? touchable(task);
  const began = clock(mm.sched);
  const deadline = behaviour.forTime === null ? Infinity : began + behaviour.forTime;
  const rounds = behaviour.times ?? (behaviour.forTime === null ? 1 : Infinity);
  return touchPages(mm, task, behaviour, { span, began, deadline, wanted: span === 0 ? 0 : span * rounds });
}

interface Touching {
  readonly span: number;
  readonly began: number;
  readonly deadline: number;
  readonly wanted: number;
}

function* touchPages(mm: Mm, task: Task, behaviour: Touch, touching: Touching): TaskWork<boolean> {
  const { span, began, deadline, wanted } = touching;
  const choose = chooser(mm, behaviour, span);
  const files: OpenFile[] = [];
  for (let made = 0; made < wanted && clock(mm.sched) < deadline; ) {
    const until = timeOf(began, made, behaviour.rate);
    if (behaviour.rate !== null && clock(mm.sched) < until) {
      sleepOn(mm.sched, task, 'interruptible', until);
      yield 'paused';
      continue;
    }
    if (!(yield* touchPage(mm, task, choose(made), behaviour.write, files))) return false;
    mm.sched.cost += mm.costs.touch;
    made += 1;
    if (endsStep(mm, task, TOUCHES_A_STEP)) yield 'call-ended';
  }
  return true;
}

function chooser({ random }: Mm, { pattern }: Touch, span: number): (made: number) => number {
  switch (pattern.kind) {
    case 'seq':
      return (made) => made % span;
    case 'these':
      return (made) => pattern.pages[made % span] ?? 0;
    case 'random':
      return () => nextBelow(random, span);
    case 'zipf': {
      const zipf = newZipf(Math.max(1, span), pattern.theta);
      return () => nextZipf(random, zipf);
    }
    case 'hot': {
      const hot = Math.min(span, Math.max(1, Math.round(span * pattern.share)));
      return () => {
        const inHot = nextFloat(random) < pattern.of || hot === span;
        return inHot ? nextBelow(random, hot) : hot + nextBelow(random, span - hot);
      };
    }
  }
}

/** Page numbers go over the anonymous memory, then over the mapped files. */
function* touchPage(
  mm: Mm,
  task: Task,
  number: number,
  write: boolean,
  files: OpenFile[],
): TaskWork<boolean> {
  if (number < task.anonPages) {
    const there = peek(anonMapping(task), number);
    if (there === null) return yield* anonymousFault(mm, task, number);
    there.young = true;
    return true;
  }
  let index = number - task.anonPages;
  let region = 0;
  for (; index >= task.vmas[region].pages; region += 1) index -= task.vmas[region].pages;
  const { mapping } = task.vmas[region];
  const there = findPage(mm, mapping, index);
  if (there === null || !there.mapped || there.locked) {
    files[region] ??= openFor(mapping, true);
    files[region].index = index;
    if (!(yield* fileFault(mm, task, files[region]))) return false;
  }
  const page = peek(mapping, index);
  if (page === null) throw new Error('a page that was just faulted in is not there');
  page.young = true;
  if (write) setPageDirty(mm, page);
  return true;
}

function stream(mm: Mm, task: Task, behaviour: Stream): TaskWork<boolean> {
  const end = behaviour.write ? 0 : behaviour.at + behaviour.pages;
  const mapping = openFile(mm, behaviour.file, end);
  const file = task.openFiles.get(behaviour.file) ?? openFor(mapping, behaviour.readahead);
  file.ra.enabled = behaviour.readahead;
  task.openFiles.set(behaviour.file, file);
  task.reads = { mapping, end };
  return streamBlocks(mm, task, behaviour, file, clock(mm.sched));
}

/** Block after block, or blocks at random. ENOMEM makes a call short, and the rest of its block is skipped. */
function* streamBlocks(
  mm: Mm,
  task: Task,
  { file: name, pages, at, block, times, random, write, rate }: Stream,
  file: OpenFile,
  began: number,
): TaskWork<boolean> {
  let total = 0;
  for (let round = 0; round < times; round += 1) {
    for (let moved = 0; moved < pages; moved += block) {
      const until = timeOf(began, total, rate);
      yield* sleepUntil(mm, task, () => until);
      const first = random ? nextBelow(mm.random, Math.ceil(pages / block)) * block : moved;
      file.index = at + first;
      file.last = at + Math.min(first + block, pages);
      file.tried = -1;
      mm.sched.cost += mm.costs.syscall;
      openFile(mm, name, write ? 0 : at + pages);
      yield* write ? genericFileWrite(mm, task, file) : genericFileRead(mm, task, file);
      total += Math.min(block, pages - moved);
      yield 'call-ended';
    }
  }
  return true;
}

const trace = (mm: Mm, task: Task, behaviour: Trace): TaskWork<boolean> =>
  replay(mm, task, behaviour, clock(mm.sched));

/** All records are fed at once: that batches of any size give the same trace is tested elsewhere. */
function* replay(mm: Mm, task: Task, behaviour: Trace, began: number): TaskWork<boolean> {
  const fed: TraceBatch[] = [];
  while (fed.length === 0) {
    mm.needs = { source: behaviour.source, task, feed: (batch) => fed.push(batch) };
    yield 'call-ended';
  }
  const [records] = fed;
  const files: OpenFile[] = [];
  for (let at = 0; at < records.time.length; at += 1) {
    if (!behaviour.asap) yield* sleepUntil(mm, task, () => began + records.time[at]);
    yield* doRecord(mm, task, behaviour, records, at, files);
    task.doneInStep += 1;
    if (task.doneInStep === RECORDS_A_STEP) yield 'call-ended';
  }
  return true;
}

function* doRecord(
  mm: Mm,
  task: Task,
  behaviour: Trace,
  { file: numbers, page, count, op }: TraceBatch,
  at: number,
  files: OpenFile[],
): TaskWork<void> {
  const number = numbers[at];
  const [index, end] = [page[at], page[at] + count[at]];
  const isWrite = op[at] === WRITE;
  const open: OpenFile | undefined = files[number];
  const hit = open === undefined || isWrite || count[at] > 1 ? null : peek(open.mapping, index);
  // The usual record by far: one page that is read and is there.
  if (hit !== null && !hit.locked) {
    markPageAccessed(hit);
    mm.sched.cost += mm.costs.syscall + mm.costs.copy;
    return;
  }
  const name = number === 0 ? behaviour.file : `${behaviour.file}.${number}`;
  const mapping = openFile(mm, name, end);
  const file = open ?? openFor(mapping, false);
  files[number] = file;
  task.reads = { mapping, end };
  file.index = index;
  file.last = end;
  file.tried = -1;
  // A hit again is a touch again, also right after the last.
  file.ra.previous = -1;
  mm.sched.cost += mm.costs.syscall;
  const missing = peek(mapping, index) === null || count[at] > 1;
  if (missing && !isWrite) readExactly(file.ra, index, end);
  yield* isWrite ? genericFileWrite(mm, task, file) : genericFileRead(mm, task, file);
}
