import type * as fs from '../fs/types.ts';
import type { Sched, StepEnd } from '../kernel/sched.ts';
import type * as machine from '../mm/kernel.ts';
import type * as mm from '../mm/types.ts';
import type { PolicyState } from '../policy/card.ts';
import type { PageCounter } from './page-counter.ts';

/** What this kernel keeps of the machine, its cgroups, tasks and open files beside what every kernel does. */

/** The lists of a cgroup on a node: enum lru_list. An active one stands behind its inactive one. */
export const INACTIVE_ANON = 0;
export const ACTIVE_ANON = 1;
export const INACTIVE_FILE = 2;
export const ACTIVE_FILE = 3;
export const LISTS = 4;

/** What is counted by kind of page: [anonymous, file]. */
export type ByKind = [anon: number, file: number];

/** A cgroup's lists on a node, beside the lists: struct lruvec. */
export interface Lruvec {
  /** How many pages have left the inactive lists' old end, or passed it: the clock of shadow entries. */
  nonresidentAge: number;
  /** What it lately cost to reclaim from either kind: anonymous pages and files. */
  cost: ByKind;
  /** Activated refaults (`activate` of Events) when the last reclaim ended. */
  readonly refaults: ByKind;
}

/** What was last added up of a cgroup: pages of each list by node, and activated refaults; its own, and with all below it. */
export interface Rstat {
  /** Something of it has changed since. */
  isChanged: boolean;
  readonly own: number[];
  readonly tree: number[];
}

/** memory.events, or memory.events.local. */
export interface Events {
  low: number;
  high: number;
  max: number;
  oom: number;
  oomKill: number;
  oomGroupKill: number;
}

/** What memory.stat counts, of the cgroup's own pages; removed children's are among them. */
export interface Counts {
  pgfault: number;
  pgmajfault: number;
  pgscanKswapd: number;
  pgscanDirect: number;
  pgstealKswapd: number;
  pgstealDirect: number;
  pgrefill: number;
  pgactivate: number;
  pgdeactivate: number;
  refault: ByKind;
  activate: ByKind;
  restore: ByKind;
  nodereclaim: number;
}

/** What struct cgroup keeps beside memory. */
export interface CgroupState {
  /** Controllers that are enabled for those below, by their bits (see cgroup.ts). */
  subtreeControl: number;
  /** Its tasks are threads of processes of its domain. */
  threaded: boolean;
  /** PAGE_COUNTER_MAX: as many as there may be. */
  maxDepth: number;
  maxDescendants: number;
  freeze: boolean;
  /** It is frozen, or something above is. */
  effectiveFreeze: boolean;
  /** CPU time of tasks, ns, less what those that are here had used before they came. */
  cpuTime: number;
  pidsMax: number;
  pidsPeak: number;
  /** zswap itself is not emulated. */
  zswapMax: number;
}

/** What psi keeps of a cgroup: see psi.ts. Times are ns; averages are percents in units of 1/2048. */
export interface PressureState {
  /** It is counted (cgroup.pressure). */
  enabled: boolean;
  /** How many tasks there and below do what, and since when that is so. */
  readonly tasks: number[];
  since: number;
  nextUpdate: number;
  lastUpdate: number;
  readonly cpu: Stalls;
  readonly io: Stalls;
  readonly memory: Stalls;
}

/** For want of one resource: some task was held up; all that could have run. */
export interface Stalls {
  readonly some: Pressure;
  readonly full: Pressure;
}

export interface Pressure {
  total: number;
  /** What of it the averages know. */
  told: number;
  readonly averages: number[];
}

/** memory.swap.events */
export interface SwapEvents {
  high: number;
  max: number;
  fail: number;
}

/** Where the thread that reclaims a cgroup in the background stands. */
export interface Background {
  /** Reclaim starts above this and stops at or below that, pages; PAGE_COUNTER_MAX: nowhere. */
  start: number;
  stop: number;
  /** It waits for a charge that leaves the usage above `start`. */
  waits: boolean;
  /** Passes in a row that freed nothing. */
  zeroPasses: number;
}

export interface MemCgroup extends mm.MemCgroup {
  /** By id; 0 for none, the root's. */
  parent: number;
  /** cgroup_e_css(): whom its tasks' memory is charged to, the nearest at or above that has memory control. */
  effective: number;
  readonly cgroup: CgroupState;
  readonly swapEvents: SwapEvents;
  readonly pressure: PressureState;
  readonly background: Background;
  /** What the rule of background reclaim keeps of it; null: nothing. */
  policy: PolicyState | null;
  /** Ids in order of creation, the removed that still have pages too. */
  readonly children: number[];
  readonly memory: PageCounter;
  readonly swap: PageCounter;
  readonly events: Events;
  readonly eventsLocal: Events;
  oomGroup: boolean;
  /** mem_cgroup_online(): false after rmdir, while pages are left. */
  online: boolean;
  /** By node. */
  readonly lruvecs: Lruvec[];
  readonly counts: Counts;
  readonly rstat: Rstat;
  /** Pages of its own: anonymous, files, mapped files, and shared memory (which is file too). */
  anon: number;
  file: number;
  fileMapped: number;
  shmem: number;
  /** Anonymous pages that no task has mapped: they have a swap entry, and are not among `anon`. */
  swapCached: number;
  /** Nodes of the page cache's index that are charged to it and hold nothing but shadow entries, the oldest such first. */
  readonly shadowNodes: Set<number>;
  /** What shrinking them is behind with (nr_deferred of the shrinker). */
  shadowDeferred: number;
  /** Kernel memory, pages; and bytes of it in objects (as far as CPUs have told), and that no stock holds (nr_charged_bytes). */
  kmem: number;
  slab: number;
  objBytes: number;
  /** Page tables of its tasks, pages. */
  pageTables: number;
}

/** struct scan_control, and where the pass stands. */
export interface Pass {
  active: boolean;
  target: number;
  wanted: number;
  priority: number;
  reclaimed: number;
  /** Pages looked at, for the statistics. */
  looked: number;
  readonly mayDeactivate: [anon: boolean, file: boolean];
  forceDeactivate: boolean;
  skippedDeactivate: boolean;
  cacheTrimMode: boolean;
  lowReclaim: boolean;
  lowSkipped: boolean;
  readonly cost: ByKind;
  /** Its task is held up for want of memory, as psi counts it; it waits for a page of the working set. */
  memstall: boolean;
  thrashing: boolean;
  /** What psi knows the task to do (see psi.ts). */
  doing: number;
  /** Pages are being written to swap. */
  swapping: boolean;
  /** Dirty pages of files that it met in a node, those on their way to the disk included; and of these whom it met there before. */
  dirty: number;
  congested: number;
  /** It may sleep. */
  patient: boolean;
  /** Asleep in reclaim_throttle(), and since when, ns. */
  napping: boolean;
  napSince: number;
}

/** Where a charge stands that has met a limit, or went above memory.high. */
export interface Charge {
  /** Pages that are charged at once: a batch, or 1 once that did not fit. */
  batch: number;
  retries: number;
  drained: boolean;
  /** The OOM killer has run for it. */
  passedOom: boolean;
  /** It is charged, and its task works off what it has above memory.high. */
  over: boolean;
  /** __GFP_NORETRY: read-ahead, which does without. */
  noRetry: boolean;
  /** The cgroup whose limit the pass in hand is for; 0 for none. */
  limited: number;
  /** Passes over the whole machine that were for nothing; 0: none is in hand. */
  globalTries: number;
  /** When it met the first limit, ns; -1 for none. */
  since: number;
}

/** What a task has charged above memory.high, and where mem_cgroup_handle_over_high() stands. */
export interface OverHigh {
  pages: number;
  /** When that began, ns; -1: it has not yet. */
  since: number;
  /** Of the round in hand: pages that each cgroup is to give, the cgroup that is next, and what came. */
  owed: number;
  wanted: number;
  next: number;
  freed: number;
  retries: number;
  /** It sleeps until then, ns; 0: it is not throttled. */
  until: number;
}

export interface Task extends mm.Task {
  readonly pass: Pass;
  charge: Charge | null;
  overHigh: OverHigh | null;
}

/** struct file, with its struct file_ra_state, and the read or write in hand. */
export interface OpenFile extends mm.OpenFile {
  start: number;
  size: number;
  asyncSize: number;
  /** Of a mapping: faults that missed the page cache, less pages that were found there (ra->mmap_miss). */
  mmapMiss: number;
  /** The page for which read-ahead was already tried; -1 for none. Of a mapping: the page whose fault is tried again. */
  tried: number;
  /** The window being charged: next page, end, and the page that gets the marker; none when next = end. */
  batchNext: number;
  batchEnd: number;
  batchMarker: number;
  /** Slots that it has added and not yet handed to the disk. */
  runStart: number;
  runLength: number;
  /** A write is to look at the limits for dirty pages before it goes on. */
  balancing: boolean;
}

/** A CPU's stock of charged pages: struct memcg_stock_pcp; and its batch of pages that go to a list. */
export interface Cpu {
  memcg: number;
  pages: number;
  /** One page charged for this cgroup that a task is about to use, beside the stock; 0: none. */
  reserved: number;
  /** Whose bytes of kernel memory are left over of the last page; 0: nobody's. */
  objMemcg: number;
  objBytes: number;
  /** Bytes in objects that its statistics have not heard of yet. */
  slab: number;
  /** lru_add of struct cpu_fbatches: pfns. */
  readonly batch: number[];
}

/** A node of the page cache's index above the leaves: whose it is, and how many nodes are below it. */
export interface PageTreeNode {
  owner: number;
  children: number;
}

/** A file's tree: how many levels of nodes it has (0: page 0 alone; -1: nothing), and its nodes above the leaves. */
export interface PageTree {
  height: number;
  readonly inner: Map<number, PageTreeNode>;
}

/** swap_readahead_info of a vma: the page that was asked for last, its window, and pages of that which were wanted. */
export interface SwapReadahead {
  page: number;
  window: number;
  hits: number;
}

/**
 * Who reclaims in the background, and when: what the machine runs of a policy's card. What is left out
 * does nothing.
 */
export interface Rule {
  /** Of a new cgroup; some knobs are its parent's. */
  newState?(parent: MemCgroup | null): PolicyState;
  /** Where reclaim starts (above) and stops (at or below), pages; null: nowhere. Left out: marks are written themselves. */
  marks?(memcg: MemCgroup): { readonly start: number; readonly stop: number } | null;
  /** The name of the cgroup's thread, once new marks were made; null: it needs none, or none yet. */
  thread?(memcg: MemCgroup): string | null;
  /** No charge wakes the thread: it looks by the clock. */
  readonly byTheClock?: true;
  /** One step of the cgroup's thread. */
  step?(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd;
  /** Who charges above memory.high reclaims when he would be held for it, not before. */
  readonly lenient?: true;
}

/** struct rq_wb, of the swap device (see blk-wbt.ts). */
export interface WriteBackThrottle {
  /** -scale_step: the depth was doubled so often. */
  doubled: number;
  /** Windows in a row that said nothing. */
  unknown: number;
  /** When the window ends, ns; 0: none is open. */
  until: number;
  /** Requests in it. */
  reads: number;
  writes: number;
  /** ns */
  lastRead: number;
}

export interface Own {
  /** Pressure is counted. */
  readonly psi: boolean;
  /** Who reclaims in the background. */
  readonly policy: string;
  /** false: no reclaimer is ever run, all writes are answered as before. */
  readonly reclaimd: boolean;
  readonly cpus: Cpu[];
  /** How far statistics are behind (see rstat.ts): changes, batches of changes, whose (ids), and when they are added up at the latest, ns. */
  readonly stats: { updates: number; pending: number; readonly changed: number[]; due: number };
  /** By mapping. */
  readonly trees: Map<number, PageTree>;
  /** By chunk: whose its page table is, of anonymous memory that was touched; 0: there is none. */
  pageTables: Uint16Array;
  /** Pages dirtied since the limits were last looked at. */
  dirtied: number;
  /** By swap entry: whom it is charged to; who evicted its page, and when by its clock (see workingset.ts). */
  readonly swapMemcg: Uint16Array;
  readonly swapEvictor: Uint16Array;
  readonly swapAge: Int32Array;
  /** Requests in the plug, and on their way, for runs of swap entries: of the lists that are being looked at. */
  readonly swapWrites: { start: number; count: number }[];
  readonly throttle: WriteBackThrottle;
  /** By frame that is mapped: the entry that it was read from, and keeps. PG_DIRTY: it was written since. */
  readonly swapEntry: Map<number, number>;
  /** Entries that nobody needs, and whether they are given back in batches. */
  readonly slotsRet: number[];
  slotCache: boolean;
  /** By anonymous mapping. */
  readonly swapReadahead: Map<number, SwapReadahead>;
}

export interface Mm extends machine.Mm {
  readonly own: Own;
  /** With the rule that `own.policy` names. */
  readonly kernel: machine.Kernel & { readonly rule: Rule };
  readonly sched: Sched<Task>;
  readonly memcgs: (MemCgroup | null)[];
  readonly tasks: Task[];
}

/** A control file of a machine with this kernel. */
export type ControlFile = fs.ControlFile<Mm, MemCgroup>;
export type Cgroup = fs.Cgroup<MemCgroup>;
export type Cgroupfs = fs.Cgroupfs<Mm, MemCgroup>;
