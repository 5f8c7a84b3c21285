import { PAGE_COUNTER_BYTES } from '../../kernel/memparse.ts';
import { bytesOf, pages } from '../../kernel/units.ts';
import {
  type AlinuxState,
  alinuxCard,
  alinuxFiles,
  type Limit,
  newAlinuxState,
  wmarksOf,
} from '../../policy/alinux.ts';
import { stateOf } from '../../policy/card.ts';
import { backgroundStep, placeMarks } from '../background.ts';
import { PAGE_COUNTER_MAX, wholePages } from '../page-counter.ts';
import type { MemCgroup, Mm } from '../types.ts';
import { maxKnob, type Policy } from './policy.ts';

const LIMIT: Limit<MemCgroup> = {
  file: 'max',
  folder: '/sys/fs/cgroup',
  of: ({ memory }) => (memory.max === PAGE_COUNTER_MAX ? PAGE_COUNTER_BYTES : bytesOf(pages(memory.max))),
};

/** What the work in hand is to free: all that lies above the lower mark, in one pass. */
function due({ memory, background }: MemCgroup, freed: number): number {
  if (freed === 0 || memory.usage <= background.start) return 0;
  return memory.usage - background.stop;
}

export const ALINUX = {
  ...alinuxCard(LIMIT, maxKnob),
  boot: 'boot-linux-6.1-alinux.memcg',
  files: alinuxFiles<Mm, MemCgroup>(LIMIT, placeMarks),
  newState: newAlinuxState,

  marks(memcg) {
    const wmarks = wmarksOf(memcg, LIMIT.of(memcg));
    return wmarks && { start: wholePages(wmarks.high), stop: wholePages(wmarks.low) };
  },

  thread: (memcg) => (stateOf<AlinuxState>(memcg, 'alinux').ratio > 0 ? 'memcg_wmark' : null),

  step: (mm, thread, memcg) => backgroundStep(mm, thread, memcg, (freed) => due(memcg, freed)),
} as const satisfies Policy;
