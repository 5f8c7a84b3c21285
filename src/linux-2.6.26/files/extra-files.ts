import { done } from '../../kernel/errno.ts';
import type { ReclaimStat } from '../../mm/figures.ts';
import { listLength } from '../../mm/frames.ts';
import { reclaimStatOf } from '../../mm/memcg-stat.ts';
import { SERIES } from '../../policy/rfc.ts';
import { SPINNING_PASSES } from '../memcontd.ts';
import type { ControlFile, MemCgroup } from '../types.ts';

/** The files that this project adds; absent with `machine extras=off`. */

export const OURS = 'this project; absent with `machine extras=off`';

export const reclaimStat = (memcg: MemCgroup): ReclaimStat =>
  reclaimStatOf(memcg, stateOf(memcg), memcg.stat.bgCpu + (memcg.daemon?.sumExec ?? 0));

function stateOf(memcg: MemCgroup): ReclaimStat['bg_state'] {
  if (memcg.daemon === null) return 'none';
  if (memcg.daemonWaits) return 'sleeping';
  return memcg.zeroPasses >= SPINNING_PASSES ? 'spinning' : 'reclaiming';
}

const reclaimStatFile: ControlFile = {
  name: 'memory.reclaim_stat',
  about:
    'what the background reclaimer and direct reclaim have done, and the stalls of those who had to wait',
  kind: 'lines',
  lines: {
    bg_state: 'text',
    bg_cpu_ns: 'ns',
    stall_total_ns: 'ns',
    stall_p50_ns: 'ns',
    stall_p99_ns: 'ns',
    stall_max_ns: 'ns',
  },
  reads:
    'lines `name value`: bg_* of the background reclaimer, direct_* of tasks that reclaim for themselves, ' +
    'stall_* of charges that had to wait; pages, ns and counts',
  rule:
    'A stall is one charge that met at least one refusal, from the first refusal to its outcome; with ' +
    'policy=memory.high also what a task is held for on its way back to user mode. ' +
    'bg_state is none, sleeping, reclaiming or spinning (awake, and its last passes freed nothing). ' +
    'refaults is unknown once a task was in the cgroup that was spawned with --rereads unknown.',
  initially: 'zeros',
  source: OURS,
  example: 'cat memory.reclaim_stat:stall_count',
  read: (_fs, { memcg }) =>
    done(
      Object.entries(reclaimStat(memcg))
        .map(([name, value]) => `${name} ${value ?? 'unknown'}\n`)
        .join(''),
    ),
};

const numaStatFile: ControlFile = {
  name: 'memory.numa_stat',
  about:
    'for each node, the lengths of its two lists and how many passes of the reclaimer began with it; pages',
  kind: 'lines',
  reads: 'for each node N, lines nodeN_active and nodeN_inactive in pages, and nodeN_bg_passes',
  rule:
    'Background reclaim begins at the best node: of those that hold 3/4 of their share or more, ' +
    'the one with the most inactive pages for each active one.',
  initially: 'zeros',
  source: `${OURS}; the choice of the node from patch 4/4 of ${SERIES}`,
  example: 'cat numa_stat',
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
};

/** In the order of a listing. */
export const EXTRA_FILES: readonly ControlFile[] = [reclaimStatFile, numaStatFile];
