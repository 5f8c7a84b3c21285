import { type Bytes, bytes, PAGE_SIZE } from '../../kernel/units.ts';
import type { MemCgroup } from '../../mm/types.ts';
import { wakeReclaimer } from '../memcontrol.ts';
import { wholePages } from '../res-counter.ts';
import { backgroundStep, type Turn } from './background.ts';
import type { Rule } from './rule.ts';
import type { AlinuxState } from './state.ts';

/**
 * Alibaba Cloud Linux 2 and 3: its manual's "Memcg backend asynchronous reclaim",
 * and Yang Shi, "alinux: mm: memcontrol: support background async page reclaim".
 * A charge above wmark_high queues a work, which frees what lies above wmark_low
 * and ends; also when nothing can be freed: it does not spin.
 */
export const ALINUX: Rule<AlinuxState> = {
  newState: (parent) => ({
    rule: 'alinux',
    ratio: 0,
    scale: parent?.scale ?? DEFAULT_SCALE,
    minAdj: parent?.minAdj ?? 0,
    left: 0,
  }),

  marks(state, limit) {
    const wmarks = wmarksOf(state, limit);
    return wmarks && { start: wholePages(wmarks.high), stop: wholePages(wmarks.low) };
  },

  // A worker of a workqueue. It has one for each cgroup here, so that each one's CPU time can be told.
  thread: ({ ratio }) => (ratio > 0 ? 'memcg_wmark' : null),

  step: (mm, thread, memcg, state) =>
    backgroundStep(mm, thread, memcg, (turn, reclaimed) => isWorkDue(memcg, state, turn, reclaimed)),

  marked(mm, memcg) {
    if (isAboveHigh(memcg)) wakeReclaimer(mm, memcg, memcg.res.usage);
  },
};

/** 0.5 % of the limit. */
const DEFAULT_SCALE = 50;

/** memory.wmark_high and memory.wmark_low, whole pages; null: switched off. */
export function wmarksOf({ ratio, scale }: AlinuxState, limit: Bytes): { high: Bytes; low: Bytes } | null {
  if (ratio === 0) return null;
  const high = inPages((limit * BigInt(ratio)) / 100n);
  const gap = inPages((limit * BigInt(scale)) / 10_000n);
  return { high, low: high > gap ? bytes(high - gap) : bytes(0n) };
}

const inPages = (size: bigint): Bytes => bytes(size - (size % BigInt(PAGE_SIZE)));

const isAboveHigh = ({ res }: MemCgroup): boolean => res.usage > res.highPages;

function isWorkDue({ res }: MemCgroup, state: AlinuxState, turn: Turn, reclaimed: number): boolean {
  if (turn === 'passed') state.left = reclaimed === 0 ? 0 : state.left - reclaimed;
  else if (turn === 'woken' || res.usage > res.highPages) state.left = res.usage - res.lowPages;
  return state.left > 0 && res.usage > res.lowPages;
}
