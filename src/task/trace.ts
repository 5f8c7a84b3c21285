import { clock } from '../kernel/sched.ts';
import { genericFileRead, genericFileWrite, type OpenFile, openFor } from '../mm/filemap.ts';
import { beginAlone, type LoneReads, readAlone } from '../mm/lone-read.ts';
import { markPageAccessed, openFile } from '../mm/page-cache.ts';
import { PG_ACTIVE, PG_LOCKED, PG_REFERENCED } from '../mm/page-flags.ts';
import { findSlot } from '../mm/page-table.ts';
import { readExactly } from '../mm/readahead.ts';
import { type Mapping, type Mm, type Status, SUSPENDED, type Task } from '../mm/types.ts';
import type { Trace, TraceBatch } from './behaviour.ts';
import { tooEarly } from './pace.ts';
import { CALL_ENDED, FINISHED, IN_CALL, type Outcome, PAUSED, type TraceProgress } from './progress.ts';

/**
 * trace: page accesses that were recorded elsewhere. What was recorded below a
 * page cache or at its door says exactly what was read, so nothing is read ahead.
 */

/** Records in one step. */
const RECORDS_A_STEP = 64;
/** Records that are looked up at once, and at first: there may be others among them. */
const LOOKED_UP = 64;
const LOOKED_UP_FIRST = 8;
/** Their slots; nothing stands here between two steps. */
const ahead = new Int32Array(LOOKED_UP);
/** No slot, as findSlot() says. */
const ABSENT = -1;

export const beginTrace = (mm: Mm, behaviour: Trace): TraceProgress => ({
  kind: 'trace',
  behaviour,
  began: clock(mm.sched),
  first: 0,
  at: 0,
  batch: null,
  last: false,
  names: [],
  files: [],
  calling: false,
});

/** The records that the machine asked for (Mm.needs); what is left of those before comes first. */
export function feedTrace(
  progress: TraceProgress,
  batch: TraceBatch,
  last: boolean,
  names: readonly string[],
): void {
  const { batch: rest, at } = progress;
  progress.batch = rest === null || at === rest.time.length ? batch : joined(rest, at, batch);
  progress.first += at;
  progress.at = 0;
  progress.last = last;
  if (names.length > progress.names.length) progress.names = [...names];
}

function joined(rest: TraceBatch, at: number, more: TraceBatch): TraceBatch {
  const kept = rest.time.length - at;
  const length = kept + more.time.length;
  return {
    time: join(new Float64Array(length), rest.time.subarray(at), more.time),
    file: join(new Int32Array(length), rest.file.subarray(at), more.file),
    page: join(new Float64Array(length), rest.page.subarray(at), more.page),
    count: join(new Int32Array(length), rest.count.subarray(at), more.count),
    write: join(new Uint8Array(length), rest.write.subarray(at), more.write),
  };
}

function join<A extends Float64Array | Int32Array | Uint8Array>(to: A, first: A, second: A): A {
  to.set(first);
  to.set(second, first.length);
  return to;
}

export function traceStep(mm: Mm, task: Task, behaviour: Trace, progress: TraceProgress): Outcome {
  const { batch } = progress;
  if (batch === null || (!progress.last && batch.time.length - progress.at < RECORDS_A_STEP)) {
    // Before the step begins, so that it is the same however the records come: it is done again when fed.
    const fed = progress.first + (batch?.time.length ?? 0);
    mm.needs = { source: behaviour.source, record: fed, pid: task.pid };
    return progress.calling ? IN_CALL : CALL_ENDED;
  }
  let left = RECORDS_A_STEP;
  while (left > 0) {
    const { at } = progress;
    if (at === batch.time.length) return FINISHED;
    if (!progress.calling) {
      if (!behaviour.asap && tooEarly(mm, task, progress.began + batch.time[at])) return PAUSED;
      left = readPlain(mm, task, behaviour, progress, batch, left);
      if (progress.at > at) continue;
    }
    const status = doRecord(mm, task, behaviour, progress, batch);
    if (status === SUSPENDED) return IN_CALL;
    progress.calling = false;
    progress.at += 1;
    left -= 1;
  }
  return CALL_ENDED;
}

/**
 * The usual record by far is one page that is read, of a file that is open. Goes on with such records
 * from the one in hand on, until the step ends or there is another kind of record, or one for which
 * somebody else has to do something. Answers how many are left of the step.
 */
function readPlain(
  mm: Mm,
  task: Task,
  { asap }: Trace,
  progress: TraceProgress,
  batch: TraceBatch,
  room: number,
): number {
  const { sched, costs } = mm;
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  // Recorded times have to be looked at one by one.
  const end = asap ? batch.time.length : progress.at + 1;
  let lone: LoneReads | null = null;
  let left = room;
  let { at } = progress;
  let from = at;
  let to = at;
  let hits = 0;
  for (; at < end && left > 0; at += 1) {
    if (at === to) {
      to = lookUp(progress, batch, at, Math.min(end, at + (at === from ? LOOKED_UP_FIRST : LOOKED_UP)));
      from = at;
    }
    const slot = ahead[at - from];
    if (slot < 0) break;
    const pfn = slots[slot];
    if (pfn > 0) {
      const bits = flags[pfn];
      if ((bits & PG_LOCKED) !== 0) break;
      if ((bits & PG_REFERENCED) === 0) flags[pfn] = bits | PG_REFERENCED;
      else if ((bits & PG_ACTIVE) === 0) markPageAccessed(mm, pfn);
      hits += 1;
      left -= 1;
      continue;
    }
    sched.cost += hits * (costs.syscall + costs.copy);
    hits = 0;
    lone ??= beginAlone(mm, task);
    if (lone === null || !readMiss(mm, task, lone, progress, batch, at, slot)) break;
    left = RECORDS_A_STEP - 1;
  }
  sched.cost += hits * (costs.syscall + costs.copy);
  progress.at = at;
  return left;
}

/**
 * Puts the slots of the pages of records `from` to `most` - 1 into `ahead`, as far as they are of one
 * file, which is open. Answers the record behind them.
 */
function lookUp(
  progress: TraceProgress,
  { page, count, write, file }: TraceBatch,
  from: number,
  most: number,
): number {
  const number = file[from];
  const mapping = progress.files[number]?.mapping;
  let at = from;
  for (; at < most && file[at] === number; at += 1) {
    const plain = mapping !== undefined && count[at] === 1 && write[at] === 0;
    ahead[at - from] = plain ? findSlot(mapping, page[at]) : ABSENT;
  }
  return at;
}

/**
 * A page that is not there, read with nobody else about. False, and nothing is done: it is something
 * else. Where the next step would have to ask for records first, it is left to doRecord() too.
 */
function readMiss(
  mm: Mm,
  task: Task,
  lone: LoneReads,
  progress: TraceProgress,
  batch: TraceBatch,
  at: number,
  slot: number,
): boolean {
  if (!progress.last && batch.time.length - at < RECORDS_A_STEP) return false;
  const page = pageOf(batch, at);
  const file = progress.files[batch.file[at]];
  // Behind its end: doRecord() makes the file longer.
  if (file === undefined || file === null || page >= file.mapping.length) return false;
  if (!readAlone(mm, task, lone, slot, mm.costs.syscall)) return false;
  mm.sched.cost = mm.costs.copy;
  pageIsRead(file, page, slot);
  return true;
}

/** Leaves the file as beginCall() and the way through genericFileRead() do. */
function pageIsRead(file: OpenFile, page: number, slot: number): void {
  file.index = page + 1;
  file.last = page + 1;
  file.tried = -1;
  readExactly(file, page + 1, page + 1);
  file.previous = page;
  file.runStart = slot;
}

function doRecord(mm: Mm, task: Task, behaviour: Trace, progress: TraceProgress, batch: TraceBatch): Status {
  const { at } = progress;
  const end = pageOf(batch, at) + batch.count[at];
  const number = batch.file[at];
  const file =
    progress.files[number] ?? openFor(openFile(mm, nameOf(behaviour, progress, number), end), false);
  progress.files[number] = file;
  const { mapping } = file;
  if (mapping.length < end) mapping.length = end;
  if (!progress.calling) {
    beginCall(mm, mapping, file, batch, at);
    progress.calling = true;
  }
  const write = batch.write[at] !== 0;
  return write ? genericFileWrite(mm, task, file) : genericFileRead(mm, task, file);
}

/** As the small whole number that it nearly always is, and not as what a Float64Array holds. */
const pageOf = ({ page }: TraceBatch, at: number): number => Math.trunc(page[at]);

const nameOf = (behaviour: Trace, { names }: TraceProgress, file: number): string =>
  names[file] || (file === 0 ? behaviour.file : `${behaviour.file}.${file}`);

function beginCall(mm: Mm, mapping: Mapping, file: OpenFile, batch: TraceBatch, at: number): void {
  file.index = pageOf(batch, at);
  file.last = file.index + batch.count[at];
  file.tried = -1;
  // A hit again is a touch again, also right after the last.
  file.previous = -1;
  mm.sched.cost += mm.costs.syscall;
  const slot = findSlot(mapping, file.index);
  const missing = slot < 0 || mm.tables.slots[slot] <= 0 || batch.count[at] > 1;
  if (missing && batch.write[at] === 0) readExactly(file, file.index, file.last);
}
