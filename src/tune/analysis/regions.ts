import { type Pages, pages } from '../../kernel/units.ts';
import { findPolicy, type Policy } from '../../machine/kernels.ts';
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

const TEXTS: Readonly<Record<RegionName, RegionText>> = {
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

/** What differs where it is not a thread that is woken that reclaims. */
const TEXTS_OF: Readonly<Record<Policy['runs'], Partial<Record<RegionName, RegionText>>>> = {
  'when woken': {},
  'by the clock': {
    spins: {
      title: 'asks in vain',
      why: 'the target is so low that it is out of reach: at each look the loop asks for what nobody can free',
    },
    'passed-by': {
      title: 'stalls',
      why: 'usage grows from start to the limit between two looks of the loop: tasks wait at the limit',
    },
    oscillates: {
      title: 'oscillates',
      why: 'the gap between start and target is so small that the loop reclaims a few pages at a look',
    },
    idle: { title: 'never runs', why: 'the loop never finds the usage above start' },
    fine: { title: 'works', why: 'the loop keeps the workload away from its limit' },
  },
  'in tasks': {
    'passed-by': {
      title: 'waits',
      why: 'tasks that charge above it reclaim themselves, and are held the longer the more is left above',
    },
    idle: { title: 'never reached', why: 'usage never rises above it: nobody reclaims' },
  },
  never: {},
};

/** In the words of who reclaims. */
export const regionText = (name: RegionName, policy: string): RegionText =>
  TEXTS_OF[findPolicy(policy)?.runs ?? 'never'][name] ?? TEXTS[name];

export const reclaimsInTasks = (policy: string): boolean => findPolicy(policy)?.runs === 'in tasks';

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
  /** Of these marks' policy. */
  readonly policy: string;
  /**
   * Spins: the highest low. Stalls: the lowest high; where tasks reclaim themselves, the highest, for they wait below
   * it, too. Oscillates: the widest gap. Else null.
   */
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
        policy: here[0].marks.policy,
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
      return pages(
        (reclaimsInTasks(marks[0].policy) ? Math.max : Math.min)(...marks.map(({ high }) => high)),
      );
    case 'oscillates':
      return pages(Math.max(...marks.map(({ high, low }) => high - low)));
    default:
      return null;
  }
}
