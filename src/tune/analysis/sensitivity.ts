import { type Pages, pages } from '../../kernel/units.ts';
import { hasOneMark, type KernelVersion } from '../../machine/kernels.ts';
import { type Marks, marksKey, type Sweep, scaled } from '../sweep.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Rated } from './rated.ts';
import { type RegionName, regionOf } from './regions.ts';

/** How wrong people are: marks that are set in round numbers, workloads that grow. */
const OFF = 0.1;

/** One way of being wrong by 10 %. */
export type SlipKind = 'high-up' | 'high-down' | 'low-up' | 'low-down' | 'all-up' | 'all-down';

/** What it comes to. */
export interface Slip {
  readonly kind: SlipKind;
  readonly marks: Marks;
  readonly figures: Figures;
  readonly region: RegionName;
}

type Wanted = { readonly kind: SlipKind; readonly marks: Marks };

/**
 * The points that say what being wrong by 10 % costs: high moved (up to the limit; down, it takes low along), low
 * moved (up to high), and all of them with the limit, which stands for a workload that needs so much less or
 * more. Those that can't differ from `best` are left out.
 */
export const sensitivityPoints = (best: Marks, kernel: KernelVersion): Marks[] =>
  wanted(best, kernel).map(({ marks }) => marks);

/** Those of them that were tried. */
export function slipsOf(sweep: Sweep, { marks }: Rated): Slip[] {
  return wanted(marks, sweep.kernel).flatMap((slip) => {
    const trial = sweep.trials.find((each) => marksKey(each) === marksKey(slip.marks));
    if (trial === undefined) return [];
    const figures = figuresOf(trial);
    return [{ ...slip, figures, region: regionOf(figures) }];
  });
}

function wanted(best: Marks, kernel: KernelVersion): Wanted[] {
  const { limit, high, low } = best;
  const oneMark = hasOneMark(best.policy, kernel);
  const up = (mark: Pages): number => Math.round(mark * (1 + OFF));
  const down = (mark: Pages): number => Math.round(mark * (1 - OFF));
  // Low gives way to a high that comes down, and keeps its distance.
  const below = oneMark ? down(high) : down(high) >= low ? low : Math.max(0, low - (high - down(high)));
  const higher = Math.min(limit, up(high));
  const all: Wanted[] = [
    { kind: 'high-up', marks: { ...best, high: pages(higher), ...(oneMark && { low: pages(higher) }) } },
    {
      kind: 'high-down',
      marks: { ...best, high: pages(down(high)), low: pages(below) },
    },
    ...(oneMark
      ? []
      : ([
          { kind: 'low-up', marks: { ...best, low: pages(Math.min(high, up(low))) } },
          { kind: 'low-down', marks: { ...best, low: pages(down(low)) } },
        ] as const)),
    { kind: 'all-up', marks: scaled(best, 1 + OFF) },
    { kind: 'all-down', marks: scaled(best, 1 - OFF) },
  ];
  return all.filter(({ marks }) => marks.high !== high || marks.low !== low || marks.limit !== limit);
}
