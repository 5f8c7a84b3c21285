import { BLOCK, EXIT, MAY_PREEMPT, type StepEnd } from '../kernel/sched.ts';
import { RUNNING } from '../kernel/thread.ts';
import { ASLEEP, goToSleep, IN_PASS } from './memcontd.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
import { beginPass, continuePass } from './vmscan.ts';

/** The thread of a rule that a charge wakes: passes, one after the other, until its rule has enough. */

/** Another pass is due. */
const AGAIN = 3;

/** How a thread came to ask whether it is to run a pass. */
export type Turn = 'started' | 'woken' | 'passed';

/** Whether a pass is due; after one, `reclaimed` is what it freed. */
type IsDue = (turn: Turn, reclaimed: number) => boolean;

export function backgroundStep(mm: Mm, thread: Task, memcg: MemCgroup, isDue: IsDue): StepEnd {
  if (thread.phase === IN_PASS) return goOnWithPass(mm, thread, memcg, isDue);
  const turn = turnOf(thread);
  if (turn === 'woken') {
    memcg.daemonWaits = false;
    memcg.stat.bgSleeps += 1;
  }
  if (thread.shouldStop) return EXIT;
  mm.sched.cost += mm.costs.syscall;
  if (turn !== 'passed' && !isDue(turn, 0)) return goToSleep(mm, thread, memcg);
  beginPass(mm, thread, memcg, true);
  return goOnWithPass(mm, thread, memcg, isDue);
}

function turnOf({ phase }: Task): Turn {
  if (phase === ASLEEP) return 'woken';
  return phase === AGAIN ? 'passed' : 'started';
}

function goOnWithPass(mm: Mm, thread: Task, memcg: MemCgroup, isDue: IsDue): StepEnd {
  thread.phase = IN_PASS;
  const reclaimed = continuePass(mm, thread);
  if (reclaimed < 0) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  if (!isDue('passed', reclaimed)) return goToSleep(mm, thread, memcg);
  thread.phase = AGAIN;
  return MAY_PREEMPT;
}
