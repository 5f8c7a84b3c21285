import type { MemCgroup, Mm } from '../../mm/types.ts';
import type { Kswapd2011State, PolicyState } from './state.ts';

/**
 * A charge of `count` pages has left the usage above where reclaim starts, first
 * at `usage`: answers whether a reclaimer that waits is to be woken.
 */
export function heedsCharge(
  mm: Mm,
  memcg: MemCgroup,
  state: PolicyState,
  usage: number,
  count: number,
): boolean {
  switch (state.rule) {
    // try_charge() queues the work at once.
    case 'alinux':
      return true;
    case 'kswapd2011':
      return isTimeToLook(memcg, state, usage, count);
    case 'memory.high':
      owe(mm, count);
      return false;
    // It looks by the clock.
    case 'reclaim-loop':
      return false;
  }
}

/** WMARK_EVENTS_TARGET: pages charged and uncharged between two looks at the usage. */
const EVENTS_A_LOOK = 1024;

/** memcg_check_events() of the 2011 series: not every charge looks. */
function isTimeToLook(
  { stat, res }: MemCgroup,
  state: Kswapd2011State,
  usage: number,
  count: number,
): boolean {
  const events = stat.pgpgin + stat.pgpgout;
  // Below the mark nobody keeps account.
  if (usage <= res.highPages + 1) state.tick = Math.floor((events - count) / EVENTS_A_LOOK);
  const tick = Math.floor(events / EVENTS_A_LOOK);
  if (tick === state.tick) return false;
  state.tick = tick;
  return true;
}

/** try_charge_memcg(): the task in hand will have to answer for these pages above memory.high. */
function owe(mm: Mm, count: number): void {
  const task = mm.sched.current;
  if (task?.kind !== 'task' || !mm.reclaimd) return;
  task.overHigh ??= { pages: 0, since: -1, wanted: 0, freed: 0, retries: 0, until: 0 };
  task.overHigh.pages += count;
}
