import { clock } from '../kernel/sched.ts';
import { genericFileRead, genericFileWrite, type OpenFile, openFor } from '../mm/filemap.ts';
import { openFile } from '../mm/page-cache.ts';
import { findSlot } from '../mm/page-table.ts';
import { readExactly } from '../mm/readahead.ts';
import { DONE, type Mapping, type Mm, SUSPENDED, type Task } from '../mm/types.ts';
import type { Trace, TraceBatch } from './behaviour.ts';
import { tooEarly } from './pace.ts';
import { CALL_ENDED, FINISHED, IN_CALL, type Outcome, PAUSED, type TraceProgress } from './progress.ts';

/**
 * trace: page accesses that were recorded elsewhere. What was recorded below a
 * page cache or at its door says exactly what was read, so nothing is read ahead.
 */

/** Records in one step. */
const RECORDS_A_STEP = 64;

export const beginTrace = (mm: Mm): TraceProgress => ({
  kind: 'trace',
  began: clock(mm.sched),
  first: 0,
  at: 0,
  batch: null,
  last: false,
  files: [],
  calling: false,
});

/** The records that the machine asked for (Mm.needs). */
export function feedTrace(progress: TraceProgress, batch: TraceBatch, last: boolean): void {
  progress.first += progress.at;
  progress.at = 0;
  progress.batch = batch;
  progress.last = last;
}

export function traceStep(mm: Mm, task: Task, behaviour: Trace, progress: TraceProgress): Outcome {
  for (let i = 0; i < RECORDS_A_STEP; i += 1) {
    const { batch } = progress;
    if (batch === null || progress.at === batch.time.length) {
      if (batch !== null && progress.last) return FINISHED;
      // The machine stops here, and the very same step is done again when it is fed.
      mm.needs = { source: behaviour.source, record: progress.first + progress.at, pid: task.pid };
      return CALL_ENDED;
    }
    const { at } = progress;
    if (!progress.calling && !behaviour.asap && tooEarly(mm, task, progress.began + batch.time[at])) {
      return PAUSED;
    }
    const fileNumber = batch.file[at];
    const mapping = openFile(mm, nameOf(behaviour, fileNumber), batch.page[at] + batch.count[at]);
    const file = progress.files[fileNumber] ?? openFor(mapping, false);
    if (!progress.calling) {
      progress.files[fileNumber] = file;
      beginCall(mm, mapping, file, batch, at);
      progress.calling = true;
    }
    const write = batch.write[at] !== 0;
    const status = write
      ? genericFileWrite(mm, task, mapping, file)
      : genericFileRead(mm, task, mapping, file);
    if (status === SUSPENDED) return IN_CALL;
    if (status !== DONE) file.index = file.last;
    progress.calling = false;
    progress.at += 1;
  }
  return CALL_ENDED;
}

const nameOf = (behaviour: Trace, file: number): string =>
  file === 0 ? behaviour.file : `${behaviour.file}.${file}`;

function beginCall(mm: Mm, mapping: Mapping, file: OpenFile, batch: TraceBatch, at: number): void {
  file.index = batch.page[at];
  file.last = batch.page[at] + batch.count[at];
  file.tried = -1;
  // A hit again is a touch again, also right after the last.
  file.ra.previous = -1;
  mm.sched.cost += mm.costs.syscall;
  const slot = findSlot(mapping, file.index);
  const missing = slot < 0 || mm.tables.slots[slot] <= 0 || batch.count[at] > 1;
  if (missing && batch.write[at] === 0) readExactly(file.ra, file.index, file.last);
}
