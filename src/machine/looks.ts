import type { Cgroup } from '../fs/types.ts';
import { type Pages, pages } from '../kernel/units.ts';
import { type ReclaimStat, reclaimStat } from '../linux-2.6.26/files/extra-files.ts';
import { type PolicyName, policyNamed } from '../linux-2.6.26/policy/names.ts';
import { resCounterState } from '../linux-2.6.26/res-counter.ts';
import { lruPages } from '../mm/frames.ts';
import type { Mm } from '../mm/types.ts';
import { type CgroupUsage, usageOf } from './views.ts';

/** Numbers for those who look on all the time: nothing here walks pages or makes text. */

/** include/linux/res_counter.h with 2/4. */
const STATES = ['RES_BELOW_LOW', 'RES_BELOW_HIGH', 'RES_BELOW_LIMIT', 'RES_OVER_LIMIT'] as const;
export type WatermarkState = (typeof STATES)[number];

export interface CgroupLook {
  /** `/`, `/default`, `/web/db`. */
  readonly path: string;
  readonly usage: CgroupUsage;
  readonly failcnt: number;
  readonly state: WatermarkState;
  readonly stat: ReclaimStat;
  /** Of what is charged: page cache and anonymous memory. */
  readonly cache: Pages;
  readonly rss: Pages;
  /** Charges and uncharges since it was made. */
  readonly pgpgin: number;
  readonly pgpgout: number;
  readonly active: Pages;
  readonly inactive: Pages;
  /** Tasks in it. */
  readonly tasks: number;
  /** Who reclaims in the background on this machine. */
  readonly policy: PolicyName;
}

export function lookAt(mm: Mm, { memcg }: Cgroup): CgroupLook {
  const { res, stat } = memcg;
  return {
    path: memcg.path,
    usage: usageOf(res),
    failcnt: res.failcnt,
    state: STATES[resCounterState(res, mm.errata.stateNeverOverLimit)],
    stat: reclaimStat(memcg),
    cache: pages(stat.cache),
    rss: pages(stat.rss),
    pgpgin: stat.pgpgin,
    pgpgout: stat.pgpgout,
    active: pages(lruPages(mm, memcg.id, 1)),
    inactive: pages(lruPages(mm, memcg.id, 0)),
    tasks: memcg.nrTasks,
    policy: policyNamed(mm.policy).name,
  };
}

/** Of the whole machine, pages. */
export interface MachineTotals {
  readonly memory: Pages;
  readonly free: Pages;
  readonly swap: Pages;
  readonly swapUsed: Pages;
  readonly dirty: Pages;
  readonly writeback: Pages;
}

export const totalsOf = (mm: Mm): MachineTotals => ({
  memory: pages(mm.nrPages),
  free: pages(mm.freePages),
  swap: pages(mm.swap.size),
  swapUsed: pages(mm.swap.used),
  dirty: pages(mm.nrDirty),
  writeback: pages(mm.nrWriteback),
});
