import type { StepEnd } from '../../kernel/sched.ts';
import type { MemCgroup, Mm, Task } from '../../mm/types.ts';
import { startDaemon } from '../daemon.ts';
import { memcontdStep } from '../memcontd.ts';
import { memcgOf } from '../memcontrol.ts';
import { UNSET_PAGES } from '../res-counter.ts';
import { ALINUX } from './alinux.ts';
import { KSWAPD2011 } from './kswapd2011.ts';
import { MEMORY_HIGH } from './memory-high.ts';
import type { PolicyName } from './names.ts';
import { RECLAIM_LOOP } from './reclaim-loop.ts';
import type { Rule } from './rule.ts';
import type { PolicyState } from './state.ts';

/**
 * Who reclaims in the background, and when (`machine policy=NAME`): one rule a file
 * in policy/, each with its source. 3/4's own is memcontd.ts. All of them reclaim
 * by the same passes (vmscan.ts), so that what differs is the rule.
 */

/** Of a new cgroup; null: its rule is 3/4's, or there is none. */
export function newPolicyState(policy: PolicyName, parent: PolicyState | null): PolicyState | null {
  switch (policy) {
    case 'rfc':
    case 'none':
      return null;
    case 'alinux':
      return ALINUX.newState(parent?.rule === policy ? parent : null);
    case 'kswapd2011':
      return KSWAPD2011.newState(null);
    case 'memory.high':
      return MEMORY_HIGH.newState(null);
    case 'reclaim-loop':
      return RECLAIM_LOOP.newState(parent?.rule === policy ? parent : null);
  }
}

/** After a knob or the limit was written: new marks, and the thread if there is to be one. */
export function placeMarks(mm: Mm, memcg: MemCgroup): void {
  if (memcg.policy === null) return;
  withRule(memcg.policy, (rule, state) => {
    const { res } = memcg;
    const marks = rule.marks(state, res.limit);
    res.highPages = marks?.start ?? UNSET_PAGES;
    res.lowPages = marks?.stop ?? UNSET_PAGES;
    const name = rule.thread(state, memcg.id);
    if (name !== null) startDaemon(mm, memcg, name);
    rule.marked?.(mm, memcg);
  });
}

/** One step of a cgroup's reclaimer. */
export function reclaimerStep(mm: Mm, thread: Task): StepEnd {
  const memcg = memcgOf(mm, thread.reclaims);
  const { policy } = memcg;
  if (policy === null) return memcontdStep(mm, thread);
  return withRule(policy, (rule, state) => rule.step(mm, thread, memcg, state));
}

function withRule<T>(state: PolicyState, act: <S extends PolicyState>(rule: Rule<S>, state: S) => T): T {
  switch (state.rule) {
    case 'alinux':
      return act(ALINUX, state);
    case 'kswapd2011':
      return act(KSWAPD2011, state);
    case 'memory.high':
      return act(MEMORY_HIGH, state);
    case 'reclaim-loop':
      return act(RECLAIM_LOOP, state);
  }
}
