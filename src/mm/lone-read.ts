import { aloneUntil } from '../kernel/undisturbed.ts';
import { DISK_READ } from './blkdev.ts';
import type { Mm } from './kernel.ts';
import * as at from './lone-words.ts';
import type { Task } from './types.ts';

/**
 * A task that is the only one about, and does nothing but read page after page: what the page core
 * (core/read.ts) has to know of it, the CPU and the disk, to let it read also what is not in the page cache,
 * and what it tells of them. What it has to know of the cgroup is the kernel's to tell.
 */

/** Tells it; `calls`: system calls in a step. False: somebody else is about, looks on, or is to be waited for. */
export function lendTask(mm: Mm, task: Task, calls: number): boolean {
  const { sched, costs } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const disk = mm.devices[DISK_READ];
  const until = aloneUntil(sched, task);
  if (until < 0 || disk.length > 0 || task.overHigh !== null) return false;
  times[at.NOW] = sched.now;
  times[at.CPU_NOW] = sched.cpus[task.cpu].now;
  times[at.SUM_EXEC] = task.sumExec;
  times[at.VRUNTIME] = task.vruntime;
  times[at.MIN_VRUNTIME] = sched.minVruntime;
  times[at.FREE_AT] = disk.freeAt;
  times[at.UNTIL] = until;
  times[at.SYSCALL] = costs.syscall;
  times[at.CHARGE] = costs.charge;
  times[at.COPY] = costs.copy;
  times[at.PER_REQUEST] = disk.perRequest;
  times[at.PER_PAGE] = disk.perPage;
  times[at.LATENCY] = disk.latency;
  times[at.WAKE_LATENCY] = sched.wakeLatency;
  times[at.CONTEXT_SWITCH] = sched.contextSwitch;
  times[at.WAITED] = 0;
  counts[at.CALLS] = calls;
  counts[at.WEIGHT] = task.weight;
  counts[at.MISSES] = 0;
  return true;
}

/** Takes over what it tells: the clock, the disk, and how many pages came in, which it answers. */
export function takeTask(mm: Mm, task: Task): number {
  const { sched } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const count = counts[at.MISSES];
  if (count === 0) return 0;
  const disk = mm.devices[DISK_READ];
  const cpu = sched.cpus[task.cpu];
  sched.now = times[at.NOW];
  sched.minVruntime = times[at.MIN_VRUNTIME];
  // Each would have set a timer.
  sched.timers.sequence += count;
  task.sumExec = times[at.SUM_EXEC];
  task.vruntime = times[at.VRUNTIME];
  cpu.now = times[at.CPU_NOW];
  cpu.sliceStart = task.sumExec;
  cpu.left = task.pid;
  cpu.leftAt = times[at.LEFT_AT];
  disk.freeAt = times[at.FREE_AT];
  disk.submitted += count;
  disk.completed += count;
  mm.nrFree[task.node] -= count;
  mm.freePages -= count;
  return count;
}
