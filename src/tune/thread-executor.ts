import { Tinypool } from 'tinypool';
import { Batches } from './batches.ts';
import { type Executor, ExecutorFailure, type Task } from './executor.ts';
import type { Job } from './job.ts';
import type { Finished } from './sweep.ts';
import type { TasksRun } from './thread.ts';
import { threadFile } from './thread-file.ts';

/** Runs points in worker threads of this process. */
export class ThreadExecutor implements Executor {
  readonly #job: Job;
  readonly #threads: number;
  /** null: nothing was to be run yet, or all is over. */
  #pool: Tinypool | null = null;

  constructor(job: Job, threads: number) {
    this.#job = job;
    this.#threads = threads;
  }

  async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    const batches = new Batches(tasks, this.#threads);
    this.#pool ??= newPool(this.#job, this.#threads);
    const pool = this.#pool;
    const stop = (): void => void this.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await Promise.all(Array.from({ length: this.#threads }, () => work(pool, batches, onFinished, signal)));
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    await pool?.destroy();
  }
}

function newPool(job: Job, threads: number): Tinypool {
  const { path, execArgv } = threadFile();
  return new Tinypool({
    filename: path,
    name: 'runTasks',
    execArgv,
    minThreads: threads,
    maxThreads: threads,
    workerData: job,
    isolateWorkers: false,
  });
}

/** One thread's share of a round. */
async function work(
  pool: Tinypool,
  batches: Batches,
  onFinished: (finished: Finished) => void,
  signal: AbortSignal | null,
): Promise<void> {
  for (let tasks = batches.take(); tasks.length > 0; tasks = batches.take()) {
    if (signal?.aborted) return;
    const began = performance.now();
    let run: TasksRun;
    try {
      run = await pool.run(tasks);
    } catch (error) {
      // Threads that are ended in the middle of their work say so.
      if (signal?.aborted) return;
      throw failureOf(error);
    }
    batches.took(tasks.length, performance.now() - began);
    for (const [i, outcome] of run.outcomes.entries()) onFinished({ ...tasks[i], outcome });
    if (run.failure !== null) throw new ExecutorFailure(run.failure);
  }
}

/** Why a thread that is gone is gone. */
function failureOf(error: unknown): unknown {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (!outOfMemory) return error;
  return new ExecutorFailure('a worker thread ran out of memory: use fewer of them (--jobs)', error);
}
