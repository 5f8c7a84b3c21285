import { type Bytes, bytes } from '../../kernel/units.ts';
import { lruPages } from '../../mm/frames.ts';
import { ROOT_MEMCG } from '../../mm/process.ts';
import type { MemCgroup, Mm, Task } from '../../mm/types.ts';
import { wholePages } from '../res-counter.ts';
import { backgroundStep, type Turn } from './background.ts';
import type { Rule } from './rule.ts';
import type { Kswapd2011State } from './state.ts';

/**
 * Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim", linux-mm,
 * April 2011: a kswapd for each cgroup. Its names are inverted: low_wmark is the
 * higher mark, above which it starts, high_wmark the lower one, where it stops.
 */
export const KSWAPD2011: Rule<Kswapd2011State> = {
  newState: () => ({
    rule: 'kswapd2011',
    lowDistance: bytes(0n),
    highDistance: bytes(0n),
    tick: 0,
    looked: 0,
  }),

  marks(state, limit) {
    if (state.highDistance === 0n) return null;
    const { low, high } = reclaimWmarks(state, limit);
    return { start: wholePages(low), stop: wholePages(high) };
  },

  thread: ({ highDistance }, id) => (highDistance === 0n || id === ROOT_MEMCG ? null : `memcg_${id}`),

  step: (mm, thread, memcg, state) =>
    backgroundStep(mm, thread, memcg, (turn, reclaimed) =>
      isPassDue(mm, thread, memcg, state, turn, reclaimed),
    ),
};

/** setup_per_memcg_wmarks(): in u64, so that a distance beyond the limit wraps and reclaim never starts. */
export function reclaimWmarks(
  { lowDistance, highDistance }: Kswapd2011State,
  limit: Bytes,
): { low: Bytes; high: Bytes } {
  if (highDistance === 0n) return { low: limit, high: limit };
  const below = (distance: Bytes): Bytes => bytes(BigInt.asUintN(64, limit - distance));
  return { low: below(lowDistance), high: below(highDistance) };
}

/** ZONE_RECLAIMABLE_RATE: after looking at every page so many times for nothing there is nothing to reclaim. */
const RECLAIMABLE_RATE = 6;

/** kswapd() sleeps first; woken it goes on to high_wmark, or until nothing is reclaimable. */
function isPassDue(
  mm: Mm,
  { pass }: Task,
  memcg: MemCgroup,
  state: Kswapd2011State,
  turn: Turn,
  reclaimed: number,
): boolean {
  if (turn === 'started') return false;
  state.looked = turn === 'woken' || reclaimed > 0 ? 0 : state.looked + pass.looked;
  const { id, res } = memcg;
  const pages = lruPages(mm, id, 0) + lruPages(mm, id, 1);
  return res.usage > res.lowPages && state.looked < RECLAIMABLE_RATE * pages;
}
