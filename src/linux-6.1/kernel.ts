import { exactSize } from '../kernel/numbers.ts';
import { clock } from '../kernel/sched.ts';
import { bytesOf, type Pages, pages, UNSET_PAGES } from '../kernel/units.ts';
import type { CgroupUsage, FigureNames, MemCgroupFigures, WatermarkState } from '../mm/figures.ts';
import type { Kernel } from '../mm/kernel.ts';
import { reclaimStatOf } from '../mm/memcg-stat.ts';
import { kthreadRun } from '../mm/process.ts';
import { DONE } from '../mm/types.ts';
import { daemonExited, reclaimerStep, stateOf } from './background.ts';
import { newThrottle } from './blk-wbt.ts';
import { hasRoom, tryCharge } from './charge.ts';
import { fileFault } from './file-fault.ts';
import { beginCall, genericFileRead, genericFileWrite, openFile } from './filemap.ts';
import { takeFolios } from './folios.ts';
import { taskJoined, taskLeaves } from './freezer.ts';
import { beginAlone, beginTouches, clearWay, endAlone, pageWasRead } from './lone-read.ts';
import { treePages } from './lruvec.ts';
import { uncharge } from './memcontrol.ts';
import { addResident, anonymousFault } from './memory.ts';
import { doNotifyResume } from './memory-high.ts';
import { PAGE_COUNTER_MAX } from './page-counter.ts';
import { freeFileTables, freePageTable } from './page-tables.ts';
import { flusherStep } from './page-writeback.ts';
import { policyNamed } from './policies.ts';
import { type AskedHere, proactiveReclaim } from './proactive-reclaim.ts';
import { forgetDoing, taskChanged } from './psi.ts';
import { readExactly } from './readahead.ts';
import { newCpu } from './stock.ts';
import { lruAddDrain, rotateReclaimable } from './swap.ts';
import { freeSwap, freeSwapOf, memoryWritten, swapRead } from './swap-state.ts';
import { sumOf } from './tree.ts';
import {
  ACTIVE_ANON,
  ACTIVE_FILE,
  INACTIVE_ANON,
  INACTIVE_FILE,
  type MemCgroup,
  type Mm,
  type Own,
  type Task,
} from './types.ts';
import { dropPass, newPass } from './vmscan.ts';
import { clearShadowEntry, freeLeaves } from './xarray.ts';

const reclaimStat = (memcg: MemCgroup) =>
  reclaimStatOf(memcg, stateOf(memcg), memcg.stat.bgCpu + (memcg.daemon?.sumExec ?? 0));

/** What a machine is bound to that runs 6.1: the same functions for all, and the rule of its policy. */
export function bind({ policy, psi }: Own): Mm['kernel'] {
  const rule = policyNamed(policy);
  const marksOf = rule.stop === null ? kernelMarks : ruleMarks;
  return {
    ...KERNEL,
    rule,
    ...(psi && { taskChanged }),
    usage: (memcg: MemCgroup) => usage(memcg, marksOf(memcg)),
    figures: (mm: Mm, memcg: MemCgroup) => figures(mm, memcg, marksOf(memcg)),
  };
}

const KERNEL: Omit<Kernel, 'usage' | 'figures'> = {
  tryCharge: (mm: Mm, task: Task) => tryCharge(mm, task),
  hasRoom,
  addResident: (mm: Mm, task: Task, slot, kind) => addResident(mm, task, slot, kind),
  uncharge: (mm: Mm, pfn) => {
    freeSwapOf(mm, pfn);
    uncharge(mm, pfn);
  },
  freeSwap,
  memoryWritten: (mm: Mm, slot) => memoryWritten(mm, mm.tables.slots[slot]),
  swapRead,
  // It was there when the lists were through: finishPlug().
  swapWritten: () => undefined,
  unmapped: (mm: Mm, task: Task) => {
    lruAddDrain(mm, task.cpu);
    if (task.vmas.length === 0) freeFileTables(mm);
    if (task.anonPages === 0) mm.own.swapReadahead.delete(task.anon);
  },
  chunkFreed: (mm: Mm, chunk) => {
    freeLeaves(mm, chunk);
    freePageTable(mm, chunk);
  },
  // rmdir leaves the pages where they are, charged to what was removed.
  forceEmpty: () => DONE,
  proactiveReclaim: (mm: Mm, task: Task, memcg: MemCgroup, asked) =>
    proactiveReclaim(mm, task, memcg, asked as AskedHere),

  anonymousFault,
  anonymousRun: () => 0,
  fileFault,
  openFile,
  beginCall,
  readExactly,
  genericFileRead,
  genericFileWrite,
  clearShadowEntry,
  rotateReclaimable,
  countWriteout: () => undefined,
  // Of the recorded machine, user-mode-linux.
  setsAccessed: false,
  beginAlone,
  clearWay,
  endAlone,
  beginTouches,
  endTouches: takeFolios,
  pageWasRead,

  newPass,
  taskJoined: (mm: Mm, task: Task) => {
    taskJoined(mm, task);
    mm.kernel.taskChanged?.(mm, task, clock(mm.sched));
  },
  taskLeaves: (mm: Mm, task: Task) => {
    forgetDoing(mm, task);
    taskLeaves(mm, task);
  },
  startThreads: (mm: Mm) => {
    mm.flusher = kthreadRun(mm, 'flusher', 'kworker/u2:0-flush', 0);
  },
  reclaimerStep,
  flusherStep,
  daemonExited,
  doNotifyResume,
  dropPass,

  reclaimStat,
  showLimit: ({ memory }: MemCgroup) =>
    memory.max === PAGE_COUNTER_MAX ? 'max' : exactSize(bytesOf(pages(memory.max))),
};

const FIGURE_NAMES: FigureNames = {
  usage: { title: 'usage', file: 'memory.current' },
  peak: { title: 'peak', file: 'memory.peak' },
  limit: { title: 'max', name: 'max', file: 'memory.max' },
  high: { title: 'high', name: 'high', file: 'memory.high' },
  low: null,
  first: 'refaults',
  counts: ['max', 'high'].map((key) => ({
    title: `${key} events`,
    noun: `${key} event`,
    column: `${key}-events`,
    file: `memory.events:${key}`,
    at: 'memory.events',
    key,
  })),
};

/** What it is booted with. */
export interface KernelOptions {
  /** Who reclaims in the background. */
  readonly policy: string;
  readonly reclaimd: boolean;
  readonly cpus: number;
  readonly swap: number;
  /** Pressure is counted, and memory.pressure is there. */
  readonly psi: boolean;
}

/** By policy: each has its own marks. */
export function figureNames(policy: string): FigureNames {
  const { start, stop } = policyNamed(policy);
  return {
    ...FIGURE_NAMES,
    ...(start && start.file !== 'high' && { high: { title: 'start at', name: 'start', file: shown(start) } }),
    low: stop && { title: 'stop at', name: 'stop', file: shown(stop) },
  };
}

const shown = ({ file }: { readonly file: string }): string => `memory.${file}`;

export const newOwn = ({ policy, reclaimd, cpus, swap, psi }: KernelOptions): Own => ({
  policy,
  reclaimd,
  psi,
  cpus: Array.from({ length: cpus }, newCpu),
  stats: { updates: 0, pending: 0, changed: [], due: 0 },
  trees: new Map(),
  pageTables: new Uint16Array(),
  dirtied: 0,
  swapMemcg: new Uint16Array(swap + 1),
  swapEvictor: new Uint16Array(swap + 1),
  swapAge: new Int32Array(swap + 1),
  swapWrites: [],
  throttle: newThrottle(),
  swapEntry: new Map(),
  slotsRet: [],
  slotCache: false,
  swapReadahead: new Map(),
});

/** Where reclaim starts and stops, pages. */
interface Marks {
  readonly high: number;
  readonly low: number;
}

/** memory.low is no mark at which anybody stops. */
const kernelMarks = ({ memory }: MemCgroup): Marks => ({ high: memory.high, low: PAGE_COUNTER_MAX });
const ruleMarks = ({ background: { start, stop } }: MemCgroup): Marks => ({ high: start, low: stop });

function watermarkState({ memory: { usage, max } }: MemCgroup, { high, low }: Marks): WatermarkState {
  if (usage > max) return 'RES_OVER_LIMIT';
  if (usage > high) return 'RES_BELOW_LIMIT';
  return low !== PAGE_COUNTER_MAX && usage <= low ? 'RES_BELOW_LOW' : 'RES_BELOW_HIGH';
}

const markOf = (mark: number): Pages => (mark === PAGE_COUNTER_MAX ? UNSET_PAGES : pages(mark));

const usage = ({ memory }: MemCgroup, { high, low }: Marks): CgroupUsage => ({
  usage: pages(memory.usage),
  max: pages(memory.watermark),
  low: markOf(low),
  high: markOf(high),
  limit: markOf(memory.max),
});

function figures(mm: Mm, memcg: MemCgroup, marks: Marks): MemCgroupFigures {
  const total = (count: (each: MemCgroup) => number): number => sumOf(mm, memcg, count);
  return {
    usage: usage(memcg, marks),
    failcnt: memcg.events.max,
    state: watermarkState(memcg, marks),
    stat: reclaimStat(memcg),
    cache: pages(total((each) => each.file)),
    rss: pages(total((each) => each.anon)),
    pgpgin: memcg.stat.pgpgin,
    pgpgout: memcg.stat.pgpgout,
    active: pages(treePages(mm, memcg, ACTIVE_ANON) + treePages(mm, memcg, ACTIVE_FILE)),
    inactive: pages(treePages(mm, memcg, INACTIVE_ANON) + treePages(mm, memcg, INACTIVE_FILE)),
  };
}
