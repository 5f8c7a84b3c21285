import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd } from '../../kernel/sched.ts';
import { RUNNING } from '../../kernel/thread.ts';
import { MILLISECOND } from '../../kernel/units.ts';
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
import { ASLEEP, awake, goToSleep, IN_PASS, placeMarks, tellAwake } from '../background.ts';
import { wholePages } from '../page-counter.ts';
import { type AskedHere, askReclaim, proactiveReclaim } from '../proactive-reclaim.ts';
import type { MemCgroup, Mm, Task } from '../types.ts';
import { maxKnob, type Policy } from './policy.ts';

/** On the kernel's own memory.reclaim. */

function step(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd {
  const state = stateOf<ReclaimLoopState>(memcg, 'reclaim-loop');
  if (thread.phase === ASLEEP) awake(thread, memcg);
  if (thread.shouldStop) return EXIT;
  const sleep = (): StepEnd => goToSleep(mm, thread, memcg, clock(mm.sched) + state.interval * MILLISECOND);
  if (state.asked === null) {
    // open(2), read(2) and close(2) of a file.
    mm.sched.cost += 3 * mm.costs.syscall;
    if (memcg.memory.usage <= memcg.background.start) return sleep();
    tellAwake(mm, memcg, thread);
    state.asked = nextBatch(mm, memcg, state);
  }
  thread.phase = IN_PASS;
  const status = proactiveReclaim(mm, thread, memcg, state.asked as AskedHere);
  if (status === SUSPENDED) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  state.asked = null;
  // EAGAIN: there is no more to be had now.
  if (status !== DONE || memcg.memory.usage <= memcg.background.stop) return sleep();
  state.asked = nextBatch(mm, memcg, state);
  return MAY_PREEMPT;
}

function nextBatch(mm: Mm, { memory, background }: MemCgroup, { batch }: ReclaimLoopState): AskedHere {
  mm.sched.cost += 3 * mm.costs.syscall;
  return askReclaim(Math.min(memory.usage - background.stop, wholePages(batch)));
}

export const RECLAIM_LOOP = {
  ...loopCard(maxKnob),
  boot: 'boot-linux-6.1-reclaim-loop.memcg',
  files: loopFiles<Mm, MemCgroup>(placeMarks),
  newState: newLoopState,

  marks(memcg) {
    const marks = loopMarks(memcg);
    return marks && { start: wholePages(marks.start), stop: wholePages(marks.stop) };
  },

  thread: loopThread,
  byTheClock: true,
  step,
} as const satisfies Policy;
