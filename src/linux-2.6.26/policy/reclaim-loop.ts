import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd, sleepOn } from '../../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../../kernel/thread.ts';
import { MILLISECOND, ns } from '../../kernel/units.ts';
import { DONE, SUSPENDED } from '../../mm/types.ts';
import { stateOf } from '../../policy/card.ts';
import {
  loopCard,
  loopFiles,
  loopMarks,
  loopThread,
  newLoopState,
  type ReclaimLoopState,
} from '../../policy/reclaim-loop.ts';
import { memoryReclaim } from '../files/memory-reclaim.ts';
import { ASLEEP, IN_PASS } from '../memcontd.ts';
import { ask, proactiveReclaim } from '../proactive-reclaim.ts';
import { wholePages } from '../res-counter.ts';
import type { MemCgroup, Mm, Task } from '../types.ts';
import { limitKnob, type Policy, placeMarks } from './policy.ts';

const own = (memcg: MemCgroup): ReclaimLoopState => stateOf<ReclaimLoopState>(memcg, 'reclaim-loop');

function step(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd {
  const state = own(memcg);
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
}

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

export const RECLAIM_LOOP = {
  ...loopCard(limitKnob),
  files: [...loopFiles(placeMarks), memoryReclaim],
  newState: newLoopState,

  marks(memcg) {
    const marks = loopMarks(memcg);
    return marks && { start: wholePages(marks.start), stop: wholePages(marks.stop) };
  },

  thread: loopThread,

  // It looks by the clock.
  heeds: () => false,

  step,
} as const satisfies Policy;
