import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { QueueEventsProducer } from 'bullmq';
import { VERSION } from '../../session/version.ts';
import type { Job } from '../job.ts';
import { type Executor, ExecutorFailure } from '../run/executor.ts';
import type { RedisAddress } from './address.ts';
import { atMost, FAREWELL } from './at-most.ts';
import { RedisLink } from './link.ts';
import { NEWS, QUEUE } from './names.ts';
import { list, queueOptions, type SweepEntry, sweepAway } from './registry.ts';
import { ServedSweep } from './served-sweep.ts';
import { Turns } from './turns.ts';

export interface WorkerSettings {
  readonly address: RedisAddress;
  /** Points run at once, of all sweeps together. */
  readonly jobs: number;
  /** Whoever runs the points of a job here. */
  readonly executorFor: (job: Job) => Executor;
  /** An empty folder for copies of traces. */
  readonly folder: string;
  /** Sentences for the log. */
  readonly notice: (text: string) => void;
  /** Aborted: it takes no more points, finishes those it has, and ends. */
  readonly signal: AbortSignal;
  /** How long a lost server is waited for, ms; left out: a minute. */
  readonly patience?: number;
  /** Of this memcg; left out: the one that it is. */
  readonly version?: string;
}

/** Runs points of all sweeps on a Redis server until the signal ends it. Rejects with an ExecutorFailure. */
export async function serveQueue(settings: WorkerSettings): Promise<void> {
  const link = await RedisLink.connect(settings.address, settings.patience);
  if (link instanceof ExecutorFailure) throw link;
  await new QueueWorker(settings, link).serve();
}

class QueueWorker {
  readonly #settings: WorkerSettings;
  readonly #link: RedisLink;
  readonly #version: string;
  readonly #turns: Turns;
  /** By id. */
  readonly #served = new Map<string, ServedSweep>();
  /** Sweeps of another version: each is told once. */
  readonly #refused = new Set<string>();
  /** Looks come one after the other. */
  #looking: Promise<void> = Promise.resolve();
  #ending = false;

  constructor(settings: WorkerSettings, link: RedisLink) {
    this.#settings = settings;
    this.#link = link;
    this.#version = settings.version ?? VERSION;
    this.#turns = new Turns(settings.jobs);
  }

  async serve(): Promise<void> {
    const { notice, signal, jobs } = this.#settings;
    const { shown } = this.#link;
    const news = this.#link.another();
    try {
      await new Promise<void>((resolve, reject) => {
        this.#link.listen({
          gone: () => notice(`${shown}: Redis is gone: it is waited for, a minute at most`),
          back: () => {
            notice(`${shown}: Redis is there again`);
            this.#look();
          },
          lost: reject,
          pulse: () => this.#look(),
        });
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
        news.on('message', () => this.#look());
        news.subscribe(NEWS).then(() => this.#look(), reject);
        notice(`${shown}: waiting for points, ${jobs} at once`);
      });
      await this.#end();
    } finally {
      this.#ending = true;
      const left = [...this.#served.values()].map((sweep) => sweep.leave());
      this.#link.close();
      await atMost(FAREWELL, Promise.allSettled(left));
    }
  }

  /** Takes up sweeps that were begun, leaves those that are over, and clears up behind those that died. */
  #look(): void {
    this.#looking = this.#looking.then(async () => {
      try {
        if (!this.#ending) await this.#lookNow();
      } catch {
        // The server is gone just now; when it is back, this looks again.
      }
    });
  }

  async #lookNow(): Promise<void> {
    const { redis } = this.#link;
    const { living, dead } = await list(redis);
    for (const [id, { traces }] of dead) await sweepAway(redis, id, traces);
    for (const [id, sweep] of this.#served) {
      if (living.has(id)) continue;
      this.#served.delete(id);
      await sweep.leave();
    }
    if (this.#served.size === 0) await this.#forgetTraces();
    for (const id of this.#refused) if (!living.has(id)) this.#refused.delete(id);
    for (const [id, entry] of living) {
      if (this.#served.has(id) || this.#refused.has(id)) continue;
      if (entry.version === this.#version) this.#take(id, entry);
      else await this.#refuse(id, entry);
    }
  }

  async #forgetTraces(): Promise<void> {
    const { folder } = this.#settings;
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  }

  #take(id: string, { who }: SweepEntry): void {
    const { jobs, executorFor, folder, notice } = this.#settings;
    const { redis } = this.#link;
    this.#served.set(
      id,
      new ServedSweep({ id, who, redis, jobs, turns: this.#turns, executorFor, folder, notice }),
    );
  }

  /** Says so on both sides. */
  async #refuse(id: string, { who, version }: SweepEntry): Promise<void> {
    this.#refused.add(id);
    this.#settings.notice(
      `the sweep of ${who} is memcg ${version}'s and this is memcg ${this.#version}: ` +
        'none of its points is run here: install the same version',
    );
    const producer = new QueueEventsProducer(QUEUE, queueOptions(this.#link.redis, id));
    producer.on('error', () => {});
    await producer.publishEvent({
      eventName: 'refused',
      who: `${hostname()}, pid ${process.pid}`,
      version: this.#version,
    });
    await producer.close();
  }

  async #end(): Promise<void> {
    this.#ending = true;
    await this.#looking;
    await Promise.all([...this.#served.values()].map((sweep) => sweep.finish()));
    this.#served.clear();
  }
}
