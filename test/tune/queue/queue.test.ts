import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import type { Job } from '../../../src/tune/job.ts';
import { QueueExecutor } from '../../../src/tune/queue/queue-executor.ts';
import { serveQueue } from '../../../src/tune/queue/worker.ts';
import { type Executor, ExecutorFailure } from '../../../src/tune/run/executor.ts';
import type { Finished, Task } from '../../../src/tune/sweep.ts';
import { Folder } from '../../session/sessions.ts';
import { finished, grid, job, MadeUp, measurementOf, sorted, told, unlimited } from '../sweeps.ts';
import { RedisServer, redisIsThere } from './redis.ts';

vi.setConfig({ testTimeout: 60_000 });

const endsAlone = fileURLToPath(new URL('ends-alone.ts', import.meta.url));

/** A worker in this process. */
class Worker implements AsyncDisposable {
  readonly notices: string[] = [];
  readonly ended: Promise<unknown>;
  readonly folder: Folder = new Folder();
  readonly #end = new AbortController();

  constructor(
    redis: RedisServer,
    executorFor: (job: Job) => Executor,
    { jobs = 2, version, patience }: { jobs?: number; version?: string; patience?: number } = {},
  ) {
    mkdirSync(this.folder.at('copies'));
    this.ended = serveQueue({
      address: redis.address,
      jobs,
      executorFor,
      folder: this.folder.at('copies'),
      notice: (text) => this.notices.push(text),
      signal: this.#end.signal,
      ...(version !== undefined && { version }),
      ...(patience !== undefined && { patience }),
    }).catch((error: unknown) => error);
  }

  end(): Promise<unknown> {
    this.#end.abort();
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    this.folder[Symbol.dispose]();
  }
}

/** Runs nothing until it is let. */
class Held extends MadeUp {
  #let: () => void = () => {};
  readonly #held = new Promise<void>((resolve) => {
    this.#let = resolve;
  });
  readonly begun: Promise<void>;
  #began: () => void = () => {};

  constructor() {
    super();
    this.begun = new Promise((resolve) => {
      this.#began = resolve;
    });
  }

  let(): void {
    this.#let();
  }

  override async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    this.#began();
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    await Promise.race([this.#held, aborted]);
    return super.run(tasks, onFinished, signal);
  }
}

async function sweepOn(redis: RedisServer, asked: Job = job(), patience?: number) {
  const notices: string[] = [];
  const executor = await QueueExecutor.open({
    address: redis.address,
    job: asked,
    notice: (text) => notices.push(text),
    ...(patience !== undefined && { patience }),
  });
  return { executor, notices };
}

const all = sorted([...unlimited(), ...grid(60)].map(finished));

describe.runIf(redisIsThere)('a sweep through Redis', () => {
  test('is run by workers, whenever they come, each point counted once; nothing of it is left', async () => {
    await using redis = await RedisServer.start();
    const before = new MadeUp();
    await using _early = new Worker(redis, () => before);
    const { executor } = await sweepOn(redis);
    const later = new MadeUp();
    const running = told(executor, unlimited(), grid(60));
    await using _late = new Worker(redis, () => later);
    expect(sorted(await running)).toEqual(all);
    expect(before.asked.length + later.asked.length).toBe(62);
    await executor.close();
    await vi.waitFor(() => expect(before.closed && later.closed).toBe(true));
    expect(await redis.keys()).toEqual([]);
  });

  test('has its own points, whoever else sweeps there', async () => {
    await using redis = await RedisServer.start();
    const groups: string[] = [];
    await using _worker = new Worker(redis, ({ group }) => {
      groups.push(group);
      return new MadeUp();
    });
    const sweeps = await Promise.all(['/a', '/b', '/c'].map((group) => sweepOn(redis, job({ group }))));
    const results = await Promise.all(sweeps.map(({ executor }) => told(executor, unlimited(), grid(60))));
    for (const result of results) expect(sorted(result)).toEqual(all);
    expect(groups.sort()).toEqual(['/a', '/b', '/c']);
    await sweeps[0].executor.close();
    expect((await redis.keys()).length).toBeGreaterThan(0);
    await Promise.all(sweeps.map(({ executor }) => executor.close()));
    await vi.waitFor(async () => expect(await redis.keys()).toEqual([]));
  });

  test('sends its traces along, in pieces, and a worker keeps each once as long as it is of use', async () => {
    await using redis = await RedisServer.start();
    using folder = new Folder();
    const bytes = Buffer.concat([gzipSync('time,op\n'), Buffer.alloc(5 << 19, 'x')]);
    writeFileSync(folder.at('t.csv.gz'), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const traces = { [folder.at('t.csv.gz')]: sha256, [folder.at('./t.csv.gz')]: sha256 };
    const jobs: Job[] = [];
    const held = new Held();
    await using worker = new Worker(redis, (received) => {
      jobs.push(received);
      return held;
    });
    const { executor } = await sweepOn(redis, job({ traces }));
    const running = told(executor, grid(3));
    await held.begun;
    const copy = jobs[0].copies?.[folder.at('t.csv.gz')] ?? '';
    expect(copy).toBe(worker.folder.at(`copies/${sha256}/t.csv.gz`));
    expect(readFileSync(copy).equals(bytes)).toBe(true);
    expect({ ...jobs[0], copies: undefined }).toEqual({ ...job({ traces }), copies: undefined });
    held.let();
    expect(await running).toHaveLength(3);
    await executor.close();
    await vi.waitFor(() => expect(readdirSync(worker.folder.at('copies'))).toEqual([]));
    expect(await redis.keys()).toEqual([]);
  });

  test('with a trace that is another by now is refused', async () => {
    await using redis = await RedisServer.start();
    using folder = new Folder();
    writeFileSync(folder.at('t.csv'), 'time\n');
    const { executor } = await sweepOn(redis, job({ traces: { [folder.at('t.csv')]: 'ff'.repeat(32) } }));
    await expect(told(executor, grid(1))).rejects.toThrow(
      /t\.csv is another trace than the one that this sweep was begun with$/,
    );
    await executor.close();
    expect(await redis.keys()).toEqual([]);
  });

  test('fails when a point fails on every try, and says why by the names that its user knows', async () => {
    await using redis = await RedisServer.start();
    let tries = 0;
    await using _worker = new Worker(redis, () => ({
      run: () => {
        tries++;
        return Promise.reject(new ExecutorFailure('a.csv:7: the record is damaged'));
      },
      close: async () => {},
    }));
    const { executor } = await sweepOn(redis);
    await expect(told(executor, grid(1))).rejects.toThrow(
      'a point failed on its workers: a.csv:7: the record is damaged',
    );
    expect(tries).toBe(3);
    await executor.close();
    expect(await redis.keys()).toEqual([]);
  });

  test('interrupted takes back what it has put there, and its workers stop what they are at', async () => {
    await using redis = await RedisServer.start();
    const held = new Held();
    await using worker = new Worker(redis, () => held);
    const { executor } = await sweepOn(redis);
    const interrupt = new AbortController();
    const running = executor.run(grid(60), () => {}, interrupt.signal);
    await held.begun;
    interrupt.abort();
    await running;
    await executor.close();
    await vi.waitFor(() => expect(worker.notices.at(-1)).toMatch(/^the sweep of .*: 0 points run here$/));
    expect(held.asked).toEqual([]);
    expect(await redis.keys()).toEqual([]);
  });

  test('that dies without a word is cleared up by a worker when its lease is over', async () => {
    await using redis = await RedisServer.start();
    const { executor } = await sweepOn(redis);
    const running = executor.run(grid(3), () => {}, null).catch((error: unknown) => error);
    await vi.waitFor(async () => expect((await redis.keys()).length).toBeGreaterThan(4));
    const { Redis } = await import('ioredis');
    const other = new Redis({ port: redis.port });
    // As if it had been killed a minute ago.
    await other.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const leases = await other.keys('*:lease');
    await other
      .multi()
      .unlink(...leases)
      .exec();
    await using _worker = new Worker(redis, () => new MadeUp());
    await other.quit();
    expect(leases).toHaveLength(1);
    await vi.waitFor(async () => expect(await redis.keys()).toEqual([]));
    await redis.kill();
    await executor.close();
    void running;
  });

  test('tells of a worker of another version, which tells of it too and runs nothing', async () => {
    await using redis = await RedisServer.start();
    await using other = new Worker(redis, () => new MadeUp(), { version: '0.0.9' });
    const { executor, notices } = await sweepOn(redis);
    const running = told(executor, grid(5));
    await vi.waitFor(() => expect(notices).toHaveLength(1));
    expect(notices[0]).toMatch(
      /^a worker \(.*, pid \d+\) is memcg 0\.0\.9 and this is memcg \S+: it runs no point of this sweep$/,
    );
    expect(other.notices.at(-1)).toMatch(
      /^the sweep of .*, pid \d+ is memcg \S+'s and this is memcg 0\.0\.9: none of its points is run here: /,
    );
    await using _same = new Worker(redis, () => new MadeUp());
    expect(await running).toHaveLength(5);
    await executor.close();
  });

  test('without workers says how to start one', async () => {
    await using redis = await RedisServer.start();
    const { executor, notices } = await sweepOn(redis);
    const interrupt = new AbortController();
    const running = executor.run(grid(2), () => {}, interrupt.signal);
    await vi.waitFor(() => expect(notices).toHaveLength(1), { timeout: 20_000 });
    expect(notices[0]).toBe(
      'no worker has taken a point yet: start one, on any machine: ' +
        `memcg tune-worker --queue redis://127.0.0.1:${redis.port}`,
    );
    interrupt.abort();
    await running;
    await executor.close();
    expect(await redis.keys()).toEqual([]);
  });
});

describe.runIf(redisIsThere)('when Redis is gone', () => {
  test('for a moment, and has forgotten everything, the sweep goes on and comes to the same', async () => {
    await using redis = await RedisServer.start();
    const held = new Held();
    await using worker = new Worker(redis, () => held);
    const { executor, notices } = await sweepOn(redis);
    const running = told(executor, unlimited(), grid(60));
    await held.begun;
    await redis.kill();
    await vi.waitFor(() => expect(notices).toHaveLength(1));
    held.let();
    await redis.begin();
    expect(sorted(await running)).toEqual(all);
    expect(notices).toEqual([
      `redis://127.0.0.1:${redis.port}: Redis is gone: it is waited for, a minute at most`,
      `redis://127.0.0.1:${redis.port}: Redis is there again`,
    ]);
    expect(worker.notices).toEqual(expect.arrayContaining(notices));
    await executor.close();
  });

  test('for good, sweep and worker say so and end', async () => {
    await using redis = await RedisServer.start();
    const held = new Held();
    await using worker = new Worker(redis, () => held, { patience: 500 });
    const { executor } = await sweepOn(redis, job(), 500);
    const running = told(executor, grid(5)).catch((error: unknown) => error);
    await held.begun;
    await redis.kill();
    expect(`${await running}`).toMatch(/: Redis has been gone for 1 s$/);
    expect(`${await worker.ended}`).toMatch(/: Redis has been gone for 1 s$/);
    await executor.close();
  });

  test('for good, nothing of either keeps a process alive', async () => {
    await using redis = await RedisServer.start();
    const child = spawn(process.execPath, ['--import', 'tsx', endsAlone, redis.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let said = '';
    for await (const text of child.stdout) {
      said += text;
      if (said === 'begun\n') await redis.kill();
    }
    expect(await ended).toEqual([0, null]);
    expect(said).toBe('begun\nExecutorFailure\nExecutorFailure\n');
  });

  test('from the beginning, both say so at once', async () => {
    const redis = await RedisServer.start();
    await redis[Symbol.asyncDispose]();
    await expect(sweepOn(redis)).rejects.toThrow(/^redis:\S+: no Redis server answers there: .*ECONNREFUSED/);
    await using worker = new Worker(redis, () => new MadeUp());
    expect(await worker.ended).toBeInstanceOf(ExecutorFailure);
  });
});

describe.runIf(redisIsThere)('a worker', () => {
  test('that is told to end finishes what it is at, and leaves the others to others', async () => {
    await using redis = await RedisServer.start();
    const held = new Held();
    await using first = new Worker(redis, () => held, { jobs: 1 });
    const { executor } = await sweepOn(redis);
    const running = told(executor, grid(10));
    await held.begun;
    const ended = first.end();
    held.let();
    await ended;
    expect(held.asked).toHaveLength(1);
    await using _second = new Worker(redis, () => new MadeUp());
    expect(sorted(await running)).toEqual(sorted(grid(10).map(finished)));
    await executor.close();
  });

  test('runs no more points at once than it was told, of all sweeps together', async () => {
    await using redis = await RedisServer.start();
    let now = 0;
    let most = 0;
    const counting: Executor = {
      run: async ([task], onFinished) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now--;
        onFinished({ ...task, measurement: measurementOf(task) });
      },
      close: async () => {},
    };
    await using _worker = new Worker(redis, () => counting, { jobs: 3 });
    const sweeps = await Promise.all([sweepOn(redis), sweepOn(redis)]);
    await Promise.all(sweeps.map(({ executor }) => told(executor, grid(30))));
    expect(most).toBe(3);
    await Promise.all(sweeps.map(({ executor }) => executor.close()));
  });
});
