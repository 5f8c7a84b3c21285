import { clock } from '../kernel/sched.ts';
import type { Mm } from '../mm/kernel.ts';
import { WINDOW } from '../mm/layout.ts';
import { COST, HIT, LAST, LEFT } from '../mm/lone-words.ts';
import { fileMapping, invalidateMapping, truncateMapping } from '../mm/page-cache.ts';
import { findNearSlot, findSlot, nearPages, slotOf } from '../mm/page-table.ts';
import { DONE, FAILED, type Mapping, type OpenFile, type Status, SUSPENDED, type Task } from '../mm/types.ts';
import { DROP, READ, TRUNCATE, type Trace, type TraceBatch, WRITE } from './behaviour.ts';
import { tooEarly } from './pace.ts';
import { CALL_ENDED, FINISHED, IN_CALL, PAUSED, type Stepped, type TraceProgress } from './progress.ts';

/**
 * trace: page accesses that were recorded elsewhere. What was recorded below a
 * page cache or at its door says exactly what was read, so nothing is read ahead.
 */

/** Records in one step. */
const RECORDS_A_STEP = 64;
/** Records that are looked up at first: there may be others among them. */
const LOOKED_UP_FIRST = 8;
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
    op: join(new Uint8Array(length), rest.op.subarray(at), more.op),
  };
}

function join<A extends Float64Array | Int32Array | Uint8Array>(to: A, first: A, second: A): A {
  to.set(first);
  to.set(second, first.length);
  return to;
}

export function traceStep(mm: Mm, task: Task, behaviour: Trace, progress: TraceProgress): Stepped {
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
      if (left < 0) return IN_CALL;
      if (progress.at > at) continue;
    }
    const status = doRecord(mm, task, behaviour, progress, batch);
    if (status === SUSPENDED) return IN_CALL;
    progress.calling = false;
    progress.at += 1;
    left -= 1;
    // It is back in user mode between two calls.
    if (task.overHigh !== null) break;
  }
  return CALL_ENDED;
}

/**
 * The usual record by far is one page that is read, of a file that is open. Goes on with such records
 * from the one in hand on, until the step ends or there is another kind of record, or one for which
 * somebody else has to do something. Answers how many are left of the step; -1: it sleeps, or gives others a turn.
 */
function readPlain(
  mm: Mm,
  task: Task,
  { asap }: Trace,
  progress: TraceProgress,
  batch: TraceBatch,
  room: number,
): number {
  const { sched, costs, core, kernel } = mm;
  // Recorded times have to be looked at one by one.
  const end = asap ? batch.time.length : progress.at + 1;
  // With a page that comes in the next step begins, and that may have to ask for records first.
  const comeIn = progress.last ? end : batch.time.length - RECORDS_A_STEP + 1;
  let alone = false;
  let left = room;
  let most = LOOKED_UP_FIRST;
  let [last, lastSlot] = [-1, 0];
  core.loneTimes[COST] = sched.cost;
  core.loneTimes[HIT] = costs.syscall + costs.copy;
  kernel.beginTouches(mm, task);
  while (left > 0 && progress.at < end) {
    const first = progress.at;
    const found = lookUp(core.window, progress, batch, Math.min(end, first + most));
    if (found > LOOKED_UP_FIRST) core.lookAhead(found);
    let done = 0;
    let made = false;
    for (;;) {
      done = core.readPages(done, found, left, alone ? comeIn - first : 0);
      // Anew: they are laid out in another place when there is no more room for slots.
      const { loneCounts: counts, window } = core;
      left = counts[LEFT];
      progress.at = first + done;
      if (counts[LAST] >= 0) {
        [last, lastSlot] = [first + counts[LAST], window[counts[LAST]]];
        progress.calling = false;
      }
      if (left === 0 || done === found || progress.at >= comeIn) break;
      const slot = window[done];
      if (alone && slot === ABSENT) {
        takeOver(mm, task, progress, batch, alone, last, lastSlot);
        last = -1;
        made = makeSlot(mm, progress, batch);
        kernel.beginTouches(mm, task);
        alone = kernel.beginAlone(mm, task, RECORDS_A_STEP, -1);
        break;
      }
      if (!isAway(mm, slot)) break;
      if (!alone) {
        alone = kernel.beginAlone(mm, task, RECORDS_A_STEP, -1);
        if (alone) continue;
        break;
      }
      if (progress.calling) break;
      // It needs more than a frame.
      takeOver(mm, task, progress, batch, alone, last, lastSlot);
      last = -1;
      const file = beginRecord(mm, progress, batch);
      const status = file === null ? FAILED : kernel.clearWay(mm, task, file, slot);
      if (status !== DONE) return status === SUSPENDED ? -1 : left;
      kernel.beginTouches(mm, task);
      alone = kernel.beginAlone(mm, task, RECORDS_A_STEP, slot);
      if (!alone) return left;
      // The core counts the call that is begun.
      core.loneTimes[COST] = sched.cost - costs.syscall;
    }
    // Others may have lost their slots for it: they are looked up once more, few of them, as there may be more without one.
    if (made) most = LOOKED_UP_FIRST;
    else if (done < found) break;
    else most = alone ? Math.min(2 * most, WINDOW) : left;
  }
  if (progress.calling) core.loneTimes[COST] += costs.syscall;
  takeOver(mm, task, progress, batch, alone, last, lastSlot);
  return left;
}

/** What the page core has done; `last`: the record whose page came in last, -1 for none. */
function takeOver(
  mm: Mm,
  task: Task,
  { files }: TraceProgress,
  batch: TraceBatch,
  alone: boolean,
  last: number,
  lastSlot: number,
): void {
  const { kernel, sched, core } = mm;
  sched.cost = core.loneTimes[COST];
  if (alone) kernel.endAlone(mm, task);
  kernel.endTouches(mm, task);
  const file = last < 0 ? null : files[batch.file[last]];
  if (file !== null) kernel.pageWasRead(file, pageOf(batch, last), lastSlot);
}

/** Its page has a slot, and is not there. */
const isAway = (mm: Mm, slot: number): boolean => slot >= 0 && mm.tables.slots[slot] <= 0;

/**
 * Puts the slots of the pages of the records from the one in hand on to `most` - 1 into the window, as
 * far as they are of one file, which is open. Answers how many stand there.
 */
function lookUp(
  window: Int32Array,
  { at: first, files }: TraceProgress,
  { page, count, op, file }: TraceBatch,
  most: number,
): number {
  const number = file[first];
  const mapping = files[number]?.mapping;
  if (mapping === undefined) {
    window[0] = ABSENT;
    return 1;
  }
  const { directory } = mapping;
  // What is behind its end, or too far for findNearSlot(), is left to doRecord().
  const end = Math.min(mapping.length, nearPages(directory));
  let at = first;
  for (; at < most && file[at] === number; at += 1) {
    const plain = page[at] < end && count[at] === 1 && op[at] === READ;
    window[at - first] = plain ? findNearSlot(directory, page[at]) : ABSENT;
  }
  return at - first;
}

/** Makes the slot of the page in hand. False: it is there, or its record is not of one page that is read, of a file that is open. */
function makeSlot(mm: Mm, { at, files }: TraceProgress, batch: TraceBatch): boolean {
  const mapping = files[batch.file[at]]?.mapping;
  if (mapping === undefined || batch.count[at] !== 1 || batch.op[at] !== READ) return false;
  const page = pageOf(batch, at);
  if (findSlot(mapping, page) >= 0 && page < mapping.length) return false;
  if (mapping.length <= page) mapping.length = page + 1;
  slotOf(mm, mapping, page);
  return true;
}

function doRecord(mm: Mm, task: Task, behaviour: Trace, progress: TraceProgress, batch: TraceBatch): Status {
  const { at } = progress;
  const end = pageOf(batch, at) + batch.count[at];
  const number = batch.file[at];
  const file =
    progress.files[number] ??
    mm.kernel.openFile(fileMapping(mm, nameOf(behaviour, progress, number), end), false);
  progress.files[number] = file;
  const { mapping } = file;
  const op = batch.op[at];
  if (op === TRUNCATE || op === DROP) {
    mm.sched.cost += mm.costs.syscall;
    if (op === TRUNCATE) truncateMapping(mm, mapping, pageOf(batch, at));
    else invalidateMapping(mm, mapping, pageOf(batch, at), end);
    return DONE;
  }
  if (mapping.length < end) mapping.length = end;
  if (!progress.calling) {
    beginCall(mm, mapping, file, batch, at);
    progress.calling = true;
  }
  const { kernel } = mm;
  return op === WRITE ? kernel.genericFileWrite(mm, task, file) : kernel.genericFileRead(mm, task, file);
}

/** As the small whole number that it nearly always is, and not as what a Float64Array holds. */
const pageOf = ({ page }: TraceBatch, at: number): number => Math.trunc(page[at]);

/** A record of a file that is open, up to where its call is begun. */
function beginRecord(mm: Mm, progress: TraceProgress, batch: TraceBatch): OpenFile | null {
  const { at } = progress;
  const file = progress.files[batch.file[at]];
  if (file === null) return null;
  beginCall(mm, file.mapping, file, batch, at);
  progress.calling = true;
  return file;
}

const nameOf = (behaviour: Trace, { names }: TraceProgress, file: number): string =>
  names[file] || (file === 0 ? behaviour.file : `${behaviour.file}.${file}`);

function beginCall(mm: Mm, mapping: Mapping, file: OpenFile, batch: TraceBatch, at: number): void {
  const first = pageOf(batch, at);
  const end = first + batch.count[at];
  mm.kernel.beginCall(file, first, end);
  // A hit again is a touch again, also right after the last.
  file.previous = -1;
  mm.sched.cost += mm.costs.syscall;
  const slot = findSlot(mapping, first);
  const missing = slot < 0 || mm.tables.slots[slot] <= 0 || batch.count[at] > 1;
  if (missing && batch.op[at] === READ) mm.kernel.readExactly(file, first, end);
}
