import { measure } from 'mitata';
import type { Held } from './held.ts';

/** One row of the table. */
export interface Row {
  readonly work: string;
  /** What it is held against; empty: nothing but its aim. */
  readonly against: string;
  readonly found: number;
  /** `x`: times what it is held against. `/s`: units of work a second. */
  readonly unit: 'x' | '/s' | 'GB/s' | 'B' | 'MiB' | 's' | 'ms' | 'us' | '%';
  /** null: none was set. */
  readonly aim: number | null;
  readonly floor: number | null;
  readonly better: 'more' | 'less';
  /** What else was seen: the figures behind a ratio, miss ratios; may be empty. */
  readonly seen: string;
  /** What `--ratios` holds it to while it has not reached its floor. */
  readonly held?: Held;
}

/** Worse than its floor. */
export const isMissed = (row: Row): boolean => row.floor !== null && isWorse(row, row.floor);

/** Worse than what `--ratios` holds it to. */
export const isLost = (row: Row): boolean => {
  const least = row.held?.to ?? row.floor;
  return least !== null && isWorse(row, least);
};

const isWorse = ({ found, better }: Row, than: number): boolean =>
  better === 'more' ? found < than : found > than;

/** Of what is compared with nothing; `goal` is aim and floor at once, null where there is none. */
export function plainRow(work: string, found: number, unit: Row['unit'], goal: number | null = null): Row {
  const better = unit === '/s' ? 'more' : 'less';
  return { work, against: '', found, unit, aim: goal, floor: goal, better, seen: '' };
}

/** Units a second, at the median of several runs of `work`, each of which does `count` units. */
export async function rate(count: number, work: () => void): Promise<number> {
  const stats = await measure(work, {
    min_samples: 5,
    max_samples: 12,
    min_cpu_time: 1e9,
    warmup_samples: 1,
  });
  return (count * 1e9) / stats.p50;
}

/** Both in turn, so that a noisy minute is everybody's. Answers their medians. */
export async function inTurn(
  rounds: number,
  theirs: () => number | Promise<number>,
  ours: () => number | Promise<number>,
): Promise<{ theirs: number; ours: number }> {
  const all = { theirs: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    all.theirs.push(await theirs());
    all.ours.push(await ours());
  }
  return { theirs: median(all.theirs), ours: median(all.ours) };
}

export function seconds(work: () => void): number {
  const began = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

/** Of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
