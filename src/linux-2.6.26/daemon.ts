import { clock } from '../kernel/sched.ts';
import type { TraceEvent } from '../kernel/trace.ts';
import { ns } from '../kernel/units.ts';
import { kthreadRun } from '../mm/process.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/**
 * 3/4: starting and stopping memcontd. (The kernel's global mutex has nothing to
 * do here: only one command at a time reaches the machine.)
 */

/** mem_cgroup_start_daemon(): once; a cgroup that has its thread keeps it. */
export function startDaemon(mm: Mm, memcg: MemCgroup, name: string): void {
  if (memcg.daemon !== null || !mm.own.reclaimd) return;
  // Erratum start-after-rmdir: rmdir has taken it away.
  mm.memcgs[memcg.id] ??= memcg;
  memcg.daemon = kthreadRun(mm, 'reclaimer', name, memcg.id);
  memcg.daemonWaits = false;
  memcg.zeroPasses = 0;
  memcg.stuckPasses = 0;
  memcg.warnedUsage = 0;
  tell(mm, 'start', memcg, memcg.daemon);
}

/** The thread has answered EXIT. */
export function daemonExited(mm: Mm, memcg: MemCgroup, thread: Task): void {
  memcg.stat.bgCpu += thread.sumExec;
  memcg.daemon = null;
  memcg.daemonWaits = false;
  if (memcg.freed) mm.memcgs[memcg.id] = null;
  tell(mm, 'stop', memcg, thread);
}

function tell(
  mm: Mm,
  type: 'start' | 'stop',
  { path: cgroup }: MemCgroup,
  { pid }: { readonly pid: number },
): void {
  const event: TraceEvent = { type, time: ns(clock(mm.sched)), cgroup, pid };
  mm.observer?.(event);
}
