import { pages } from '../../src/kernel/units.ts';
import type { Job } from '../../src/tune/job.ts';
import type { Executor } from '../../src/tune/run/executor.ts';
import { NONE } from '../../src/tune/run/point-marks.ts';
import type { Measurement, Task } from '../../src/tune/sweep.ts';
import { idle, measurement } from './made-sweeps.ts';

/** A workload that is known by heart: what a point comes to is a formula. */

export const PEAK = 100_000;

export const JOB: Job = {
  scripts: [{ name: 'a.memcg', sha256: 'aa'.repeat(32), memory: pages(1 << 20), policy: 'rfc' }],
  texts: {},
  traces: {},
  boot: null,
  group: '/default',
  options: {},
  warmup: 0,
};

export interface Landscape {
  /** Pages that bursts need below the limit: less, and they stall. */
  readonly burst: number;
  /** Below this the reclaimer finds nothing. */
  readonly floor: number;
  /** Below this limit it is killed. */
  readonly least: number;
  /** And below this on some other days. */
  readonly leastSomeday?: number;
  /** How much a seed changes. */
  readonly luck: number;
  /** Nobody knows what is read again. */
  readonly rereads?: 'unknown';
}

export const PLAIN: Landscape = { burst: 900, floor: 30_000, least: 20_000, luck: 0 };

const NOTHING = measurement(idle({ cpu: 0, peak: pages(PEAK), elapsed: 1e9 }));

/** CPU rises with all that is evicted beyond need and falls with the gap; stalls come when bursts don't fit. */
export function measurementAt(task: Task, landscape: Landscape): Measurement {
  const measured = knownAt(task, landscape);
  return landscape.rereads === undefined ? measured : { ...measured, refaults: null };
}

function knownAt(
  { point }: Task,
  { burst, floor, least, leastSomeday = least, luck }: Landscape,
): Measurement {
  const { policy, limit, high, low, seed, variant = 0 } = point;
  if (limit >= PEAK) return NOTHING;
  if (limit < (variant % 11 === 10 ? leastSomeday : least))
    return { ...NOTHING, oomKills: 1, error: 'killed' };
  // Each variant needs up to a tenth more room.
  const need = burst * (1 + (variant % 11) / 100) + luck * (seed % 3);
  const room = policy === NONE ? 0 : limit - high;
  const stalls = room >= need ? 0 : Math.ceil((need - room) / 10);
  const base = { ...NOTHING, peak: limit, stalls, stallP99: stalls * 1000 };
  if (policy === NONE) return base;
  const gap = high - low;
  const evicted = PEAK - high + gap / 2;
  const cpu = evicted * 1000 + 2e9 / (gap + 20) + (low < floor ? 5e8 : 0);
  return { ...base, cpu: Math.round(cpu), passes: 100, floor: low < floor ? pages(floor) : null };
}

/** Answers at once, in an order of its own; `most`: stops after so many, as if interrupted. */
export class MadeUpRuns implements Executor {
  readonly asked: Task[] = [];
  readonly #landscape: Landscape;
  readonly #order: (tasks: readonly Task[]) => readonly Task[];
  #left: number;

  constructor(
    landscape: Landscape,
    order: (tasks: readonly Task[]) => readonly Task[] = (tasks) => tasks,
    most = Infinity,
  ) {
    this.#landscape = landscape;
    this.#order = order;
    this.#left = most;
  }

  async run(tasks: readonly Task[], onFinished: Parameters<Executor['run']>[1]): Promise<void> {
    for (const task of this.#order(tasks)) {
      if (this.#left-- <= 0) return;
      this.asked.push(task);
      onFinished({ ...task, measurement: measurementAt(task, this.#landscape) });
    }
  }

  async close(): Promise<void> {}
}
