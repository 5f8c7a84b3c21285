import type { Random } from '../../src/kernel/random.ts';
import type { Observer } from '../../src/kernel/trace.ts';
import type { Errata } from '../../src/linux-2.6.26/errata.ts';
import type { Costs } from '../../src/mm/costs.ts';
import type { Behaviour, TraceBatch } from '../../src/task/behaviour.ts';
import type { Histogram } from './histogram.ts';
import type { ResCounter } from './res-counter.ts';
import type { Sched, StepEnd } from './sched.ts';
import type { Thread } from './thread.ts';

/**
 * The reference model: the memory management of the emulated kernel once more, slow and
 * obvious. A page is an object, an LRU list is a Set in the order in which pages came to its
 * head, a page table is a Map, and whatever may sleep is a generator that yields where its
 * thread gives up the CPU, so that it reads from top to bottom as the kernel's C does.
 */

export interface Page {
  readonly kind: 'page';
  readonly mapping: Mapping;
  readonly index: number;
  readonly node: number;
  readonly anonymous: boolean;
  memcg: MemCgroup;
  locked: boolean;
  referenced: boolean;
  dirty: boolean;
  writeback: boolean;
  /** PG_readahead: a read that comes here asks for the next window. */
  readahead: boolean;
  /** PageActive: where the page belongs; it is moved when a scan meets it (2.6.26). */
  active: boolean;
  /** The list that it is on. */
  onActiveList: boolean;
  mapped: boolean;
  /** The accessed bit of the page table entries that map it. */
  young: boolean;
}

/** It was here, and was evicted from that cgroup, whose refault it is when it comes back. */
export interface Shadow {
  readonly kind: 'shadow';
  readonly memcg: MemCgroup;
}

export interface Swapped {
  readonly kind: 'swapped';
  readonly entry: number;
}

export interface Mapping {
  readonly name: string;
  readonly anonymous: boolean;
  /** By page index; nothing where nothing ever was. */
  readonly pages: Map<number, Page | Shadow | Swapped>;
  /** Where it lies on the disk: extent numbers by page index / 512, -1 for none. */
  extents: number[];
  length: number;
  nrDirty: number;
  dirtiedWhen: number;
  /** Where the flusher goes on. */
  writebackPage: number;
}

/** Oldest first. */
export type LruList = Set<Page>;

export interface Lists {
  readonly active: LruList;
  readonly inactive: LruList;
}

export interface MemCgroup {
  readonly order: number;
  path: string;
  readonly res: ResCounter;
  /** By node. */
  readonly lists: readonly Lists[];
  readonly stat: Stat;
  nrTasks: number;
  daemon: Task | null;
  /** waitqueue_active() */
  daemonWaits: boolean;
  prevPriority: number;
  zeroPasses: number;
  stuckPasses: number;
  stuckUsage: number;
  warnedUsage: number;
  leakedRefs: number;
  removed: boolean;
}

export interface Stat {
  cache: number;
  rss: number;
  pgpgin: number;
  pgpgout: number;
  overHigh: number;
  bgWakeups: number;
  bgSleeps: number;
  bgPasses: number;
  bgZeroPasses: number;
  bgScanned: number;
  bgReclaimed: number;
  readonly bgPassesFrom: number[];
  bgCpu: number;
  directPasses: number;
  directScanned: number;
  directReclaimed: number;
  refaults: number;
  writebackPages: number;
  swapOut: number;
  swapIn: number;
  oomKills: number;
  readonly stalls: Histogram;
}

/** A thread's work: it yields how each of its steps ends, and answers at its end. */
export type Work<T> = Generator<StepEnd, T, undefined>;
/** A task's work yields what its steps end with: see tasks.ts. */
export type TaskWork<T> = Generator<Pause, T, undefined>;
/** A call has ended; a call sleeps or gives others a turn; the task sleeps in user mode. */
export type Pause = 'call-ended' | 'in-call' | 'paused';

export interface Vma {
  readonly mapping: Mapping;
  readonly pages: number;
}

export interface Readahead {
  enabled: boolean;
  start: number;
  size: number;
  asyncSize: number;
  /** The page read last; -1 for none. */
  previous: number;
  /** The batch in hand: its next page, its end, and the page that gets the marker. */
  batchNext: number;
  batchEnd: number;
  batchMarker: number;
  /** Blocks of pages that were added and not yet handed to the disk. */
  runStart: number;
  runLength: number;
}

export interface OpenFile {
  readonly mapping: Mapping;
  readonly ra: Readahead;
  /** The pages of the call in hand. */
  index: number;
  last: number;
  /** The page for which read-ahead was already tried; -1 for none. */
  tried: number;
}

export interface Task extends Thread {
  readonly name: string;
  readonly kind: 'task' | 'sh' | 'memcontd' | 'pdflush';
  readonly node: number;
  memcg: MemCgroup;
  readonly reclaims: MemCgroup | null;
  anon: Mapping | null;
  anonPages: number;
  vmas: Vma[];
  readonly openFiles: Map<string, OpenFile>;
  /** What a kernel thread does. */
  thread: Work<undefined> | null;
  behaviour: Behaviour | null;
  /** What a task does; true at its end: a page fault found no memory. */
  work: TaskWork<boolean> | null;
  /** Touches, faults or records done in the step in hand. */
  doneInStep: number;
  /** Whenever a call goes on, its file is as long as what is read of it. */
  reads: { readonly mapping: Mapping; readonly end: number } | null;
  killed: boolean;
  stopPending: boolean;
  shouldStop: boolean;
  stopRequested: boolean;
  inKernel: boolean;
  finished: boolean;
  outcome: 'ended' | 'stopped' | 'killed';
  stallTime: number;
  pagesWritten: number;
}

export interface Request {
  readonly start: number;
  count: number;
  doneAt: number;
}

export interface Waiter {
  readonly task: Task;
  readonly block: number;
}

export interface Device {
  readonly index: number;
  readonly write: boolean;
  readonly latency: number;
  readonly perRequest: number;
  readonly perPage: number;
  freeAt: number;
  submitted: number;
  completed: number;
  readonly queue: Request[];
  waiters: Waiter[];
}

export interface SwapEntry {
  used: boolean;
  /** The page that is being written out. */
  writing: Page | null;
}

export interface Mm {
  readonly sched: Sched<Task>;
  readonly costs: Costs;
  readonly errata: Errata;
  readonly reclaimd: boolean;
  readonly nodes: number;
  readonly nrPages: number;
  /** Free pages by node. */
  readonly nrFree: number[];
  readonly files: Map<string, Mapping>;
  /** By extent number: whose it is, and which of its 512 pages; null: free. */
  readonly extents: ({ readonly mapping: Mapping; readonly at: number } | null)[];
  /** Given back; the last goes first. */
  readonly freeExtents: number[];
  /** In order of creation, the first is nobody; null: removed. */
  readonly memcgs: (MemCgroup | null)[];
  readonly nobody: MemCgroup;
  readonly root: MemCgroup;
  readonly tasks: Task[];
  nextPid: number;
  readonly devices: Device[];
  /** Entry 0 is none. */
  readonly swap: SwapEntry[];
  nextSwap: number;
  nrDirty: number;
  nrWriteback: number;
  readonly dirtyMappings: Mapping[];
  dirtied: number;
  dirtyExceeded: boolean;
  readonly writeout: { events: number; total: number };
  flushRequest: number;
  flusher: Task | null;
  /** In the order in which they came. */
  readonly congestion: Set<Task>;
  readonly random: Random;
  /** A trace can't go on before it is fed. */
  needs: { readonly source: string; readonly task: Task; feed(records: TraceBatch): void } | null;
  observer: Observer | null;
}
