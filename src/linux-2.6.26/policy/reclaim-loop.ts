import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd, sleepOn } from '../../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../../kernel/thread.ts';
import { bytes, MILLISECOND, ns } from '../../kernel/units.ts';
import { DONE, type MemCgroup, type Mm, SUSPENDED, type Task } from '../../mm/types.ts';
import { ASLEEP, IN_PASS } from '../memcontd.ts';
import { PAGE_COUNTER_MAX, wholePages } from '../res-counter.ts';
import { ask, proactiveReclaim } from './proactive-reclaim.ts';
import type { Rule } from './rule.ts';
import type { ReclaimLoopState } from './state.ts';

/**
 * A loop in user space on cgroup v2's memory.reclaim, in the manner of koordinator
 * (its pull request 3189) and senpai: it looks at the usage, writes batches to
 * memory.reclaim until the target or EAGAIN, and sleeps. A charge does not wake it.
 */
export const RECLAIM_LOOP: Rule<ReclaimLoopState> = {
  newState: (parent) => ({
    rule: 'reclaim-loop',
    start: PAGE_COUNTER_MAX,
    target: PAGE_COUNTER_MAX,
    batch: parent?.batch ?? MAX_BATCH,
    interval: parent?.interval ?? DEFAULT_INTERVAL,
    asked: null,
  }),

  marks({ start, target }) {
    if (start === PAGE_COUNTER_MAX) return null;
    return { start: wholePages(start), stop: wholePages(target < start ? target : start) };
  },

  thread: ({ start }) => (start === PAGE_COUNTER_MAX ? null : 'reclaim-loop'),

  step(mm, thread, memcg, state) {
    const began = thread.phase;
    if (began === ASLEEP) {
      memcg.daemonWaits = false;
      memcg.stat.bgSleeps += 1;
    }
    if (thread.shouldStop) return EXIT;
    if (state.asked === null) {
      // open(2), read(2) and close(2) of a file.
      mm.sched.cost += 3 * mm.costs.syscall;
      if (memcg.res.usage <= memcg.res.highPages) return rest(mm, thread, memcg, state, began !== ASLEEP);
      tellAwake(mm, thread, memcg);
      askForBatch(mm, memcg, state);
    }
    return reclaim(mm, thread, memcg, state);
  },
};

/** More would hold the writer for long: koordinator's bound. */
export const MAX_BATCH = bytes(32n << 20n);
const DEFAULT_INTERVAL = 1000;

function reclaim(mm: Mm, thread: Task, memcg: MemCgroup, state: ReclaimLoopState): StepEnd {
  thread.phase = IN_PASS;
  const { asked } = state;
  const status = asked === null ? DONE : proactiveReclaim(mm, thread, memcg, asked, true);
  if (status === SUSPENDED) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  state.asked = null;
  // EAGAIN: there is no more to be had now.
  if (status !== DONE || memcg.res.usage <= memcg.res.lowPages) return rest(mm, thread, memcg, state, true);
  askForBatch(mm, memcg, state);
  return MAY_PREEMPT;
}

function askForBatch(mm: Mm, { res }: MemCgroup, state: ReclaimLoopState): void {
  mm.sched.cost += 3 * mm.costs.syscall;
  state.asked = ask(Math.min(res.usage - res.lowPages, wholePages(state.batch)));
}

function tellAwake(mm: Mm, thread: Task, memcg: MemCgroup): void {
  memcg.stat.bgWakeups += 1;
  const { path: cgroup, res } = memcg;
  mm.observer?.({ type: 'wake', time: ns(clock(mm.sched)), cgroup, pid: thread.pid, usage: res.usage });
}

/** `told`: it was seen at work, or has just begun. */
function rest(mm: Mm, thread: Task, memcg: MemCgroup, state: ReclaimLoopState, told: boolean): StepEnd {
  memcg.daemonWaits = true;
  thread.phase = ASLEEP;
  const now = clock(mm.sched);
  sleepOn(mm.sched, thread, INTERRUPTIBLE, now + state.interval * MILLISECOND);
  const { path: cgroup, res } = memcg;
  if (told) mm.observer?.({ type: 'sleep', time: ns(now), cgroup, pid: thread.pid, usage: res.usage });
  return BLOCK;
}
