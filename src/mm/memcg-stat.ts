import { newHistogram, percentile, record } from '../kernel/histogram.ts';
import { clock } from '../kernel/sched.ts';
import { ns, TIME_0 } from '../kernel/units.ts';
import type { ReclaimStat } from './figures.ts';
import type { Mm } from './kernel.ts';
import type { MemCgroup, MemCgroupStat, Task } from './types.ts';

/** What a cgroup has counted: how it begins, a stall that ends, and what people are told of it. */

export const newMemCgroupStat = (nodes: number): MemCgroupStat => ({
  cache: 0,
  rss: 0,
  pgpgin: 0,
  pgpgout: 0,
  refaults: 0,
  overHigh: 0,
  bgWakeups: 0,
  bgSleeps: 0,
  bgPasses: 0,
  bgZeroPasses: 0,
  bgScanned: 0,
  bgReclaimed: 0,
  bgPassesFrom: new Array<number>(nodes).fill(0),
  bgCpu: TIME_0,
  directPasses: 0,
  directScanned: 0,
  directReclaimed: 0,
  writebackPages: 0,
  swapOut: 0,
  swapIn: 0,
  oomKills: 0,
  stalls: newHistogram(),
});

/** A task was held up since then, ns. `charged`: it got what it asked for. */
export function endStall(mm: Mm, task: Task, memcg: MemCgroup, since: number, charged: boolean): void {
  const time = clock(mm.sched);
  record(memcg.stat.stalls, time - since);
  task.stallTime += time - since;
  mm.observer?.({
    type: 'stall',
    time: ns(time),
    cgroup: memcg.path,
    pid: task.pid,
    duration: ns(time - since),
    charged,
  });
}

/** `bgCpu`: of its reclaimers, also of one that runs; ns. */
export const reclaimStatOf = (
  { stat, rereadsUnknown }: MemCgroup,
  bgState: ReclaimStat['bg_state'],
  bgCpu: number,
): ReclaimStat => ({
  bg_state: bgState,
  bg_wakeups: stat.bgWakeups,
  bg_passes: stat.bgPasses,
  bg_scanned: stat.bgScanned,
  bg_reclaimed: stat.bgReclaimed,
  bg_cpu_ns: Math.round(bgCpu),
  direct_passes: stat.directPasses,
  direct_scanned: stat.directScanned,
  direct_reclaimed: stat.directReclaimed,
  stall_count: stat.stalls.count,
  stall_total_ns: Math.round(stat.stalls.total),
  stall_p50_ns: Math.round(percentile(stat.stalls, 0.5)),
  stall_p99_ns: Math.round(percentile(stat.stalls, 0.99)),
  stall_max_ns: Math.round(stat.stalls.max),
  refaults: rereadsUnknown ? null : stat.refaults,
  writeback_pages: stat.writebackPages,
  swap_out: stat.swapOut,
  swap_in: stat.swapIn,
  oom_kills: stat.oomKills,
});
