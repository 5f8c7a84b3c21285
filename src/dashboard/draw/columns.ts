import { compact, count, pageSize, shortDuration, size } from '../../kernel/numbers.ts';
import { isSet, PAGE_SIZE } from '../../kernel/units.ts';
import { type HealthWord, isBad } from '../../report/health.ts';
import { known } from '../../report/rereads.ts';
import type { CgroupRow } from '../stage/stage.ts';
import type { Look } from '../theme.ts';

/** Columns of the tree, as they are named in the heading and sorted by. */
export const COLUMN_NAMES = [
  'name',
  'health',
  'usage',
  'peak',
  'limit',
  'state',
  'reclaimer',
  'bg/s',
  'direct/s',
  'stalls',
  'p99',
  'failcnt',
  'refaults',
  'OOM',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

export interface Column {
  readonly width: number;
  readonly text: (cgroup: CgroupRow) => string;
  /** What it is sorted by. */
  readonly value: (cgroup: CgroupRow) => number;
  readonly look?: (cgroup: CgroupRow) => Look | null;
  readonly left?: boolean;
}

/** From the best to the worst. */
const WORDS: readonly HealthWord[] = [
  'calm',
  'background only',
  'spinning',
  'stalling',
  'thrashing',
  'out of memory',
];
export const badness = ({ health }: CgroupRow): number => WORDS.indexOf(health.word);

const STATES = ['RES_BELOW_LOW', 'RES_BELOW_HIGH', 'RES_BELOW_LIMIT', 'RES_OVER_LIMIT'] as const;
const RECLAIMER = {
  none: 'none',
  sleeping: 'asleep',
  reclaiming: 'reclaiming',
  spinning: 'spinning',
} as const;
const RECLAIMER_ORDER = ['none', 'sleeping', 'reclaiming', 'spinning'] as const;

export const reclaimerWord = ({ stat }: CgroupRow): string => RECLAIMER[stat.bg_state];
/** `woken 12 times`. */
export function woken({ stat }: CgroupRow): string {
  if (stat.bg_wakeups === 0) return 'never woken';
  return stat.bg_wakeups === 1 ? 'woken once' : `woken ${count(stat.bg_wakeups)} times`;
}
/** `BELOW_HIGH`. */
export const stateWord = ({ state }: CgroupRow): string => state.slice('RES_'.length);

/** Of pages a second, as everywhere on the screen. */
const rateSize = (rate: number): string => size(Math.round(rate) * PAGE_SIZE);

/** What hurts, as soon as there is any. */
function hurting(width: number, value: (cgroup: CgroupRow) => number, shown = compact): Column {
  return {
    width,
    text: (cgroup) => (value(cgroup) === 0 ? '-' : shown(value(cgroup))),
    value,
    look: (cgroup) => (value(cgroup) > 0 ? 'bad' : 'label'),
  };
}

export const COLUMNS: Readonly<Record<ColumnName, Column>> = {
  // Sorted by name the rows are a tree: tree-rows.ts.
  name: { width: 12, left: true, text: ({ path }) => path, value: () => 0 },
  health: {
    width: 15,
    left: true,
    text: ({ health }) => `${isBad(health.word) ? '!' : ''}${health.word}`,
    value: badness,
    look: ({ health }) => (isBad(health.word) ? 'alarm' : health.word === 'calm' ? null : 'background'),
  },
  usage: { width: 6, text: ({ usage }) => pageSize(usage.usage), value: ({ usage }) => usage.usage },
  peak: { width: 6, text: ({ usage }) => pageSize(usage.max), value: ({ usage }) => usage.max },
  limit: {
    width: 6,
    text: ({ usage }) => pageSize(usage.limit, '-'),
    value: ({ usage }) => usage.limit,
    look: ({ usage }) => (isSet(usage.limit) ? 'mark' : 'label'),
  },
  state: {
    width: 11,
    left: true,
    text: stateWord,
    value: ({ state }) => STATES.indexOf(state),
    look: ({ state }) => (state === 'RES_OVER_LIMIT' ? 'bad' : null),
  },
  reclaimer: {
    width: 10,
    left: true,
    text: reclaimerWord,
    value: ({ stat }) => RECLAIMER_ORDER.indexOf(stat.bg_state),
    look: ({ stat }) =>
      stat.bg_state === 'spinning' ? 'bad' : stat.bg_state === 'reclaiming' ? 'background' : 'label',
  },
  'bg/s': {
    width: 6,
    text: ({ rates }) => (rates.background === 0 ? '-' : rateSize(rates.background)),
    value: ({ rates }) => rates.background,
    look: ({ rates }) => (rates.background > 0 ? 'background' : 'label'),
  },
  'direct/s': hurting(8, ({ rates }) => rates.direct, rateSize),
  stalls: hurting(6, ({ stat }) => stat.stall_count),
  p99: hurting(6, ({ stat }) => stat.stall_p99_ns, shortDuration),
  failcnt: hurting(7, ({ failcnt }) => failcnt),
  refaults: {
    width: 8,
    text: ({ stat }) => (stat.refaults === 0 ? '-' : known(stat.refaults, compact)),
    value: ({ stat }) => stat.refaults ?? -1,
    look: ({ stat }) => (stat.refaults === 0 ? 'label' : null),
  },
  OOM: hurting(4, ({ stat }) => stat.oom_kills),
};
