import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RunResult } from '../../script/result.ts';
import { threadFile } from '../../script/thread-file.ts';
import type { Share } from './replay-thread.ts';

/**
 * What so many runs of one script come to, shared out among threads, one for each core, of which this is the first:
 * `here` makes runs in it by their numbers, `shareOf` says what another is told of them. What another can't do is done here.
 */
export async function sharedOut(
  runs: number,
  here: (share: readonly number[]) => Promise<RunResult[]>,
  shareOf: (share: readonly number[]) => Share,
  signal: AbortSignal,
): Promise<RunResult[]> {
  const threads = Math.min(runs, availableParallelism());
  const numbers = Array.from({ length: runs }, (_, run) => run);
  // What is alike is spread.
  const shares = Array.from({ length: threads }, (_, thread) =>
    numbers.filter((run) => run % threads === thread),
  );
  const results = await Promise.all(
    shares.map((share, thread) =>
      thread === 0 ? here(share) : inThread(shareOf(share), signal).catch(() => here(share)),
    ),
  );
  return numbers.map((run) => results[run % threads][Math.floor(run / threads)]);
}

async function inThread(share: Share, signal: AbortSignal): Promise<RunResult[]> {
  const { path, execArgv } = threadFile(import.meta.url, 'replay-thread.ts', 'replay-thread.js');
  const worker = new Worker(path, { workerData: share, execArgv });
  const interrupt = (): void => worker.postMessage('interrupt');
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  try {
    return await new Promise<RunResult[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread has ended')));
    });
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}
