import { done, OK, refuse } from '../../kernel/errno.ts';
import { parseWrittenSize } from '../../kernel/memparse.ts';
import { exactSize } from '../../kernel/numbers.ts';
import { type Bytes, bytes, bytesOf, type Pages, pages } from '../../kernel/units.ts';
import { lruPages } from '../../mm/frames.ts';
import { ROOT_MEMCG } from '../../mm/memcgs.ts';
import { type Knob, knob, type PolicyState, stateOf } from '../../policy/card.ts';
import { backgroundStep, type Turn } from '../background.ts';
import { wholePages } from '../res-counter.ts';
import type { ControlFile, MemCgroup, Mm, Task } from '../types.ts';
import { limitKnob, type Policy, placeMarks } from './policy.ts';

/**
 * Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim", linux-mm,
 * April 2011: a kswapd for each cgroup. Its names are inverted: low_wmark is the
 * higher mark, above which it starts, high_wmark the lower one, where it stops.
 */

export interface Kswapd2011State extends PolicyState {
  readonly rule: 'kswapd2011';
  /** Below the limit. Its low is the higher mark: there it starts. */
  lowDistance: Bytes;
  highDistance: Bytes;
  /** Pages charged and uncharged, by 1024, when the usage was last looked at. */
  tick: number;
  /** Pages looked at since the last that was freed. */
  looked: number;
}

const own = (memcg: MemCgroup): Kswapd2011State => stateOf<Kswapd2011State>(memcg, 'kswapd2011');

/** setup_per_memcg_wmarks(): in u64, so that a distance beyond the limit wraps and reclaim never starts. */
function reclaimWmarks(memcg: MemCgroup): { low: Bytes; high: Bytes } {
  const { lowDistance, highDistance } = own(memcg);
  const { limit } = memcg.res;
  if (highDistance === 0n) return { low: limit, high: limit };
  const below = (distance: Bytes): Bytes => bytes(BigInt.asUintN(64, limit - distance));
  return { low: below(lowDistance), high: below(highDistance) };
}

/** WMARK_EVENTS_TARGET: pages charged and uncharged between two looks at the usage. */
const EVENTS_A_LOOK = 1024;

/** memcg_check_events(): not every charge looks. */
function heeds(_mm: Mm, memcg: MemCgroup, usage: number, count: number): boolean {
  const { stat, res } = memcg;
  const state = own(memcg);
  const events = stat.pgpgin + stat.pgpgout;
  // Below the mark nobody keeps account.
  if (usage <= res.highPages + 1) state.tick = Math.floor((events - count) / EVENTS_A_LOOK);
  const tick = Math.floor(events / EVENTS_A_LOOK);
  if (tick === state.tick) return false;
  state.tick = tick;
  return true;
}

/** ZONE_RECLAIMABLE_RATE: after looking at every page so many times for nothing there is nothing to reclaim. */
const RECLAIMABLE_RATE = 6;

/** kswapd() sleeps first; woken it goes on to high_wmark, or until nothing is reclaimable. */
function isPassDue(mm: Mm, { pass }: Task, memcg: MemCgroup, turn: Turn, reclaimed: number): boolean {
  if (turn === 'started') return false;
  const state = own(memcg);
  state.looked = turn === 'woken' || reclaimed > 0 ? 0 : state.looked + pass.looked;
  const { id, res } = memcg;
  const reclaimable = lruPages(mm, id, 0) + lruPages(mm, id, 1);
  return res.usage > res.lowPages && state.looked < RECLAIMABLE_RATE * reclaimable;
}

const SOURCE = 'Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim", linux-mm, April 2011';
const APART = 'The high distance is the larger after every write, and both are below the limit.';

/** mem_cgroup_high_wmark_distance_write() and its twin: the high distance is the larger, always. */
const distance = (
  key: 'highDistance' | 'lowDistance',
  broken: (state: Kswapd2011State, value: Bytes) => string | null,
  facts: Pick<ControlFile, 'name' | 'about' | 'writes' | 'rule' | 'initially' | 'example' | 'turn'>,
): ControlFile => ({
  ...facts,
  kind: 'bytes',
  source: `${SOURCE}; with \`machine policy=kswapd2011\``,
  steers: true,
  read: (_fs, { memcg }) => done(`${own(memcg)[key]}\n`),
  write: ({ mm }, { memcg, parent }, data) => {
    const state = own(memcg);
    const { limit } = memcg.res;
    const value = parseWrittenSize(data);
    if (parent === null) return refuse('EINVAL', 'the root has no watermarks');
    if (value === null) return refuse('EINVAL', 'a distance is a size below the limit');
    if (value >= limit)
      return refuse('EINVAL', `${exactSize(value)} is not below limit_in_bytes (${exactSize(limit)})`);
    const rule = broken(state, value);
    if (rule !== null) return refuse('EINVAL', rule);
    state[key] = value;
    placeMarks(mm, memcg);
    return OK;
  },
});

const tooNear = ({ lowDistance: low }: Kswapd2011State, value: Bytes): string | null =>
  value < low || (low !== 0n && value === low)
    ? `${exactSize(value)} is not above low_wmark_distance (${exactSize(low)}): lower that first`
    : null;

const tooFar = ({ highDistance: high }: Kswapd2011State, value: Bytes): string | null =>
  value > high || (high !== 0n && value === high)
    ? `${exactSize(value)} is not below high_wmark_distance (${exactSize(high)}): raise that first`
    : null;

const files: readonly ControlFile[] = [
  distance('highDistance', tooNear, {
    name: 'memory.high_wmark_distance',
    about: 'how far below the limit reclaim in the background stops; 0: it is off ("stop at")',
    writes: 'a size, as limit_in_bytes takes it. The first that is not 0 starts the thread memcg_ID',
    rule: `${APART} Reclaim stops at the limit less this; 0 switches it off.`,
    initially: '0; /default is booted with 96M',
    example: 'write high_wmark_distance 100M',
    turn: { falls: 5, rises: 3 },
  }),
  distance('lowDistance', tooFar, {
    name: 'memory.low_wmark_distance',
    about: 'how far below the limit reclaim in the background starts ("start at")',
    writes: 'a size, as limit_in_bytes takes it',
    rule:
      `${APART} Reclaim starts above the limit less this; the usage is looked at once in 1024 pages ` +
      'charged and uncharged.',
    initially: '0; /default is booted with 80M',
    example: 'write low_wmark_distance 40M',
    turn: { falls: 4, rises: 4 },
  }),
  {
    name: 'memory.reclaim_wmarks',
    about:
      'low_wmark, above which reclaim starts, and high_wmark, where it stops: the limit less the distances',
    kind: 'lines',
    lines: { low_wmark: 'bytes', high_wmark: 'bytes' },
    reads: 'lines `name value`: low_wmark, the higher one, and high_wmark, bytes',
    rule: 'The limit less the distances, in u64: a distance beyond the limit wraps, and reclaim never starts.',
    initially: 'the limit',
    source: `${SOURCE}; with \`machine policy=kswapd2011\``,
    example: 'cat reclaim_wmarks:low_wmark',
    refusal: 'this file is read only: write the distances',
    read: (_fs, { memcg }) => {
      const { low, high } = reclaimWmarks(memcg);
      return done(`low_wmark ${low}\nhigh_wmark ${high}\n`);
    },
  },
];

const distanceKnob = (name: string, limit: Pages, mark: Pages): Knob =>
  knob(name, bytesOf(limit) - bytesOf(mark));

export const KSWAPD2011 = {
  name: 'kswapd2011',
  about: 'a charge above the higher mark wakes a kswapd of the cgroup, which reclaims down to the lower one',
  home: 'Linux 2.6.39, by patches that were not taken',
  source: SOURCE,
  reclaimer: 'kswapd',
  runs: 'when woken',
  // Inverted: its low is the higher one.
  start: { name: 'low', file: 'reclaim_wmarks', knob: 'low_wmark_distance' },
  stop: { name: 'high', file: 'reclaim_wmarks', knob: 'high_wmark_distance' },
  files,

  newState: (): Kswapd2011State => ({
    rule: 'kswapd2011',
    lowDistance: bytes(0n),
    highDistance: bytes(0n),
    tick: 0,
    looked: 0,
  }),

  marks(memcg) {
    if (own(memcg).highDistance === 0n) return null;
    const { low, high } = reclaimWmarks(memcg);
    return { start: wholePages(low), stop: wholePages(high) };
  },

  thread: (memcg) => (own(memcg).highDistance === 0n || memcg.id === ROOT_MEMCG ? null : `memcg_${memcg.id}`),

  heeds,

  step: (mm, thread, memcg) =>
    backgroundStep(mm, thread, memcg, (turn, reclaimed) => isPassDue(mm, thread, memcg, turn, reclaimed)),

  // It wants high before low, and the two to differ.
  knobs(marks) {
    const { limit, high, low } = marks;
    const stop = pages(Math.max(1, Math.min(low, high - 1)));
    return [
      limitKnob(marks),
      distanceKnob('high_wmark_distance', limit, stop),
      distanceKnob('low_wmark_distance', limit, high > stop ? high : limit),
    ];
  },
} as const satisfies Policy;
