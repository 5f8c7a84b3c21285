import { type Measured, SHARES, type Values } from './measure.ts';

/** How far off: of the model, of a recording, and of both together. */

/** By whom, against whom. */
export const ERRORS = {
  model: { of: ({ predicted, tasks }: Measured) => [predicted, tasks] },
  recording: { of: ({ tasks, program }: Measured) => [tasks, program] },
  both: { of: ({ predicted, program }: Measured) => [predicted, program] },
} as const;
export type ErrorName = keyof typeof ERRORS;

export const COUNTED = ['peak', 'refaults', 'pages scanned', 'pages stolen'] as const;
export type Counted = (typeof COUNTED)[number];

/** A CPU holds back so many pages: no figure is known better, and no error is a share of less. */
const FEW = 64;
const leastOf = (figure: string): number => (figure === 'peak' ? FEW * 4096 : figure === 'time' ? 0 : FEW);

export interface Off {
  readonly workload: string;
  readonly share: number;
  readonly figure: string;
  readonly value: number;
  readonly real: number;
  /** Of the real one. */
  readonly error: number;
}

export const isLimited = ({ share }: Measured): boolean => (SHARES as readonly number[]).includes(share);

/** The errors of a figure where both ran to their end; who was killed half-way has other counts. */
export function offsOf(rows: readonly Measured[], name: ErrorName, figure: string): Off[] {
  return rows.flatMap((row) => {
    const [one, other] = ERRORS[name].of(row) as [Values | null, Values | null];
    const [value, real] = [one?.[figure] ?? null, other?.[figure] ?? null];
    if (value === null || real === null || died(one) || died(other)) return [];
    const error = Math.abs(value - real) / Math.max(real, leastOf(figure));
    return [{ workload: row.workload, share: row.share, figure, value, real, error }];
  });
}

export const died = (values: Values | null): boolean => (values?.['OOM kills'] ?? 0) > 0;

/** Runs with the same verdict, of all that were not cut off. */
export function verdicts(
  rows: readonly Measured[],
  name: ErrorName,
): { same: number; all: number; wrong: Measured[] } {
  const whole = rows.filter((row) => ERRORS[name].of(row).every((values) => values !== null));
  const wrong = whole.filter((row) => {
    const [one, other] = ERRORS[name].of(row) as [Values | null, Values | null];
    return died(one) !== died(other);
  });
  return { same: whole.length - wrong.length, all: whole.length, wrong };
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const worst = (offs: readonly Off[]): Off | null =>
  offs.reduce<Off | null>((most, off) => (most === null || off.error > most.error ? off : most), null);
