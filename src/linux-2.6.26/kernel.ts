import { exactSize } from '../kernel/numbers.ts';
import { pages } from '../kernel/units.ts';
import type { FigureNames, WatermarkState } from '../mm/figures.ts';
import { lruPages } from '../mm/frames.ts';
import type { Kernel } from '../mm/kernel.ts';
import { memcgOf } from '../mm/memcgs.ts';
import { kthreadRun } from '../mm/process.ts';
import { freeSwapEntry, freeWritten } from '../mm/swap.ts';
import { FAILED } from '../mm/types.ts';
import { hasRoom, tryCharge } from './charge.ts';
import { daemonExited } from './daemon.ts';
import { type Erratum, errataOf } from './errata.ts';
import { beginCall, genericFileRead, genericFileWrite, openFile } from './filemap.ts';
import { reclaimStat } from './files/extra-files.ts';
import { forceEmpty } from './force-empty.ts';
import { beginAlone, beginTouches, endAlone, pageWasRead } from './lone-read.ts';
import { uncharge } from './memcontrol.ts';
import { addResident, anonymousFault, anonymousRun, fileFault } from './memory.ts';
import { countWriteout, pdflushStep } from './page-writeback.ts';
import { POLICIES, type PolicyName, policyNamed } from './policy/names.ts';
import { NONE } from './policy/none.ts';
import { reclaimerStep } from './policy/policy.ts';
import { RFC } from './policy/rfc.ts';
import { proactiveReclaim } from './proactive-reclaim.ts';
import { readExactly } from './readahead.ts';
import { resCounterState } from './res-counter.ts';
import type { MemCgroup, Mm, Own, Task } from './types.ts';
import { dropPass, newPass } from './vmscan.ts';

/** What a machine is bound to that runs 2.6.26: the same functions for all, and the rule of its policy. */
export const bind = ({ policy }: Own): Mm['kernel'] => ({ ...KERNEL, rule: policyNamed(policy) });

const KERNEL: Kernel = {
  tryCharge: (mm: Mm, task: Task) => tryCharge(mm, task, memcgOf(mm, task.memcg)),
  hasRoom: (mm: Mm, task: Task) => hasRoom(mm, memcgOf(mm, task.memcg)),
  addResident,
  uncharge,
  freeSwap: freeSwapEntry,
  swapRead: () => undefined,
  swapWritten: freeWritten,
  unmapped: () => undefined,
  chunkFreed: () => undefined,
  forceEmpty,
  proactiveReclaim: (mm: Mm, task: Task, memcg: MemCgroup, asked) =>
    proactiveReclaim(mm, task, memcg, asked, false),

  anonymousFault,
  anonymousRun,
  fileFault,
  openFile,
  beginCall,
  readExactly,
  genericFileRead,
  genericFileWrite,
  countWriteout,
  setsAccessed: true,
  beginAlone,
  clearWay: () => FAILED,
  endAlone,
  beginTouches,
  endTouches: () => undefined,
  pageWasRead,

  newPass,
  taskJoined: () => undefined,
  taskLeaves: () => undefined,
  startThreads: (mm: Mm) => {
    mm.flusher = kthreadRun(mm, 'flusher', 'pdflush', 0);
  },
  reclaimerStep,
  flusherStep: pdflushStep,
  daemonExited,
  doNotifyResume: (mm: Mm, task: Task) => mm.kernel.rule.doNotifyResume?.(mm, task) ?? null,
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
  showLimit: ({ res }: MemCgroup) => exactSize(res.limit),
};

/** What it is booted with. */
export interface KernelOptions {
  /** Who reclaims in the background. */
  readonly policy: PolicyName;
  /** With the policy `rfc`: the series is in the kernel, watermarks and memcontd. */
  readonly wmarks: boolean;
  /** false: writes are answered as before, and nobody reclaims in the background. */
  readonly reclaimd: boolean;
  readonly errata: readonly Erratum[];
}

/** Without the series nobody reclaims in its place. */
export const policyIn = <P extends string = PolicyName>({
  policy,
  wmarks = true,
}: {
  readonly policy?: P;
  readonly wmarks?: boolean;
}): P | 'rfc' | 'none' => {
  const named = policy ?? RFC.name;
  return named === RFC.name && !wmarks ? NONE.name : named;
};

export function newOwn(options: Omit<KernelOptions, 'policy'> & { readonly policy: string }): Own {
  const policy = policyIn(options);
  return {
    errata: errataOf(options.errata),
    policy,
    wmarks: policy === RFC.name,
    reclaimd: options.reclaimd,
    dirtied: 0,
    dirtyExceeded: false,
    writeout: { events: 0, total: 0 },
  };
}

/** By policy: each has its own marks. */
const FIGURE_NAMES: ReadonlyMap<string, FigureNames> = new Map(
  POLICIES.map((name): [string, FigureNames] => {
    const { start, stop } = policyNamed(name);
    return [
      name,
      {
        usage: { title: 'usage', file: 'usage_in_bytes' },
        peak: { title: 'max', file: 'max_usage_in_bytes' },
        limit: { title: 'limit', name: 'limit', file: 'limit_in_bytes' },
        high: start && { title: 'start at', name: 'start', file: start.file },
        low: stop && { title: 'stop at', name: 'stop', file: stop.file },
        first: 'limit failures',
        counts: [
          {
            title: 'failures',
            noun: 'limit failure',
            column: 'failcnt',
            file: 'failcnt',
            at: 'memory.failcnt',
            key: null,
          },
        ],
      },
    ];
  }),
);
export function figureNames(options: Partial<KernelOptions>): FigureNames {
  const names = FIGURE_NAMES.get(policyIn(options));
  if (names === undefined) throw new Error(`no policy ${options.policy}`);
  return names;
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
