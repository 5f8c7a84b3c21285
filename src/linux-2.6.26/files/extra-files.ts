import type { ControlFile } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { percentile } from '../../kernel/histogram.ts';
import { decodeText } from '../../kernel/text.ts';
import { listLength } from '../../mm/frames.ts';
import type { MemCgroup } from '../../mm/types.ts';
import { startDaemon, stopDaemon } from '../daemon.ts';
import { SPINNING_PASSES } from '../memcontd.ts';

/** The files that this project adds; absent with `machine extras=off`. */

export interface ReclaimStat {
  /** Of the background reclaimer. `spinning`: awake, and its last passes freed nothing. */
  readonly bg_state: 'none' | 'sleeping' | 'reclaiming' | 'spinning';
  readonly bg_wakeups: number;
  readonly bg_passes: number;
  /** Pages looked at on either list. */
  readonly bg_scanned: number;
  readonly bg_reclaimed: number;
  readonly bg_cpu_ns: number;
  readonly direct_passes: number;
  readonly direct_scanned: number;
  readonly direct_reclaimed: number;
  readonly stall_count: number;
  readonly stall_total_ns: number;
  readonly stall_p50_ns: number;
  readonly stall_p99_ns: number;
  readonly stall_max_ns: number;
  readonly refaults: number;
  readonly writeback_pages: number;
  readonly swap_out: number;
  readonly swap_in: number;
  readonly oom_kills: number;
}

export function reclaimStat(memcg: MemCgroup): ReclaimStat {
  const { stat, daemon } = memcg;
  return {
    bg_state: stateOf(memcg),
    bg_wakeups: stat.bgWakeups,
    bg_passes: stat.bgPasses,
    bg_scanned: stat.bgScanned,
    bg_reclaimed: stat.bgReclaimed,
    bg_cpu_ns: Math.round(stat.bgCpu + (daemon?.sumExec ?? 0)),
    direct_passes: stat.directPasses,
    direct_scanned: stat.directScanned,
    direct_reclaimed: stat.directReclaimed,
    stall_count: stat.stalls.count,
    stall_total_ns: Math.round(stat.stalls.total),
    stall_p50_ns: Math.round(percentile(stat.stalls, 0.5)),
    stall_p99_ns: Math.round(percentile(stat.stalls, 0.99)),
    stall_max_ns: Math.round(stat.stalls.max),
    refaults: stat.refaults,
    writeback_pages: stat.writebackPages,
    swap_out: stat.swapOut,
    swap_in: stat.swapIn,
    oom_kills: stat.oomKills,
  };
}

function stateOf(memcg: MemCgroup): ReclaimStat['bg_state'] {
  if (memcg.daemon === null) return 'none';
  if (memcg.daemonWaits) return 'sleeping';
  return memcg.zeroPasses >= SPINNING_PASSES ? 'spinning' : 'reclaiming';
}

const reclaimStatFile: ControlFile = {
  name: 'memory.reclaim_stat',
  about:
    'what the background reclaimer and direct reclaim have done, and the stalls of those who had to wait',
  read: (_fs, { memcg }) =>
    done(
      Object.entries(reclaimStat(memcg))
        .map(([name, value]) => `${name} ${value}\n`)
        .join(''),
    ),
  write: () => refuse('EINVAL', 'this file is read only'),
};

const reclaimd: ControlFile = {
  name: 'memory.reclaimd',
  about: 'running or stopped: `start` and `stop` start and stop the background reclaimer',
  read: (_fs, { memcg }) => done(memcg.daemon === null ? 'stopped\n' : 'running\n'),
  write: ({ mm }, cgroup, data) => {
    const word = decodeText(data).replace(/[\t-\r ]+$/, '');
    if (word === 'start') {
      startDaemon(mm, cgroup.memcg);
      return OK;
    }
    if (word !== 'stop') return refuse('EINVAL', 'write start or stop');
    if (cgroup.memcg.daemon === null) return OK;
    stopDaemon(mm, cgroup.memcg);
    return { wait: 'stop-daemon', cgroup };
  },
};

const numaStatFile: ControlFile = {
  name: 'memory.numa_stat',
  about:
    'for each node, the lengths of its two lists and how many passes of the reclaimer began with it; pages',
  read: ({ mm }, { memcg }) =>
    done(
      memcg.stat.bgPassesFrom
        .map(
          (passes, node) =>
            `node${node}_active ${listLength(mm, memcg.id, node, 1)}\n` +
            `node${node}_inactive ${listLength(mm, memcg.id, node, 0)}\n` +
            `node${node}_bg_passes ${passes}\n`,
        )
        .join(''),
    ),
  write: () => refuse('EINVAL', 'this file is read only'),
};

/** In the order of a listing; reclaimd is there when the series is. */
export const extraFiles = (wmarks: boolean): readonly ControlFile[] =>
  wmarks ? [reclaimStatFile, numaStatFile, reclaimd] : [reclaimStatFile, numaStatFile];
