import { finishRmdir } from '../fs/cgroup.ts';
import type { Cgroup } from '../fs/types.ts';
import { OK, type Result, refuse } from '../kernel/errno.ts';
import { BLOCK, GO_ON, MAY_PREEMPT, type StepEnd, sleepOn } from '../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../kernel/thread.ts';
import { MILLISECOND } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { DISK_WRITE } from '../mm/blkdev.ts';
import { congestionWait, wakeupFlusher } from '../mm/dirty.ts';
import { DONE, type MemCgroup, SUSPENDED } from '../mm/types.ts';
import type { Hand, MachineState } from './state.ts';

/** The thread `sh`: carries out what an operation began that takes virtual time. */
export function shStep(state: MachineState): StepEnd {
  const { mm, sh, hand } = state;
  if (hand === null) return rest(state);
  switch (hand.kind) {
    case 'force-empty':
    case 'rmdir':
    case 'stop-daemon': {
      const cgroup = state.fs.cgroups.get(hand.cgroup);
      if (cgroup === undefined) return answer(state, refuse('ENODEV'));
      return emptyAndStop(state, cgroup);
    }
    case 'reclaim': {
      const memcg = state.fs.cgroups.get(hand.cgroup)?.memcg;
      return memcg === undefined ? answer(state, refuse('ENODEV')) : reclaim(state, memcg, hand);
    }
    case 'sync':
      finishWait(mm.congestion, sh);
      return syncStep(state);
    default:
      return rest(state);
  }
}

function rest(state: MachineState): StepEnd {
  sleepOn(state.mm.sched, state.sh, INTERRUPTIBLE);
  return BLOCK;
}

function answer(state: MachineState, result: Result<undefined>): StepEnd {
  state.hand = null;
  state.answer = result;
  return MAY_PREEMPT;
}

function emptyAndStop(state: MachineState, cgroup: Cgroup): StepEnd {
  const { mm, sh, hand } = state;
  const daemonGone = cgroup.memcg.daemon === null;
  if (hand?.kind === 'stop-daemon') return daemonGone ? answer(state, OK) : rest(state);
  if (hand?.kind === 'rmdir' && hand.stage === 'daemon') {
    // kthread_stop() waits; daemonExited() wakes us.
    if (!daemonGone) return rest(state);
    hand.stage = 'pages';
  }
  if (mm.kernel.forceEmpty(mm, sh, cgroup.memcg) === SUSPENDED) return sh.state === RUNNING ? GO_ON : BLOCK;
  return answer(state, hand?.kind === 'rmdir' ? finishRmdir(state.fs, cgroup) : OK);
}

/** What a write to memory.reclaim or memory.high wants freed. */
function reclaim(
  state: MachineState,
  memcg: MemCgroup,
  { asked, strict }: Extract<Hand, { kind: 'reclaim' }>,
): StepEnd {
  const { mm, sh } = state;
  const status = mm.kernel.proactiveReclaim(mm, sh, memcg, asked);
  if (status === SUSPENDED) return sh.state === RUNNING ? MAY_PREEMPT : BLOCK;
  return answer(state, status === DONE || !strict ? OK : NOT_IN_FULL);
}

const NOT_IN_FULL = refuse('EAGAIN', 'less than that could be reclaimed');

/** sync(2): hands all to the disk, then waits for as much as was handed over. */
function syncStep(state: MachineState): StepEnd {
  const { mm, sh, hand } = state;
  if (hand?.kind !== 'sync') return rest(state);
  const disk = mm.devices[DISK_WRITE];
  if (hand.target === null && mm.flushRequest === 0) hand.target = disk.submitted;
  if (hand.target !== null && disk.completed >= hand.target) return answer(state, OK);
  if (mm.flushRequest > 0) wakeupFlusher(mm, mm.flushRequest);
  congestionWait(mm, sh, 100 * MILLISECOND);
  return BLOCK;
}
