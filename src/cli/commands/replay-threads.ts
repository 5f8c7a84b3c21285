import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AskedMarks } from '../../script/given-marks.ts';
import type { RunResult } from '../../script/result.ts';
import { threadFile } from '../../script/thread-file.ts';
import type { Asked, Share } from './replay-thread.ts';

/** Makes runs, by their numbers. */
type Making = (share: readonly number[]) => Promise<RunResult[]>;

/**
 * What runs of one script under these marks come to, shared out among threads, one for each core, of which this is the
 * first: `here` makes runs in it, and begins with the first. What another thread can't do is done here.
 */
export async function sharedOut(
  marks: readonly AskedMarks['marks'][],
  here: Making,
  asked: Asked,
  signal: AbortSignal,
): Promise<RunResult[]> {
  const threads = Math.min(marks.length, availableParallelism());
  const left = [...marks.keys()];
  // Each share is a pass over a trace: large ones first, and some left for who is done before the others.
  const take = (): number[] => left.splice(0, Math.ceil((3 * left.length) / (4 * threads)));
  const results: RunResult[] = [];
  const work = async (make: Making): Promise<void> => {
    for (let share = take(); share.length > 0; share = take())
      for (const [i, result] of (await make(share)).entries()) results[share[i]] = result;
  };
  const { path, execArgv } = threadFile(import.meta.url, 'replay-thread.ts', 'replay-thread.js');
  const others = Array.from({ length: threads - 1 }, () => new Worker(path, { workerData: asked, execArgv }));
  const interrupt = (): void => {
    for (const worker of others) tell(worker, 'interrupt');
  };
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  try {
    await Promise.all([work(here), ...others.map((worker) => work(there(worker, marks, here)))]);
  } finally {
    signal.removeEventListener('abort', interrupt);
    await Promise.all(others.map((worker) => worker.terminate()));
  }
  return results;
}

const tell = (worker: Worker, share: Share): void => worker.postMessage(share);

/** Makes runs in another thread; from when it has failed on in this one. */
function there(worker: Worker, marks: readonly AskedMarks['marks'][], here: Making): Making {
  let isThere = true;
  return async (share) => {
    if (!isThere) return await here(share);
    tell(
      worker,
      share.map((run) => marks[run]),
    );
    try {
      const [made] = await once(worker, 'message');
      return made;
    } catch {
      isThere = false;
      return await here(share);
    }
  };
}
