import { nextBelow } from '../kernel/random.ts';
import { clock } from '../kernel/sched.ts';
import type { Mm } from '../mm/kernel.ts';
import { fileMapping } from '../mm/page-cache.ts';
import { DONE, SUSPENDED, type Task } from '../mm/types.ts';
import type { Stream } from './behaviour.ts';
import { keepRate, tooEarly } from './pace.ts';
import { CALL_ENDED, FINISHED, IN_CALL, PAUSED, type Stepped, type StreamProgress } from './progress.ts';

/** stream: read(2) or write(2) of a file, block after block, or blocks at random. */

export function beginStream(mm: Mm, task: Task, behaviour: Stream): StreamProgress {
  const mapping = fileMapping(mm, behaviour.file, lengthOf(behaviour));
  const file = task.openFiles.get(behaviour.file) ?? mm.kernel.openFile(mapping, behaviour.readahead);
  file.readahead = behaviour.readahead;
  task.openFiles.set(behaviour.file, file);
  const now = clock(mm.sched);
  return { kind: 'stream', behaviour, file, moved: 0, rounds: 0, calling: false, began: now, until: now };
}

/** A file that is read is as long as what is read of it; a file that is written grows. */
const lengthOf = ({ write, at, pages }: Stream): number => (write ? 0 : at + pages);

/** One system call. ENOMEM makes it short: the rest of the block is skipped, as dd conv=noerror does. */
export function streamStep(mm: Mm, task: Task, behaviour: Stream, progress: StreamProgress): Stepped {
  const { file } = progress;
  if (!progress.calling) {
    if (progress.rounds === behaviour.times || behaviour.pages === 0) return FINISHED;
    if (tooEarly(mm, task, progress.until)) return PAUSED;
    beginCall(mm, behaviour, progress);
  }
  // Again at each step, since the file may have been truncated.
  const length = lengthOf(behaviour);
  if (file.mapping.length < length) file.mapping.length = length;
  const { kernel } = mm;
  const status = behaviour.write
    ? kernel.genericFileWrite(mm, task, file)
    : kernel.genericFileRead(mm, task, file);
  if (status === SUSPENDED) return IN_CALL;
  if (status !== DONE) file.index = file.last;
  progress.calling = false;
  progress.moved += Math.min(behaviour.block, behaviour.pages - progress.moved);
  keepRate(progress, progress.rounds * behaviour.pages + progress.moved, behaviour.rate);
  if (progress.moved >= behaviour.pages) {
    progress.moved = 0;
    progress.rounds += 1;
  }
  return CALL_ENDED;
}

function beginCall(mm: Mm, behaviour: Stream, progress: StreamProgress): void {
  const { file } = progress;
  const { block, pages, at } = behaviour;
  const blocks = Math.ceil(pages / block);
  const first = behaviour.random ? nextBelow(mm.random, blocks) * block : progress.moved;
  mm.kernel.beginCall(file, at + first, at + Math.min(first + block, pages));
  progress.calling = true;
  mm.sched.cost += mm.costs.syscall;
}
