import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Tinypool } from 'tinypool';
import type { Job } from '../job.ts';
import type { Finished, Task } from '../sweep.ts';
import { type Executor, ExecutorFailure } from './executor.ts';
import type { TasksRun } from './thread.ts';

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
    for (const [i, measurement] of run.measurements.entries()) onFinished({ ...tasks[i], measurement });
    if (run.failure !== null) throw new ExecutorFailure(run.failure);
  }
}

/** Why a thread that is gone is gone. */
function failureOf(error: unknown): unknown {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (!outOfMemory) return error;
  return new ExecutorFailure('a worker thread ran out of memory: use fewer of them (--jobs)', error);
}

/** A message should be worth so much work, ms: enough that the way there and back is nothing beside it. */
const WORTH = 200;

/**
 * Hands out a round's tasks in order, some at a time: more when they are quick, fewer when they run out, so that
 * no worker is left waiting for another's last ones. How they are cut changes no measurement.
 */
export class Batches {
  readonly #tasks: readonly Task[];
  readonly #workers: number;
  #next = 0;
  #done = 0;
  /** Wall time that finished tasks took, ms. */
  #spent = 0;

  constructor(tasks: readonly Task[], workers: number) {
    this.#tasks = tasks;
    this.#workers = workers;
  }

  /** Empty when none is left. */
  take(): readonly Task[] {
    const left = this.#tasks.length - this.#next;
    const quick = this.#done === 0 ? 1 : Math.floor((WORTH * this.#done) / Math.max(this.#spent, 1));
    const fair = Math.ceil(left / (2 * this.#workers));
    const batch = this.#tasks.slice(this.#next, this.#next + Math.max(1, Math.min(quick, fair)));
    this.#next += batch.length;
    return batch;
  }

  took(tasks: number, ms: number): void {
    this.#done += tasks;
    this.#spent += ms;
  }
}

/** Where the code of worker threads is, and how Node is to run it. */
interface ThreadFile {
  readonly path: string;
  readonly execArgv: string[];
}

/** The build puts it beside the program; sources are run through tsx, as they are everywhere. */
function threadFile(): ThreadFile {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) {
    // tsx leaves threads alone unless it is asked from within.
    const tsx = join(
      dirname(createRequire(here).resolve('tsx/package.json')),
      'dist',
      'esm',
      'api',
      'index.mjs',
    );
    const register = `import{register}from${JSON.stringify(pathToFileURL(tsx).href)};register()`;
    return {
      path: join(dirname(here), 'thread.ts'),
      execArgv: ['--import', `data:text/javascript,${register}`],
    };
  }
  // In dist, or in the folder of chunks below it.
  const dist = dirname(here).endsWith('chunks') ? dirname(dirname(here)) : dirname(here);
  return { path: join(dist, 'tune-thread.js'), execArgv: [] };
}
