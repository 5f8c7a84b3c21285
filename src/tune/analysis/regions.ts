import { type Pages, pages } from '../../kernel/units.ts';
import type { Trial } from '../sweep.ts';
import { type Figures, failed, oscillates, spins } from './figures.ts';

/** What a pair of marks does to a workload, by its worst trait. */
export const REGIONS = ['failed', 'spins', 'passed-by', 'oscillates', 'idle', 'fine'] as const;
export type RegionName = (typeof REGIONS)[number];

/** In words: of the map, of a table's cell, and what to do about it. */
export interface RegionText {
  readonly title: string;
  readonly why: string;
}

export const REGION_TEXTS: Readonly<Record<RegionName, RegionText>> = {
  failed: { title: 'fails', why: 'a task is killed, or the script ends before its end' },
  spins: {
    title: 'spins',
    why: 'low is so low that it is out of reach: the reclaimer burns CPU and frees nothing',
  },
  'passed-by': {
    title: 'stalls',
    why: 'high is so near the limit that bursts pass the reclaimer by: tasks wait at the limit',
  },
  oscillates: {
    title: 'oscillates',
    why: 'the gap between high and low is so small that the reclaimer is woken for a few pages at a time',
  },
  idle: { title: 'never runs', why: 'usage never rises above high: the reclaimer has nothing to do' },
  fine: { title: 'works', why: 'the reclaimer keeps the workload away from its limit' },
};

export function regionOf(figures: Figures): RegionName {
  if (failed(figures)) return 'failed';
  if (spins(figures)) return 'spins';
  if (figures.stalls > 0) return 'passed-by';
  if (oscillates(figures)) return 'oscillates';
  return figures.passes === 0 ? 'idle' : 'fine';
}

/** The trials of a region, and how far it was seen to reach. */
export interface Region {
  readonly name: RegionName;
  readonly trials: number;
  /** Spins: the highest low. Stalls: the lowest high. Oscillates: the widest gap. Else null. */
  readonly edge: Pages | null;
  /** The least and the most reclaimer CPU in it, ns. */
  readonly cpu: readonly [least: number, most: number];
}

/** What regions are made from. */
interface Placed {
  readonly marks: Omit<Trial, 'measurements'>;
  readonly figures: Figures;
  readonly region: RegionName;
}

/** Those that have trials, in the order of REGIONS. */
export const regionsOf = (rated: readonly Placed[]): Region[] =>
  REGIONS.flatMap((name) => {
    const here = rated.filter(({ region }) => region === name);
    if (here.length === 0) return [];
    const cpu = here.map(({ figures }) => figures.cpu);
    return [
      {
        name,
        trials: here.length,
        edge: edgeOf(
          name,
          here.map(({ marks }) => marks),
        ),
        cpu: [Math.min(...cpu), Math.max(...cpu)] as const,
      },
    ];
  });

function edgeOf(name: RegionName, marks: readonly Omit<Trial, 'measurements'>[]): Pages | null {
  switch (name) {
    case 'spins':
      return pages(Math.max(...marks.map(({ low }) => low)));
    case 'passed-by':
      return pages(Math.min(...marks.map(({ high }) => high)));
    case 'oscillates':
      return pages(Math.max(...marks.map(({ high, low }) => high - low)));
    default:
      return null;
  }
}
