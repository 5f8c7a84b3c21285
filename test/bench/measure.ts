import { measure } from 'mitata';

/** One row of the table: how many units of work were done in a second (median of the samples). */
export interface Row {
  readonly work: string;
  readonly value: number;
  readonly unit: string;
  readonly aim: string;
  readonly floor: string;
  /** Of a ratio within one run, which `--ratios` holds to its floor. */
  readonly atLeast?: number;
  readonly atMost?: number;
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

export const millions = (value: number): string => `${(value / 1e6).toFixed(1)} M`;

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
