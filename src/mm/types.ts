import type { Histogram } from '../kernel/histogram.ts';
import type { Random } from '../kernel/random.ts';
import type { Sched, StepEnd } from '../kernel/sched.ts';
import type { Thread } from '../kernel/thread.ts';
import type { Observer } from '../kernel/trace.ts';
import type { Pages } from '../kernel/units.ts';
import type { WaitQueue } from '../kernel/wait.ts';
import type { Errata } from '../linux-2.6.26/errata.ts';
import type { OpenFile } from '../linux-2.6.26/filemap.ts';
import type { ResCounter } from '../linux-2.6.26/res-counter.ts';
import type { Costs } from './costs.ts';
import type { PageCore } from './page-core.ts';
import type { PageWaiters } from './page-waiters.ts';

/**
 * The state of the emulated memory management (the kernel's mm_types.h): plain
 * data throughout, so that a machine can be saved, loaded and forked. Page
 * numbers, list heads and slots are indices; what stands behind them is said
 * where they are declared.
 */

/** What a function answers that may have to sleep half way. */
export const DONE = 0;
export const FAILED = 1;
/** The task sleeps, or gives others a turn: call again with the same state. */
export const SUSPENDED = 2;
export type Status = typeof DONE | typeof FAILED | typeof SUSPENDED;

/** Page frames, by page frame number (pfn) from 1. */
export interface Frames {
  /** The slot of a page table that points here; -1 for none. */
  slot: Int32Array;
  /** PG_* of page-flags.ts. */
  flags: Uint16Array;
  /** The cgroup it is charged to; 0 is nobody. */
  memcg: Uint16Array;
  /** The pfns that were used and are free, a stack. */
  freed: Int32Array;
}

/** The lists that pages are on (core/lists.ts), by number: listOf() of frames.ts. */
export interface LruLists {
  /** By pfn: its place, while it is on a list. */
  place: Int32Array;
  /** By place: the page there; 0 for none. */
  pfn: Int32Array;
  /** By block of places: how many are used, its list, and its neighbours there; 0 for none. */
  used: Uint8Array;
  list: Int32Array;
  older: Int32Array;
  younger: Int32Array;
  /** By list: where its oldest page is looked for, where the next page goes, and its pages. */
  oldest: Int32Array;
  end: Int32Array;
  length: Int32Array;
}

/**
 * Page tables of files and of tasks' anonymous memory: one arena of slots in
 * chunks, each chunk SLOTS_PER_CHUNK consecutive pages of one mapping.
 */
export interface PageTables {
  /** By slot: a pfn, or 0 nothing, or a shadow entry, or a swap entry (page-table.ts). */
  slots: Int32Array;
  /** By slot, 1: the accessed bit of the entries that map the page, pte_young(). Never set where no page is mapped. */
  young: Uint8Array;
  /** By chunk: its mapping, -1 when free. */
  chunkMapping: Int32Array;
  /** Dirty pages by chunk, so that the flusher needn't look at all. */
  chunkDirty: Int32Array;
  chunks: number;
  freeChunks: number[];
}

/** A file's page cache or a task's anonymous memory (address_space). */
export interface Mapping {
  readonly id: number;
  readonly anonymous: boolean;
  readonly name: string;
  /** Chunk numbers by page >> CHUNK_SHIFT; -1 where there is none. */
  directory: Int32Array;
  /** Length in pages: the end of file, or of the anonymous memory. */
  length: number;
  nrDirty: number;
  /** When its oldest dirty page became dirty, ns. */
  dirtiedWhen: number;
  /** Where the flusher goes on. */
  writebackPage: number;
  /** Tasks that have it mmapped (mapping_mapped()). */
  mmapped: number;
}

/** Counters of memory.stat and memory.reclaim_stat that are not lists' lengths. */
export interface MemCgroupStat {
  cache: number;
  rss: number;
  pgpgin: number;
  pgpgout: number;
  /** Charges that ended above high, and wake-ups that they made. */
  overHigh: number;
  bgWakeups: number;
  bgSleeps: number;
  bgPasses: number;
  bgZeroPasses: number;
  bgScanned: number;
  bgReclaimed: number;
  /** Passes of the reclaimer by the node that they began with. */
  readonly bgPassesFrom: number[];
  /** CPU of reclaimers that have ended. */
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

export interface MemCgroup {
  readonly id: number;
  readonly res: ResCounter;
  readonly stat: MemCgroupStat;
  /** The path it has now, for messages and events. */
  path: string;
  /** Tasks in it, for the emptiness checks. */
  nrTasks: number;
  /** memcontd, null when none was started. */
  daemon: Task | null;
  /** waitqueue_active(): the daemon is on its wait queue. */
  daemonWaits: boolean;
  prevPriority: number;
  /** Passes in a row that freed nothing, those of them at the same usage, and the usage last warned about. */
  zeroPasses: number;
  stuckPasses: number;
  stuckUsage: number;
  warnedUsage: number;
  /** Errata force-empty-ref-leak: references that never came back. */
  leakedRefs: number;
  readonly order: number;
  /** What the rule of background reclaim keeps of it; null: nothing. */
  policy: PolicyState | null;
}

/** A policy's knobs as they were written, and how far its reclaimer is: plain data of its card, opaque here. */
export interface PolicyState {
  readonly rule: string;
}

/**
 * Who reclaims in the background, and when: what the machine runs of a policy's card. What is left out
 * does nothing. It speaks to the charge path through the counter's marks and `heeds` alone.
 */
export interface Rule {
  /** Of a new cgroup; some knobs are its parent's. */
  newState?(parent: MemCgroup | null): PolicyState;
  /** Where reclaim starts (above) and stops (at or below), pages; null: nowhere. Left out: marks are written themselves. */
  marks?(memcg: MemCgroup): { readonly start: Pages; readonly stop: Pages } | null;
  /** The name of the cgroup's thread, once new marks were made; null: it needs none, or none yet. */
  thread?(memcg: MemCgroup): string | null;
  /** After new marks were made. */
  marked?(mm: Mm, memcg: MemCgroup): void;
  /**
   * A charge of `count` pages has left the usage above where reclaim starts, first at `usage`: whether a
   * reclaimer that waits is to be woken. Left out: always.
   */
  heeds?(mm: Mm, memcg: MemCgroup, usage: number, count: number): boolean;
  /** One step of the cgroup's thread. */
  step?(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd;
}

/** Pages that somebody wants freed, and how far that is. */
export interface Asked {
  left: number;
  /** The usage below which nothing more is wanted, pages. */
  readonly above: number;
  /** Passes that may still free nothing. */
  retries: number;
}

/** Where a reclaim pass stands (scan_control and the loop around it). */
export interface Pass {
  active: boolean;
  background: boolean;
  memcg: number;
  priority: number;
  /** Asleep in congestion_wait() between two priorities. */
  napping: boolean;
  /** Since when, ns. */
  napSince: number;
  /** The node it begins with. */
  node: number;
  reclaimed: number;
  /** sc->nr_scanned of this priority, and the sum of those before. */
  scanned: number;
  totalScanned: number;
  /** All pages looked at, for the statistics. */
  looked: number;
  /** It sleeps between two priorities whatever happens; else only while something is being written out. */
  patient: boolean;
}

/** Where a charge stands that has met the limit. */
export interface Charge {
  /** Refusals that it may still meet before the OOM killer runs. */
  retries: number;
  /** When the first refusal came, ns; -1 for none. */
  since: number;
  /** Machine-wide reclaim: next cgroup in order of creation; -1: none in hand. */
  globalNext: number;
  globalFreed: number;
}

/** memory.high: what a task has charged above it, and where its return to user mode stands. */
export interface OverHigh {
  pages: number;
  /** When it began to make up for them, ns; -1: it has not yet. */
  since: number;
  /** What it wants to free in the round in hand, and has freed. */
  wanted: number;
  freed: number;
  retries: number;
  /** It sleeps until then, ns; 0: it is not throttled. */
  until: number;
}

export interface Vma {
  readonly mapping: number;
  readonly pages: number;
}

export type TaskKind = 'task' | 'sh' | 'memcontd' | 'pdflush' | 'real';

/** Resident memory of a process by its kind, in pages. */
export interface Resident {
  readonly anon: number;
  readonly file: number;
  readonly shmem: number;
}

/** What a task stands for that is a process of the real world. */
export interface RealProcess {
  /** When it was started, in the real kernel's ticks: with its pid this is who it is. 0: nobody said. */
  readonly start: number;
  /** What it was last seen to hold. */
  seen: Resident;
  /** What it held when it joined: that stays where it was. */
  base: Resident;
  /** The mappings that stand for what it holds beyond that. */
  readonly mappings: Readonly<Record<keyof Resident, number>>;
  /** Pages were refused since all that it holds last fitted: said once. */
  refused: boolean;
  /** The OOM killer has chosen it, and it goes on. */
  spared: boolean;
}

/** task_struct with its mm. */
export interface Task extends Thread {
  name: string;
  readonly kind: TaskKind;
  /** Of kind `real`; else null. */
  readonly real: RealProcess | null;
  readonly node: number;
  /** The cgroup it is in. */
  memcg: number;
  /** memcontd: the cgroup that it reclaims; else 0. */
  readonly reclaims: number;
  /** Its anonymous memory, -1 for none. */
  anon: number;
  anonPages: number;
  readonly vmas: Vma[];
  /** Files that it has open, by name: a later stream goes on with the same read-ahead. */
  readonly openFiles: Map<string, OpenFile>;
  /** SIGKILL is pending, or has done its work. */
  killed: boolean;
  stopPending: boolean;
  shouldStop: boolean;
  /** memcontd and pdflush: where the loop stands. */
  phase: number;
  readonly pass: Pass;
  /** null: no charge in hand, or none that met the limit. */
  charge: Charge | null;
  /** What it has charged above memory.high since it was last in user mode; null: nothing. */
  overHigh: OverHigh | null;
  /** The slot of the locked page it waits for; -1 for none. */
  waitSlot: number;
  /** Total time in stalls, ns. */
  stallTime: number;
  /** Written on behalf of others in the balance_dirty_pages() in hand. */
  pagesWritten: number;
  /** Where a page fault stands that reads from swap. */
  faultStage: number;
  /** What it does, and how far that is: plain data of src/task, opaque here. */
  behaviour: { readonly kind: string } | null;
  progress: object | null;
  /** In the middle of a system call or fault: it can neither stop nor be stopped here. */
  inKernel: boolean;
  /** The behaviour has nothing left to do, and ends when the step in hand is over. */
  finished: boolean;
  /** The behaviour is to end at the next return to user mode. */
  stopRequested: boolean;
  /** Who dies because this cgroup (its path; '' the machine) was out of memory; null: for another reason. */
  outOfMemory: string | null;
  /** How the last behaviour ended. */
  outcome: 'ended' | 'stopped' | 'killed';
}

/** A FIFO device; requests are rings in parallel arrays. */
export interface Device {
  readonly index: number;
  readonly write: boolean;
  readonly latency: number;
  readonly perRequest: number;
  readonly perPage: number;
  /** When it can begin the next request, ns. */
  freeAt: number;
  /** Pages queued and pages done since boot. */
  submitted: number;
  completed: number;
  head: number;
  length: number;
  /** First slot and number of pages of each request. */
  start: Int32Array;
  count: Int32Array;
  doneAt: Float64Array;
  /**
   * The timer of each request, which is set when the request is the oldest: of thousands in the queue one
   * stands among the timers, as it would if all of them did.
   */
  timerAt: Float64Array;
  timerName: Float64Array;
  /** Tasks that wait for a page of it. */
  readonly waiters: PageWaiters;
}

export interface SwapArea {
  readonly size: number;
  used: number;
  /** By swap entry: 1 in use. */
  readonly map: Uint8Array;
  /** By swap entry: the frame that is being written out, 0 for none. */
  readonly frame: Int32Array;
  /** By swap entry: the page table slot it belongs to. */
  readonly slot: Int32Array;
  /** Where the search for a free entry goes on. */
  next: number;
}

export interface Mm {
  readonly sched: Sched<Task>;
  readonly costs: Costs;
  readonly errata: Errata;
  /** Who reclaims in the background. */
  readonly policy: string;
  /** Its rule. Not part of the state. */
  rule: Rule;
  /** The series is in: watermarks and memcontd. */
  readonly wmarks: boolean;
  /** false: memcontd is never run, all writes are answered as before. */
  readonly reclaimd: boolean;
  readonly nodes: number;
  readonly nrPages: number;
  /** What works on pages, and on these arrays. Not part of the state. */
  core: PageCore;
  readonly frames: Frames;
  readonly lru: LruLists;
  /** How much of them is in use, by the names of layout.ts: saved states leave out what never was. */
  heads: Int32Array;
  /** Free pages by node. */
  readonly nrFree: number[];
  freePages: number;
  readonly tables: PageTables;
  readonly mappings: (Mapping | null)[];
  readonly freeMappings: number[];
  readonly files: Map<string, number>;
  /** By id; 0 is nobody: it holds the pages whose accounting was dropped. */
  readonly memcgs: (MemCgroup | null)[];
  readonly tasks: Task[];
  readonly tasksByPid: Map<number, Task>;
  /** The oldest of each name, dying or not: look up with taskByName(). */
  readonly tasksByName: Map<string, Task>;
  /** Killed and not yet gone. */
  nrDying: number;
  nextPid: number;
  memcgsMade: number;
  /** Ids are used again as late as possible, so that old shadow entries don't speak of new cgroups. */
  nextMemcg: number;
  readonly devices: Device[];
  readonly swap: SwapArea;
  nrDirty: number;
  nrWriteback: number;
  /** Mappings with dirty pages, the one that has been so longest first. */
  readonly dirtyMappings: number[];
  /** Pages dirtied since the limits were last looked at; whether they were exceeded then. */
  dirtied: number;
  dirtyExceeded: boolean;
  /** Floating proportion of the disk in what was written. */
  readonly writeout: { events: number; total: number };
  /** Pages that reclaimers asked the flusher to write (wakeup_pdflush). */
  flushRequest: number;
  flusher: Task | null;
  /** congestion_wait(): until a write ends. */
  readonly congestion: WaitQueue<Task>;
  readonly random: Random;
  /** A trace behaviour can't go on before these records are fed. */
  needs: { source: string; record: number; pid: number } | null;
  /** Not part of the state. */
  observer: Observer | null;
}
