import { ns } from '../../src/kernel/units.ts';
import { record } from './histogram.ts';
import { freePages } from './memcontrol.ts';
import { mayCharge, usagePages } from './res-counter.ts';
import { clock, wakeUp } from './sched.ts';
import type { MemCgroup, Mm, Task, TaskWork } from './types.ts';
import { SWAP_CLUSTER_MAX, standAside, tryToFreeMemCgroupPages } from './vmscan.ts';

/** mem_cgroup_charge_common(), the OOM killer, and what happens when the machine itself is full. */

/** MEM_CGROUP_RECLAIM_RETRIES */
const RETRIES = 5;

interface Charge {
  retries: number;
  /** When the first refusal came. */
  since: number | null;
}

/** Makes room for one page of the task's cgroup, in the machine and below the limit; false: there is none. */
export function* tryCharge(mm: Mm, task: Task): TaskWork<boolean> {
  const charge: Charge = { retries: RETRIES, since: null };
  const charged = yield* makeRoom(mm, task, charge);
  if (charge.since !== null) endStall(mm, task, charge.since, charged);
  return charged;
}

/** `task.memcg` is looked at anew after every sleep: it may have been moved. */
function* makeRoom(mm: Mm, task: Task, charge: Charge): TaskWork<boolean> {
  const isBelowLimit = (): boolean => mayCharge(task.memcg.res);
  for (;;) {
    if (freePages(mm) === 0) {
      if (!(yield* globalReclaim(mm, task, charge))) return false;
      continue;
    }
    if (isBelowLimit()) return true;
    refuseCharge(mm, task, charge);
    const pass = tryToFreeMemCgroupPages(mm, task, task.memcg, false);
    if (mustGiveWayToVictim(mm, task)) yield* standAside(mm, task);
    const reclaimed = yield* pass;
    if (reclaimed > 0 || isBelowLimit()) continue;
    // As posted the loop is an `if` whose end is open: accepted, and not charged.
    if (mm.errata.chargeFallthrough && freePages(mm) > 0) return true;
    if (mm.errata.chargeFallthrough) continue;
    charge.retries -= 1;
    if (charge.retries < 0) {
      killLargest(mm, task.memcg);
      return false;
    }
  }
}

/** Passes over all cgroups in order of creation until 32 pages are free; else the largest task dies. */
function* globalReclaim(mm: Mm, task: Task, charge: Charge): TaskWork<boolean> {
  for (;;) {
    let freed = 0;
    for (let at = 0; at < mm.memcgs.length; at += 1) {
      if (freePages(mm) >= SWAP_CLUSTER_MAX) return true;
      const memcg = mm.memcgs[at];
      if (memcg !== null) freed += yield* tryToFreeMemCgroupPages(mm, task, memcg, false);
    }
    if (freePages(mm) > 0) return true;
    if (freed > 0) continue;
    charge.retries -= 1;
    if (charge.retries < 0) {
      killLargest(mm, null);
      return false;
    }
  }
}

/** Whom the OOM killer has just chosen is ahead of us, so it dies in the pass that we begin. */
const mustGiveWayToVictim = (mm: Mm, task: Task): boolean =>
  !task.killed && mm.tasks.some((other) => other.killed && other.memcg === task.memcg);

function refuseCharge(mm: Mm, task: Task, charge: Charge): void {
  const { res, path: cgroup } = task.memcg;
  const time = clock(mm.sched);
  res.failcnt += 1;
  charge.since ??= time;
  mm.observer?.({ type: 'limit-failure', time: ns(time), cgroup, pid: task.pid, usage: usagePages(res) });
}

/** From the first refusal to the outcome. */
function endStall(mm: Mm, task: Task, since: number, charged: boolean): void {
  const { stat, path: cgroup } = task.memcg;
  const time = clock(mm.sched);
  const duration = ns(time - since);
  record(stat.stalls, duration);
  task.stallTime += duration;
  mm.observer?.({ type: 'stall', time: ns(time), cgroup, pid: task.pid, duration, charged });
}

/** mm/oom_kill.c: the task with the most memory, ties the lowest pid; nobody while a victim is still dying. */
function killLargest(mm: Mm, memcg: MemCgroup | null): void {
  const candidates = mm.tasks.filter(
    (task) => task.kind === 'task' && (memcg === null || task.memcg === memcg),
  );
  if (candidates.length === 0 || candidates.some((task) => task.killed)) return;
  const most = Math.max(...candidates.map(memoryOf));
  const [victim] = candidates.filter((task) => memoryOf(task) === most).sort((a, b) => a.pid - b.pid);
  victim.memcg.stat.oomKills += 1;
  mm.observer?.({
    type: 'oom-kill',
    time: ns(clock(mm.sched)),
    cgroup: memcg === null ? null : memcg.path,
    pid: victim.pid,
    task: victim.name,
  });
  sendKill(mm, victim);
}

const memoryOf = ({ anonPages, vmas }: Task): number =>
  vmas.reduce((sum, { pages, mapping }) => sum + Math.min(pages, mapping.length), anonPages);

/** SIGKILL: it dies when it next runs in user mode; an uninterruptible sleep ends first. */
export function sendKill(mm: Mm, task: Task): void {
  task.killed = true;
  if (task.state === 'stopped') task.state = 'interruptible';
  if (task.state === 'interruptible') wakeUp(mm.sched, task);
}
