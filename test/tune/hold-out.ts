import { type Pages, pages } from '../../src/kernel/units.ts';
import { type Figures, figuresOf } from '../../src/tune/analysis/figures.ts';
import { analyse } from '../../src/tune/analysis/findings.ts';
import type { Objective } from '../../src/tune/analysis/objective.ts';
import { ANY_HIGH, ANY_LOW, allowedUnder } from '../../src/tune/plan/axis.ts';
import { betterBy } from '../../src/tune/plan/options.ts';
import type { Executor } from '../../src/tune/run/executor.ts';
import type { Measurement, Sweep, Task, Trial } from '../../src/tune/sweep.ts';
import { taskKey } from '../../src/tune/sweep.ts';

/** Does a recommendation hold up, under seeds that it has not seen, against a fine grid of marks? */

type Marks = Omit<Trial, 'measurements'>;

/** How much worse may be as good. */
const WORSE = 0.05;
/** Distances of the grid from limit and high, as shares: from the farthest to the nearest. */
const FARTHEST = 0.5;
const NEAREST = 0.0002;

export interface HeldOut {
  readonly holds: boolean;
  readonly ours: Trial;
  /** The best of the grid. */
  readonly top: Trial;
  /** Pairs of marks on the grid. */
  readonly pairs: number;
}

/** `side`: headrooms of the grid, and gaps for each of them. */
export async function holdOut(
  { script, sweep, objective, executor }: Recommended,
  side: number,
  seeds: readonly number[],
): Promise<HeldOut> {
  const { best } = analyse(sweep, objective);
  if (best === null) throw new Error(`${sweep.script}: nothing runs to its end`);
  const grid = fineGrid(best.marks.policy, sweep.limit, side);
  const [ours, ...others] = await runAll(script, [best.marks, ...grid], seeds, executor);
  const better = betterBy(objective);
  const [top] = others.sort(better);
  const near = isNear(objective, figuresOf(ours), figuresOf(top));
  return { holds: better(ours, top) <= 0 || near, ours, top, pairs: grid.length };
}

export interface Recommended {
  /** Which of the executor's job. */
  readonly script: number;
  readonly sweep: Sweep;
  readonly objective: Objective;
  readonly executor: Executor;
}

/** What the objective is about is within 5 %; stalls and failures are no worse. */
function isNear(objective: Objective, ours: Figures, top: Figures): boolean {
  const within = (read: (figures: Figures) => number): boolean => read(ours) <= read(top) * (1 + WORSE);
  if (ours.errors > top.errors || ours.oomKills > top.oomKills) return false;
  switch (objective.kind) {
    case 'no-stalls':
      return within(({ stalls }) => stalls) && within(({ cpu }) => cpu);
    case 'p99':
      return ours.stallP99 <= Math.max(objective.most, top.stallP99) && within(({ cpu }) => cpu);
    case 'cpu':
      return ours.cpuShare <= Math.max(objective.most, top.cpuShare) && within(({ stalls }) => stalls);
    case 'refaults':
      return within(({ refaults }) => refaults ?? 0);
    case 'elapsed':
      return within(({ elapsed }) => elapsed);
  }
}

/** Even in the ratios of headroom and of gap; and without a gap. */
function fineGrid(policy: string, limit: Pages, side: number): Marks[] {
  const [high, low] = [allowedUnder(limit, ANY_HIGH), allowedUnder(limit, ANY_LOW)];
  const spread = (most: number): number[] =>
    Array.from({ length: side }, (_, i) => Math.round(most * (NEAREST / FARTHEST) ** (i / (side - 1))));
  return spread(limit - high.least).flatMap((room) => {
    const at = pages(limit - room);
    return [0, ...spread(at - low.least)].map((gap) => ({ policy, limit, high: at, low: pages(at - gap) }));
  });
}

async function runAll(
  script: number,
  marks: readonly Marks[],
  seeds: readonly number[],
  executor: Executor,
): Promise<Trial[]> {
  const known = new Map<string, Measurement>();
  const tasks = ({ policy, limit, high, low }: Marks): Task[] =>
    seeds.map((seed) => ({ script, point: { policy, limit, high, low, seed } }));
  await executor.run(
    marks.flatMap(tasks),
    (finished) => known.set(taskKey(finished), finished.measurement),
    null,
  );
  return marks.map((each) => ({
    ...each,
    measurements: tasks(each).flatMap((task): Measurement[] => {
      const measurement = known.get(taskKey(task));
      return measurement === undefined ? [] : [measurement];
    }),
  }));
}
