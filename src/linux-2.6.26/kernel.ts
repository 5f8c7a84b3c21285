import { pages } from '../kernel/units.ts';
import type { WatermarkState } from '../mm/figures.ts';
import { lruPages } from '../mm/frames.ts';
import type * as mm from '../mm/kernel.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { kthreadRun } from '../mm/process.ts';
import { hasRoom, tryCharge } from './charge.ts';
import { daemonExited } from './daemon.ts';
import { errataOf } from './errata.ts';
import { beginCall, genericFileRead, genericFileWrite, openFile } from './filemap.ts';
import { reclaimStat } from './files/extra-files.ts';
import { forceEmpty } from './force-empty.ts';
import { beginAlone, endAlone, pageWasRead } from './lone-read.ts';
import { uncharge } from './memcontrol.ts';
import { addResident, anonymousFault, fileFault } from './memory.ts';
import { countWriteout, pdflushStep } from './page-writeback.ts';
import { handleOverHigh } from './policy/memory-high.ts';
import type { PolicyName } from './policy/names.ts';
import { reclaimerStep } from './policy/policy.ts';
import { proactiveReclaim } from './policy/proactive-reclaim.ts';
import { readExactly } from './readahead.ts';
import { resCounterState, showSize } from './res-counter.ts';
import type { KernelOptions, MemCgroup, Mm, Own, Task } from './types.ts';
import { dropPass, newPass } from './vmscan.ts';

/** What the machine is bound to when it runs 2.6.26. */
export const KERNEL: mm.Kernel = {
  tryCharge: (mm: Mm, task: Task) => tryCharge(mm, task, memcgOf(mm, task.memcg)),
  hasRoom: (mm: Mm, task: Task) => hasRoom(mm, memcgOf(mm, task.memcg)),
  addResident,
  uncharge,
  forceEmpty,
  proactiveReclaim: (mm: Mm, task: Task, memcg: MemCgroup, asked) =>
    proactiveReclaim(mm, task, memcg, asked, false),

  anonymousFault,
  fileFault,
  openFile,
  beginCall,
  readExactly,
  genericFileRead,
  genericFileWrite,
  countWriteout,
  beginAlone,
  endAlone,
  pageWasRead,

  newPass,
  startThreads: (mm: Mm) => {
    mm.flusher = kthreadRun(mm, 'flusher', 'pdflush', 0);
  },
  reclaimerStep,
  flusherStep: pdflushStep,
  daemonExited,
  doNotifyResume: handleOverHigh,
  dropPass,

  usage,
  reclaimStat,
  figures: (mm: Mm, memcg: MemCgroup) => {
    const { id, res, stat } = memcg;
    return {
      usage: usage(memcg),
      failcnt: res.failcnt,
      state: STATES[resCounterState(res, mm.own.errata.stateNeverOverLimit)],
      stat: reclaimStat(memcg),
      cache: pages(stat.cache),
      rss: pages(stat.rss),
      pgpgin: stat.pgpgin,
      pgpgout: stat.pgpgout,
      active: pages(lruPages(mm, id, 1)),
      inactive: pages(lruPages(mm, id, 0)),
    };
  },
  showLimit: ({ res }: MemCgroup) => showSize(res.limit),
};

/** Who reclaims in the background: without the series nobody does. */
export const policyOf = ({ policy, wmarks }: KernelOptions): PolicyName =>
  policy === 'rfc' && !wmarks ? 'none' : policy;

export function newOwn(options: KernelOptions): Own {
  const policy = policyOf(options);
  return {
    errata: errataOf(options.errata),
    policy,
    wmarks: policy === 'rfc',
    reclaimd: options.reclaimd,
    dirtied: 0,
    dirtyExceeded: false,
    writeout: { events: 0, total: 0 },
  };
}

const STATES: readonly WatermarkState[] = [
  'RES_BELOW_LOW',
  'RES_BELOW_HIGH',
  'RES_BELOW_LIMIT',
  'RES_OVER_LIMIT',
];

function usage({ res }: MemCgroup) {
  return {
    usage: res.usage,
    max: res.maxUsage,
    low: res.lowPages,
    high: res.highPages,
    limit: res.limitPages,
  };
}
