import {
  type AlinuxState,
  alinuxCard,
  alinuxFiles,
  type Limit,
  newAlinuxState,
  wmarksOf,
} from '../../policy/alinux.ts';
import { stateOf } from '../../policy/card.ts';
import { backgroundStep, type Turn } from '../background.ts';
import { wakeReclaimer } from '../memcontrol.ts';
import { wholePages } from '../res-counter.ts';
import type { MemCgroup } from '../types.ts';
import { limitKnob, type Policy, placeMarks } from './policy.ts';

const own = (memcg: MemCgroup): AlinuxState => stateOf<AlinuxState>(memcg, 'alinux');

const LIMIT: Limit<MemCgroup> = {
  file: 'limit_in_bytes',
  folder: '/sys/fs/cgroup/memory',
  of: ({ res }) => res.limit,
};

function isWorkDue(memcg: MemCgroup, turn: Turn, reclaimed: number): boolean {
  const state = own(memcg);
  const { res } = memcg;
  if (turn === 'passed') state.left = reclaimed === 0 ? 0 : state.left - reclaimed;
  else if (turn === 'woken' || res.usage > res.highPages) state.left = res.usage - res.lowPages;
  return state.left > 0 && res.usage > res.lowPages;
}

export const ALINUX = {
  ...alinuxCard(LIMIT, limitKnob),
  files: alinuxFiles(LIMIT, placeMarks),
  newState: newAlinuxState,

  marks(memcg) {
    const wmarks = wmarksOf(memcg, memcg.res.limit);
    return wmarks && { start: wholePages(wmarks.high), stop: wholePages(wmarks.low) };
  },

  // A worker of a workqueue. It has one for each cgroup here, so that each one's CPU time can be told.
  thread: (memcg) => (own(memcg).ratio > 0 ? 'memcg_wmark' : null),

  step: (mm, thread, memcg) =>
    backgroundStep(mm, thread, memcg, (turn, reclaimed) => isWorkDue(memcg, turn, reclaimed)),

  marked(mm, memcg) {
    if (memcg.res.usage > memcg.res.highPages) wakeReclaimer(mm, memcg, memcg.res.usage);
  },
} as const satisfies Policy;
