import { setMaxListeners } from 'node:events';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Job } from '../job.ts';
import { type Executor, ExecutorFailure } from '../run/executor.ts';
import { taskOf } from '../schema.ts';
import type { Measurement, Task } from '../sweep.ts';
import { QUEUE } from './names.ts';
import { receive } from './parcel.ts';
import { queueOptions } from './registry.ts';
import type { Turns } from './turns.ts';

/** A point belongs to a worker for so long, unless it says again that it is at it (at half the time), ms. */
const LOCK = 10_000;
/** Between two looks for points whose worker was lost; two in a row find one, ms. */
const LOOK_FOR_STALLED = 5000;
/** A point that so many workers were lost with is likely to be why. */
const MOST_LOST = 5;

export interface ServedSettings {
  readonly id: string;
  readonly who: string;
  readonly redis: Redis;
  readonly jobs: number;
  readonly turns: Turns;
  readonly executorFor: (job: Job) => Executor;
  readonly folder: string;
  readonly notice: (text: string) => void;
}

/** One sweep, as a worker process serves it. */
export class ServedSweep {
  readonly #settings: ServedSettings;
  readonly #over = new AbortController();
  readonly #worker: Promise<Worker<Task, Measurement> | null>;
  #executor: Executor | null = null;
  #points = 0;

  constructor(settings: ServedSettings) {
    this.#settings = settings;
    setMaxListeners(0, this.#over.signal);
    this.#worker = this.#begin();
  }

  /** Finishes the points that it is at, takes no others. */
  async finish(): Promise<void> {
    const worker = await this.#worker;
    await worker?.close();
    await this.#executor?.close();
    this.#say();
  }

  /** The sweep is over: what is run for it now is in vain. */
  async leave(): Promise<void> {
    this.#over.abort();
    const worker = await this.#worker;
    await worker?.close(true);
    await this.#executor?.close();
    this.#say();
  }

  #say(): void {
    const { who, notice } = this.#settings;
    notice(`the sweep of ${who}: ${this.#points === 1 ? '1 point' : `${this.#points} points`} run here`);
  }

  /** null: it can't be served here. */
  async #begin(): Promise<Worker<Task, Measurement> | null> {
    const { id, redis, jobs, folder, who, executorFor, notice } = this.#settings;
    try {
      const job = await receive(redis, id, folder);
      if (this.#over.signal.aborted) return null;
      const isTask = taskOf(job.scripts.length);
      this.#executor = executorFor(job);
      const worker = new Worker<Task, Measurement>(
        QUEUE,
        ({ data }) => this.#run(job, isTask(data, 'point')),
        {
          ...queueOptions(redis, id),
          concurrency: jobs,
          lockDuration: LOCK,
          stalledInterval: LOOK_FOR_STALLED,
          maxStalledCount: MOST_LOST,
        },
      );
      // Locks of points that were given to others meanwhile, and a server that is gone: both go by.
      worker.on('error', () => {});
      return worker;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (!this.#over.signal.aborted) notice(`the sweep of ${who} can't be served here: ${why}`);
      return null;
    }
  }

  #run(job: Job, task: Task): Promise<Measurement> {
    return this.#settings.turns.take(async () => {
      const { signal } = this.#over;
      signal.throwIfAborted();
      let measurement: Measurement | null = null;
      try {
        await this.#executor?.run(
          [{ script: task.script, point: task.point }],
          (finished) => {
            measurement = finished.measurement;
          },
          signal,
        );
      } catch (error) {
        throw new Error(whereItCameFrom(job, error));
      }
      signal.throwIfAborted();
      if (measurement === null) throw new ExecutorFailure('the point came to nothing');
      this.#points++;
      return measurement;
    });
  }
}

/** Names the trace that its user knows, not the copy. */
function whereItCameFrom({ copies = {} }: Job, error: unknown): string {
  let message = error instanceof Error ? error.message : String(error);
  for (const [path, copy] of Object.entries(copies)) message = message.replaceAll(copy, path);
  return message;
}
