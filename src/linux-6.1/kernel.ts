import { exactSize } from '../kernel/numbers.ts';
import { bytesOf, type Pages, pages, UNSET_PAGES } from '../kernel/units.ts';
import type { FigureNames, WatermarkState } from '../mm/figures.ts';
import type { Kernel } from '../mm/kernel.ts';
import { reclaimStatOf } from '../mm/memcg-stat.ts';
import { kthreadRun } from '../mm/process.ts';
import { DONE } from '../mm/types.ts';
import { hasRoom, tryCharge } from './charge.ts';
import { beginCall, genericFileRead, genericFileWrite, openFile } from './filemap.ts';
import { taskJoined, taskLeaves } from './freezer.ts';
import { treePages } from './lruvec.ts';
import { uncharge } from './memcontrol.ts';
import { addResident, anonymousFault, fileFault } from './memory.ts';
import { doNotifyResume } from './memory-high.ts';
import { PAGE_COUNTER_MAX } from './page-counter.ts';
import { freePageTable } from './page-tables.ts';
import { flusherStep } from './page-writeback.ts';
import { type AskedHere, proactiveReclaim } from './proactive-reclaim.ts';
import { readExactly } from './readahead.ts';
import { newCpu } from './stock.ts';
import { lruAddDrain } from './swap.ts';
import { freeSwap, swapRead, swapWritten } from './swap-state.ts';
import { sumOf } from './tree.ts';
import {
  ACTIVE_ANON,
  ACTIVE_FILE,
  INACTIVE_ANON,
  INACTIVE_FILE,
  type MemCgroup,
  type Mm,
  type OpenFile,
  type Own,
  type Task,
} from './types.ts';
import { dropPass, newPass } from './vmscan.ts';
import { freeLeaves, newXArrays } from './xarray.ts';

const reclaimStat = (memcg: MemCgroup) => reclaimStatOf(memcg, 'none', memcg.stat.bgCpu);

/** What a machine is bound to that runs 6.1: the same functions for all. */
export const KERNEL: Kernel = {
  tryCharge: (mm: Mm, task: Task) => tryCharge(mm, task),
  hasRoom,
  addResident: (mm: Mm, task: Task, slot, kind) => addResident(mm, task, slot, kind),
  uncharge,
  freeSwap,
  swapRead,
  swapWritten,
  unmapped: (mm: Mm, task: Task) => {
    lruAddDrain(mm, task.cpu);
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
  fileFault,
  openFile,
  beginCall,
  readExactly,
  genericFileRead,
  genericFileWrite,
  countWriteout: () => undefined,
  activatesItself: true,
  beginAlone: () => false,
  endAlone: () => undefined,
  pageWasRead: (file: OpenFile, page: number, slot: number) => {
    beginCall(file, page + 1, page + 1);
    readExactly(file, page + 1, page + 1);
    file.previous = page;
    file.runStart = slot;
  },

  newPass,
  taskJoined: (mm: Mm, task: Task) => taskJoined(mm, task),
  taskLeaves: (mm: Mm, task: Task) => taskLeaves(mm, task),
  startThreads: (mm: Mm) => {
    mm.flusher = kthreadRun(mm, 'flusher', 'kworker/u2:0-flush', 0);
  },
  reclaimerStep: () => {
    throw new Error('nobody reclaims in the background');
  },
  flusherStep,
  daemonExited: () => undefined,
  doNotifyResume,
  dropPass,

  usage,
  // Of the cgroup itself: nobody reclaims in the background.
  reclaimStat,
  figures: (mm: Mm, memcg: MemCgroup) => {
    const { id: _, events, memory } = memcg;
    const total = (count: (each: MemCgroup) => number): number => sumOf(mm, memcg, count);
    return {
      usage: usage(memcg),
      failcnt: events.max,
      state: stateOf(memory.usage, memory.high, memory.max),
      stat: reclaimStat(memcg),
      cache: pages(total((each) => each.file)),
      rss: pages(total((each) => each.anon)),
      pgpgin: memcg.stat.pgpgin,
      pgpgout: memcg.stat.pgpgout,
      active: pages(treePages(mm, memcg, ACTIVE_ANON) + treePages(mm, memcg, ACTIVE_FILE)),
      inactive: pages(treePages(mm, memcg, INACTIVE_ANON) + treePages(mm, memcg, INACTIVE_FILE)),
    };
  },
  showLimit: ({ memory }: MemCgroup) =>
    memory.max === PAGE_COUNTER_MAX ? 'max' : exactSize(bytesOf(pages(memory.max))),
};

export const FIGURE_NAMES: FigureNames = {
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

/** What it keeps of a machine with so many CPUs and so much swap. */
export const newOwn = ({ cpus, swap }: { readonly cpus: number; readonly swap: number }): Own => ({
  cpus: Array.from({ length: cpus }, newCpu),
  xarrays: newXArrays(),
  pageTables: new Uint16Array(),
  dirtied: 0,
  swapMemcg: new Uint16Array(swap + 1),
  swapEvictor: new Uint16Array(swap + 1),
  swapAge: new Int32Array(swap + 1),
  swapWrites: [],
  swapReadahead: new Map(),
});

const stateOf = (usage: number, high: number, max: number): WatermarkState => {
  if (usage > max) return 'RES_OVER_LIMIT';
  return usage > high ? 'RES_BELOW_LIMIT' : 'RES_BELOW_HIGH';
};

const markOf = (mark: number): Pages => (mark === PAGE_COUNTER_MAX ? UNSET_PAGES : pages(mark));

/** memory.low is no mark at which anybody stops, so there is none. */
function usage({ memory }: MemCgroup) {
  return {
    usage: pages(memory.usage),
    max: pages(memory.watermark),
    low: UNSET_PAGES,
    high: markOf(memory.high),
    limit: markOf(memory.max),
  };
}
