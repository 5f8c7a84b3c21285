import { ns, pages } from '../../src/kernel/units.ts';
import type { Job } from '../../src/tune/job.ts';
import type { Executor } from '../../src/tune/run/executor.ts';
import type { Header } from '../../src/tune/store/header.ts';
import type { Finished, Measurement, Task } from '../../src/tune/sweep.ts';
import { taskKey } from '../../src/tune/sweep.ts';

/** Sweeps without machines: what a point comes to is made up from the point. */

export const MEMORY = 1 << 20;

export const job = (changes: Partial<Job> = {}): Job => ({
  scripts: [{ name: 'a.memcg', sha256: 'aa'.repeat(32), memory: pages(MEMORY), policy: 'rfc' }],
  texts: { 'a.memcg': 'wait 1s\n', '/boot.memcg': 'mkdir default\n' },
  traces: {},
  boot: '/boot.memcg',
  bootOfOthers: '/boot.memcg',
  group: '/default',
  options: {},
  warmup: ns(0),
  ...changes,
});

export const header = (changes: Partial<Header> = {}): Header => ({
  memcg: 'sweep',
  format: 1,
  version: '1.0.0',
  settings: { limit: 'auto', seeds: '1' },
  share: null,
  job: job(),
  ...changes,
});

export const task = (high: number, policy = 'rfc', limit = 1000): Task => ({
  script: 0,
  point: { policy, limit: pages(limit), high: pages(high), low: pages(high - 1), seed: 1 },
});

/** One script's first rounds: without marks, and then so many points of a grid. */
export const unlimited = (): Task[] => [MEMORY, 1000].map((limit) => task(limit, 'none', limit));
export const grid = (points: number): Task[] => Array.from({ length: points }, (_, i) => task(i + 10));

export function measurementOf({ point }: Task): Measurement {
  const { high, low, seed } = point;
  return {
    stalls: high % 7,
    stallTotal: high * 1000,
    stallP50: 0.5 * high,
    stallP99: high,
    stallMax: high,
    limitFailures: seed,
    cpu: (high - low) / 3,
    wakeups: 1,
    passes: 1,
    zeroPasses: 0,
    scanned: 1,
    reclaimed: 1,
    refaults: 1,
    swapIn: 0,
    swapOut: 0,
    oomKills: 0,
    peak: high,
    floor: null,
    elapsed: 1e9,
    error: null,
  };
}

export const finished = (task: Task): Finished => ({ ...task, measurement: measurementOf(task) });

/** In the order of their keys, as whoever reads them sorts them. */
export const sorted = (all: Iterable<Finished>): Finished[] =>
  [...all].sort((a, b) => (taskKey(a) < taskKey(b) ? -1 : 1));

/** Runs everything at once, and remembers what it was asked. */
export class MadeUp implements Executor {
  readonly asked: Task[] = [];
  closed = false;

  async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    for (const each of tasks) {
      if (signal?.aborted) return;
      this.asked.push(each);
      onFinished(finished(each));
    }
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** What an executor tells of these rounds. */
export async function told(executor: Executor, ...rounds: readonly (readonly Task[])[]): Promise<Finished[]> {
  const all: Finished[] = [];
  for (const round of rounds) await executor.run(round, (each) => all.push(each), null);
  return all;
}
