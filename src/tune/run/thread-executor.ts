import { Tinypool } from 'tinypool';
import { threadFile } from '../../script/thread-file.ts';
import type { Job } from '../job.ts';
import { type Finished, type Measurement, type Task, taskKey } from '../sweep.ts';
import { type Executor, ExecutorFailure } from './executor.ts';
import type { PointRan } from './run-point.ts';
import { byStem } from './stem.ts';
import type { TasksRun } from './thread.ts';

/** Runs points in worker threads of this process. */
export class ThreadExecutor implements Executor {
  readonly #job: Job;
  readonly #threads: number;
  /** One for each thread, which keeps what its runs have in common; empty: nothing was to be run yet, or all is over. */
  #pools: Tinypool[] = [];
  /** Runs in which nothing was random, by their keys without a seed: with any other they are the same. */
  readonly #seedless = new Map<string, Measurement>();

  constructor(job: Job, threads: number) {
    this.#job = job;
    this.#threads = threads;
  }

  async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    const open = tasks.filter((task) => {
      const measurement = this.#seedless.get(seedlessKey(task));
      if (measurement !== undefined) onFinished({ ...task, measurement });
      return measurement === undefined;
    });
    if (open.length === 0) return;
    const batches = new Batches(open, this.#threads);
    if (this.#pools.length === 0)
      this.#pools = Array.from({ length: this.#threads }, () => newPool(this.#job));
    const pools = this.#pools;
    const stop = (): void => void this.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const ranOne = (task: Task, { measurement, isRandom }: PointRan): void => {
        if (!isRandom) this.#seedless.set(seedlessKey(task), measurement);
        onFinished({ ...task, measurement });
      };
      await Promise.all(pools.map((pool) => work(pool, batches, ranOne, signal)));
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    const pools = this.#pools;
    this.#pools = [];
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}

function newPool(job: Job): Tinypool {
  const { path, execArgv } = threadFile(import.meta.url, 'thread.ts', 'tune-thread.js');
  return new Tinypool({
    filename: path,
    name: 'runTasks',
    execArgv,
    minThreads: 1,
    maxThreads: 1,
    workerData: job,
    isolateWorkers: false,
  });
}

const seedlessKey = ({ script, point }: Task): string => taskKey({ script, point: { ...point, seed: 0 } });

/** One thread's share of a round. */
async function work(
  pool: Tinypool,
  batches: Batches,
  ranOne: (task: Task, ran: PointRan) => void,
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
    for (const [i, ran] of run.ran.entries()) ranOne(tasks[i], ran);
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

/** So many that have a stem in common are one worker's, if there are others for the others. */
const TOGETHER = 16;

/**
 * Hands out a round's tasks, some at a time: more when they are quick, fewer when they run out, so that no worker is
 * left waiting for another's last ones. How they are cut changes no measurement.
 */
export class Batches {
  readonly #tasks: readonly Task[];
  readonly #workers: number;
  /** By task: where those end that stay together with it. */
  readonly #ends: readonly number[];
  #next = 0;
  #done = 0;
  /** Wall time that finished tasks took, ms. */
  #spent = 0;

  constructor(tasks: readonly Task[], workers: number) {
    const stems = byStem(tasks);
    const most = Math.min(TOGETHER, tasks.length / workers);
    this.#tasks = stems.flat();
    this.#workers = workers;
    let end = 0;
    this.#ends = stems.flatMap((stem) => {
      end += stem.length;
      return stem.map((_, i) => (stem.length <= most ? end : end - stem.length + i + 1));
    });
  }

  /** Empty when none is left. */
  take(): readonly Task[] {
    const left = this.#tasks.length - this.#next;
    const quick = this.#done === 0 ? 1 : Math.floor((WORTH * this.#done) / Math.max(this.#spent, 1));
    const fair = Math.ceil(left / (2 * this.#workers));
    const last = Math.min(this.#tasks.length, this.#next + Math.max(1, Math.min(quick, fair))) - 1;
    const batch = this.#tasks.slice(this.#next, this.#ends[last]);
    this.#next += batch.length;
    return batch;
  }

  took(tasks: number, ms: number): void {
    this.#done += tasks;
    this.#spent += ms;
  }
}
