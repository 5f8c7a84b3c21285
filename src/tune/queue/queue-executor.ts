import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Queue, QueueEvents, type QueueEventsListener } from 'bullmq';
import { VERSION } from '../../session/version.ts';
import type { Job } from '../job.ts';
import { type Executor, ExecutorFailure } from '../run/executor.ts';
import { checked, Malformed, measurement } from '../schema.ts';
import type { Finished, Measurement, Task } from '../sweep.ts';
import type { RedisAddress } from './address.ts';
import { atMost, FAREWELL, GOODBYE } from './at-most.ts';
import { RedisLink } from './link.ts';
import { QUEUE } from './names.ts';
import { send } from './parcel.ts';
import { queueOptions, register, renew, sweepAway, tracesOf } from './registry.ts';

/** Points put into Redis at once. */
const BULK = 500;
/** How often a point is tried that fails, and the pause between, ms: another worker may have what one lacks. */
const ATTEMPTS = 3;
const BACKOFF = 1000;
/** After so long without a worker its user is told how to start one, ms. */
const LONELY = 10_000;

export interface QueueSettings {
  readonly address: RedisAddress;
  readonly job: Job;
  /** Sentences for the one who waits. */
  readonly notice: (text: string) => void;
  /** How long a lost server is waited for, ms; left out: a minute. */
  readonly patience?: number;
}

/** What a worker of another version says to a sweep. */
export interface Refusal {
  readonly who: string;
  readonly version: string;
}
interface PointsListener extends QueueEventsListener {
  refused: (refusal: Refusal, id: string) => void;
}

/** A round that is under way. */
interface Round {
  /** What is still to come, by the job's id. */
  readonly pending: Map<string, Task>;
  readonly onFinished: (finished: Finished) => void;
  readonly end: (failure: ExecutorFailure | null) => void;
}

/**
 * Spreads points over `memcg tune-worker` processes through BullMQ. The sweep has a queue of its own, keeps in
 * mind what it has asked for, and takes each answer once: a server that comes back without its memory is told
 * anew, a point that was run twice counts once.
 */
export class QueueExecutor implements Executor {
  readonly #settings: QueueSettings;
  readonly #id = randomUUID();
  readonly #link: RedisLink;
  readonly #queue: Queue<Task, Measurement>;
  readonly #events: QueueEvents;
  #begun: Promise<void> | null = null;
  #round: Round | null = null;
  #count = 0;
  /** Since the last pulse something was heard of the points. */
  #heard = false;
  #failure: ExecutorFailure | null = null;

  private constructor(settings: QueueSettings, link: RedisLink) {
    this.#settings = settings;
    this.#link = link;
    this.#queue = new Queue(QUEUE, queueOptions(link.redis, this.#id));
    // From the beginning: nothing that happens before it listens is missed.
    this.#events = new QueueEvents(QUEUE, { ...queueOptions(link.another(), this.#id), lastEventId: '0' });
    // A lost connection is the link's to tell.
    this.#queue.on('error', () => {});
    this.#events.on('error', () => {});
    this.#listen();
  }

  /** Rejects with an ExecutorFailure when the server can't be had. */
  static async open(settings: QueueSettings): Promise<QueueExecutor> {
    const link = await RedisLink.connect(settings.address, settings.patience);
    if (link instanceof ExecutorFailure) throw link;
    return new QueueExecutor(settings, link);
  }

  async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    if (tasks.length === 0 || signal?.aborted) return;
    const pending = new Map(tasks.map((task) => [`p${this.#count++}`, task]));
    let stop = (): void => {};
    const lonely = setTimeout(() => this.#lonely(), LONELY);
    try {
      await new Promise<void>((resolve, reject) => {
        const end = (failure: ExecutorFailure | null): void =>
          failure === null ? resolve() : reject(failure);
        const round = { pending, onFinished, end };
        this.#round = round;
        stop = () => end(null);
        signal?.addEventListener('abort', stop, { once: true });
        this.#guard(this.#begin().then(() => this.#put(round)));
      });
    } finally {
      clearTimeout(lonely);
      signal?.removeEventListener('abort', stop);
      this.#round = null;
    }
  }

  async close(): Promise<void> {
    if (this.#link.isThere) await atMost(GOODBYE, this.#leave());
    // Else BullMQ would look for the server for ever.
    const ends = Promise.allSettled([this.#events.close(), this.#queue.close()]);
    this.#link.close();
    await atMost(FAREWELL, ends);
  }

  /** Rejects when the server goes meanwhile: then workers clear up, when they hear of this sweep no more. */
  async #leave(): Promise<void> {
    try {
      await this.#begun;
    } catch {
      // It is told elsewhere; what has reached the server is to go all the same.
    }
    await this.#events.close();
    await sweepAway(this.#link.redis, this.#id, tracesOf(this.#settings.job));
  }

  #listen(): void {
    this.#events.on('completed', ({ jobId, returnvalue }) => this.#take(jobId, returnvalue));
    this.#events.on('failed', ({ jobId, failedReason }) => this.#failed(jobId, failedReason));
    this.#events.on('active', () => {
      this.#heard = true;
    });
    this.#events.on<PointsListener>('refused', ({ who, version }: Refusal) => {
      this.#settings.notice(
        `a worker (${who}) is memcg ${version} and this is memcg ${VERSION}: it runs no point of this sweep`,
      );
    });
    const { shown } = this.#link;
    this.#link.listen({
      gone: () => this.#settings.notice(`${shown}: Redis is gone: it is waited for, a minute at most`),
      back: () => {
        this.#settings.notice(`${shown}: Redis is there again`);
        this.#guard(this.#catchUp());
      },
      lost: (failure) => this.#fail(failure),
      pulse: () => this.#guard(this.#pulse()),
    });
  }

  /** Tells the server of the sweep. */
  #begin(): Promise<void> {
    this.#begun ??= this.#publish();
    return this.#begun;
  }

  async #publish(): Promise<void> {
    const { job } = this.#settings;
    const who = `${hostname()}, pid ${process.pid}`;
    await register(this.#link.redis, this.#id, { version: VERSION, who, traces: tracesOf(job) });
    await send(this.#link.redis, this.#id, job);
  }

  async #put({ pending }: Round): Promise<void> {
    const jobs = [...pending].map(([jobId, task]) => ({
      name: 'point',
      data: task,
      opts: { jobId, attempts: ATTEMPTS, backoff: BACKOFF },
    }));
    for (let at = 0; at < jobs.length; at += BULK) await this.#queue.addBulk(jobs.slice(at, at + BULK));
  }

  /** A server that was started anew may know nothing, or only what it once had saved. */
  async #catchUp(): Promise<void> {
    if (this.#begun === null) return;
    if (!(await renew(this.#link.redis, this.#id))) await this.#publish();
    await this.#collect();
    // What is there already is not put there twice: BullMQ knows a job by its id.
    if (this.#round !== null) await this.#put(this.#round);
  }

  async #pulse(): Promise<void> {
    if (this.#begun === null) return;
    const known = await renew(this.#link.redis, this.#id);
    await this.#begun;
    if (!known) return this.#catchUp();
    // Events are kept up to a number: of what was finished the queue itself has the last word.
    if (!this.#heard) await this.#collect();
    this.#heard = false;
  }

  async #collect(): Promise<void> {
    for (const { id, returnvalue } of await this.#queue.getCompleted()) this.#take(id ?? '', returnvalue);
    for (const { id, failedReason } of await this.#queue.getFailed()) this.#failed(id ?? '', failedReason);
  }

  #take(jobId: string, value: unknown): void {
    this.#heard = true;
    const round = this.#round;
    const task = round?.pending.get(jobId);
    if (round == null || task === undefined) return;
    const measured = checked(measurement, value, 'its measurement');
    if (measured instanceof Malformed) {
      this.#fail(new ExecutorFailure(`what a worker answered is no result: ${measured.message}`));
      return;
    }
    round.pending.delete(jobId);
    round.onFinished({ script: task.script, point: task.point, measurement: measured });
    if (round.pending.size === 0) round.end(null);
  }

  #failed(jobId: string, why: string): void {
    if (this.#round?.pending.has(jobId) !== true) return;
    const reason = why.startsWith('job stalled') ? 'each worker that ran it was lost' : why;
    this.#fail(new ExecutorFailure(`a point failed on its workers: ${reason}`));
  }

  #lonely(): void {
    if (this.#heard) return;
    this.#settings.notice(
      `no worker has taken a point yet: start one, on any machine: memcg tune-worker --queue ${this.#link.shown}`,
    );
  }

  #guard(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#fail(error instanceof ExecutorFailure ? error : this.#wrapped(error));
    });
  }

  #wrapped(error: unknown): ExecutorFailure {
    const why = error instanceof Error ? error.message : String(error);
    return new ExecutorFailure(`${this.#link.shown}: ${why}`, error);
  }

  #fail(failure: ExecutorFailure): void {
    this.#failure ??= failure;
    this.#round?.end(failure);
  }
}
