import { sizeKnob } from '../../policy/card.ts';
import { backgroundStep } from '../background.ts';
import { memoryEvent } from '../memcontrol.ts';
import { PAGE_COUNTER_MAX } from '../page-counter.ts';
import type { MemCgroup, Mm } from '../types.ts';
import { maxKnob, type Policy } from './policy.ts';

/** high_work_func(): what lies above memory.high, in one pass; a charge above it queues the next. */
function due(mm: Mm, memcg: MemCgroup, freed: number): number {
  const { usage, high } = memcg.memory;
  if (freed === 0 || usage <= high) return 0;
  if (freed < 0) memoryEvent(mm, memcg, 'high');
  return usage - high;
}

/**
 * A worker stays ahead of who charges above memory.high; who would be held for it reclaims first. The letter speaks of
 * "a grace buffer of about 4%"; its code has none but the throttle's, penalty_jiffies <= HZ / 100: who has charged a
 * batch is held from 1.3 % on with HZ 1000, from 1.8 % on with HZ 100, as here.
 */
export const META2020 = {
  name: 'meta2020',
  about:
    'a charge above memory.high wakes a worker, which frees what lies above; tasks so far above it that they would be ' +
    'slowed down reclaim first',
  home: 'Linux 5.6, by a patch that was not taken',
  source:
    'Johannes Weiner, "[PATCH] mm: memcontrol: asynchronous reclaim for memory.high", linux-mm, February 2020 (20200219181219.54356-1-hannes@cmpxchg.org)',
  reclaimer: 'cswapd',
  runs: 'when woken',
  start: { name: 'memory.high', file: 'high', knob: 'high' },
  stop: null,
  boot: 'boot-linux-6.1-memory.high.memcg',
  files: [],
  knobs: (marks) => [maxKnob(marks), sizeKnob('high', marks.high)],

  marks: ({ memory: { high } }) => (high === PAGE_COUNTER_MAX ? null : { start: high, stop: high }),
  thread: ({ memory: { high } }) => (high === PAGE_COUNTER_MAX ? null : 'cswapd'),
  step: (mm, thread, memcg) => backgroundStep(mm, thread, memcg, (freed) => due(mm, memcg, freed)),
  lenient: true,
} as const satisfies Policy;
