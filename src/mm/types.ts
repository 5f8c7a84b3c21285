import type { Histogram } from '../kernel/histogram.ts';
import type { Random } from '../kernel/random.ts';
import type { Sched } from '../kernel/sched.ts';
import type { Thread } from '../kernel/thread.ts';
import type { WaitQueue } from '../kernel/wait.ts';
import type { Costs } from './costs.ts';
import type { PageWaiters } from './page-waiters.ts';

/**
 * The state of the emulated memory management (the kernel's mm_types.h): plain
 * data throughout, so that a machine can be saved, loaded and forked. Page
 * numbers, list heads and slots are indices; what stands behind them is said
 * where they are declared. What the kernel that is bound to the machine keeps beside
 * that is its own: opaque here, and narrowed in its folder's types.ts.
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
  /** Of each list what layout.ts says from LIST_SHIFT on. */
  lists: Int32Array;
  /** Blocks of places, each as layout.ts says from BLOCK_SHIFT on: the page in a place, 0 for none. */
  places: Int32Array;
}

/**
 * Page tables of files and of tasks' anonymous memory: one arena of slots in
 * chunks, each chunk SLOTS_PER_CHUNK consecutive pages of one mapping.
 */
export interface PageTables {
  /** By slot: a pfn, or 0 nothing, or a shadow entry (workingset.ts), or a swap entry (page-table.ts). */
  slots: Int32Array;
  /** By slot: beside a shadow entry, when the page was evicted by the lists' own clock; of a kernel that has `workingset`. */
  ages: Int32Array;
  /** By leaf of the page cache's index, of such a kernel: whose that is (0: there is none), and pages that it holds. */
  leafOwner: Uint16Array;
  leafPages: Uint8Array;
  /** By slot, 1: the accessed bit of the entries that map the page, pte_young(). Never set where no page is mapped. */
  young: Uint8Array;
  /** By chunk: its mapping, -1 when free. */
  chunkMapping: Int32Array;
  /** By chunk: where it stands in its mapping's directory. */
  chunkPlace: Int32Array;
  /** Dirty pages by chunk, so that the flusher needn't look at all. */
  chunkDirty: Int32Array;
  /** By chunk: when a page of it was evicted last, virtual time. */
  chunkEvicted: Float64Array;
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
  readonly stat: MemCgroupStat;
  /** Of its pages of files, how many are dirty, and how many are being written to the disk. */
  readonly unwritten: { dirty: number; underWriteback: number };
  /** The path it has now, for messages and events. */
  path: string;
  /** Tasks in it, for the emptiness checks. */
  nrTasks: number;
  /** Its reclaimer's thread, null when none was started. */
  daemon: Task | null;
  /** Which it was among all that were ever made. */
  readonly order: number;
  /** A task is or was in it of which nobody knows what it reads again. */
  rereadsUnknown: boolean;
}

/** Pages that somebody wants freed, and how far that is. */
export interface Asked {
  left: number;
  /** The usage below which nothing is to be freed, pages; -1: none. */
  readonly above: number;
  /** Passes that may still free nothing. */
  retries: number;
}

export interface Vma {
  readonly mapping: number;
  readonly pages: number;
  /** VM_RAND_READ: faults read nothing ahead. */
  readonly random: boolean;
}

/** An open file of the page cache with the call in hand: pages `index` to `last` - 1 are still to be moved. */
export interface OpenFile {
  readonly mapping: Mapping;
  index: number;
  last: number;
  /** false: after POSIX_FADV_RANDOM. */
  readahead: boolean;
  /** The page read last; -1 for none. */
  previous: number;
}

/** A reclaimer works for one cgroup in the background; a flusher writes what is dirty; `real` is a process of the real world. */
export type TaskKind = 'task' | 'sh' | 'reclaimer' | 'flusher' | 'real';

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
  /** It stands for a program of which nobody saw which pages it reads again. */
  rereadsUnknown: boolean;
  /** The cgroup it is in. */
  memcg: number;
  /** Of a reclaimer: its cgroup; else 0. */
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
  /** The freezer of its cgroup holds it, at its next return to user mode. */
  frozen: boolean;
  shouldStop: boolean;
  /** Of a kernel thread: where its loop stands. */
  phase: number;
  /** The kernel's: where the reclaim pass in hand stands. */
  readonly pass: object;
  /** The kernel's: where the charge in hand stands that has met the limit; null: none. */
  charge: object | null;
  /** The kernel's: what it is to do for its charges before it is in user mode again; null: nothing. */
  overHigh: object | null;
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
  readonly waiters: PageWaiters<Task>;
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

/** The state of the machine's memory. */
export interface MmState {
  readonly sched: Sched<Task>;
  readonly costs: Costs;
  /** What of the state is the kernel's own. */
  readonly own: object;
  readonly nodes: number;
  /** The kernel's: lists that a cgroup has on a node, and whether shadow entries have an age, and leaves of the index an owner. */
  readonly lists: number;
  readonly workingset: boolean;
  readonly nrPages: number;
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
  /** Pages that the flusher is asked to write beside what it would. */
  flushRequest: number;
  flusher: Task | null;
  /** congestion_wait(): until a write ends. */
  readonly congestion: WaitQueue<Task>;
  readonly random: Random;
  /** A trace behaviour can't go on before these records are fed. */
  needs: { source: string; record: number; pid: number } | null;
}
