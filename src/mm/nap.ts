import { clock } from '../kernel/sched.ts';
import { ns } from '../kernel/units.ts';
import { finishWait } from '../kernel/wait.ts';
import { congestionWait } from './dirty.ts';
import type { Mm } from './kernel.ts';
import type { Task } from './types.ts';

/** A reclaim pass that waits for the disk. */

/** What a pass has of it. */
interface Napping {
  napping: boolean;
  /** ns */
  napSince: number;
}

type Reclaiming = Task & { readonly pass: Napping };

/** Up to `time` ns, less if a write ends meanwhile; endNap() must follow. */
export function takeNap(mm: Mm, task: Reclaiming, time: number): void {
  task.pass.napping = true;
  task.pass.napSince = clock(mm.sched);
  congestionWait(mm, task, time);
}

/** `cgroup`: the path of what it reclaims from. */
export function endNap(mm: Mm, task: Reclaiming, cgroup: string): void {
  const { pass, pid } = task;
  finishWait(mm.congestion, task);
  pass.napping = false;
  const time = clock(mm.sched);
  mm.observer?.({ type: 'nap', time: ns(time), cgroup, pid, duration: ns(time - pass.napSince) });
}
