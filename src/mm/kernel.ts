import type { StepEnd } from '../kernel/sched.ts';
import type { Observer } from '../kernel/trace.ts';
import type { CgroupUsage, MemCgroupFigures, ReclaimStat } from './figures.ts';
import type { PageCore } from './page-core.ts';
import type { Asked, Mapping, MemCgroup, MmState, OpenFile, Resident, Status, Task } from './types.ts';

/** The machine's memory as it runs: its state, and what is bound to it at boot and at a load, and never saved. */
export interface Mm extends MmState {
  /** What works on pages, and on the arrays of the state. */
  readonly core: PageCore;
  readonly kernel: Kernel;
  /** Who is told of trace events. */
  observer: Observer | null;
}

/**
 * What a kernel's folder does for the machine. All others reach it through Mm.kernel. Its functions have the
 * machine's state as they made it: their own types of it are narrower. They answer SUSPENDED where the task
 * has to sleep, or gives others a turn: then they are called again when it runs.
 */
export interface Kernel extends Charging, PageCache, Threads, Figures {}

interface Charging {
  /**
   * Makes room for one page in the task's cgroup and in the machine. DONE: the page may be charged at once;
   * FAILED: the cgroup, or the machine, is out of memory.
   */
  tryCharge(mm: Mm, task: Task): Status;
  /** Whether a page can be charged without reclaim. */
  hasRoom(mm: Mm, task: Task): boolean;
  /** A new page of a process in an empty slot, after tryCharge() said DONE. */
  addResident(mm: Mm, task: Task, slot: number, kind: keyof Resident): void;
  /** A swap entry that a page table has let go of. */
  freeSwap(mm: Mm, entry: number): void;
  /** What is in `count` swap entries from `start` on has been read, or written. */
  swapRead(mm: Mm, start: number, count: number): void;
  swapWritten(mm: Mm, start: number, count: number): void;
  /** `task` has given memory back, or all of it. */
  unmapped(mm: Mm, task: Task): void;
  /** A chunk of a page table is given back, or holds nothing from now on. */
  chunkFreed(mm: Mm, chunk: number): void;
  /** Takes a page off its list and out of the accounts; its frame is still the caller's. */
  uncharge(mm: Mm, pfn: number): void;
  /** Reclaims all that can be, then drops the accounting of the rest. `task` runs the passes. */
  forceEmpty(mm: Mm, task: Task, memcg: MemCgroup): Status;
  /** Goes on with what was asked for. FAILED: it can't be had in full. */
  proactiveReclaim(mm: Mm, task: Task, memcg: MemCgroup, asked: Asked): Status;
}

interface PageCache {
  /** A touch of anonymous memory that is not resident. FAILED: the task is to be killed. */
  anonymousFault(mm: Mm, task: Task, slot: number, write: boolean): Status;
  /** Anonymous memory that is there is written, of a kernel that knows what swap holds of it. */
  memoryWritten?(mm: Mm, slot: number): void;
  /** The same for up to `most` pages of new memory from `slot` on, at once. Answers how many; 0: somebody has to look at the first. */
  anonymousRun(mm: Mm, task: Task, slot: number, most: number): number;
  /** The CPU sets the accessed bit of a page table entry at each touch; else it is set at the fault, and once cleared no more. */
  readonly setsAccessed: boolean;
  /** A touch of a mapped file's page `file.index`: brings it in and maps it. */
  fileFault(mm: Mm, task: Task, file: OpenFile): Status;
  openFile(mapping: Mapping, readahead: boolean): OpenFile;
  /** A call that moves the pages `first` to `end` - 1. */
  beginCall(file: OpenFile, first: number, end: number): void;
  /** Who calls knows what will be read: these pages are read in, and nothing ahead of them. */
  readExactly(file: OpenFile, first: number, end: number): void;
  /** read(2) and write(2). FAILED is ENOMEM. */
  genericFileRead(mm: Mm, task: Task, file: OpenFile): Status;
  genericFileWrite(mm: Mm, task: Task, file: OpenFile): Status;
  /** An invalidation meets what stays in a slot of a page that was evicted. Left out: there it stays. */
  clearShadowEntry?(mm: Mm, slot: number): void;
  /** A page of a file was written to the disk. Left out: it stays where it is. */
  rotateReclaimable?(mm: Mm, pfn: number): void;
  /** `count` pages were. */
  countWriteout(mm: Mm, count: number): void;
  /**
   * Tells the page core of a task that is the only one about, with `calls` system calls in a step, and a slot for which
   * clearWay() has answered DONE, -1 for none. False: it is not. endAlone() takes over what the core did.
   */
  beginAlone(mm: Mm, task: Task, calls: number, cleared: number): boolean;
  /** Does what the page in this slot needs beside a frame, whose read is begun. FAILED: all that is left goes the long way. */
  clearWay(mm: Mm, task: Task, file: OpenFile, slot: number): Status;
  endAlone(mm: Mm, task: Task): void;
  /** Tells the page core by which rules a task touches pages (core/read.ts), and takes over what came of it. */
  beginTouches(mm: Mm, task: Task): void;
  endTouches(mm: Mm, task: Task): void;
  /** Leaves the file as the long way to read its page `page` does. */
  pageWasRead(file: OpenFile, page: number, slot: number): void;
}

interface Threads {
  /** Of a new task. */
  newPass(): object;
  /** A task is in its cgroup from now on, by fork or by a move; and is so no more. */
  taskJoined(mm: Mm, task: Task): void;
  taskLeaves(mm: Mm, task: Task): void;
  /** A task wakes, comes to a CPU or leaves it, at `now` (ns). Left out: that is nothing to the machine's kernel. */
  taskChanged?(mm: Mm, task: Task, now: number): void;
  /** The threads that a machine has from the beginning. */
  startThreads(mm: Mm): void;
  /** One step of a thread of the kind `reclaimer`, or `flusher`. */
  reclaimerStep(mm: Mm, thread: Task): StepEnd;
  flusherStep(mm: Mm, thread: Task): StepEnd;
  /** A cgroup's reclaimer has answered EXIT: from now on `daemon` is null. */
  daemonExited(mm: Mm, memcg: MemCgroup, thread: Task): void;
  /** On the way back to user mode of a task that has `overHigh`. How the step ends; null: it may go on. */
  doNotifyResume(mm: Mm, task: Task): StepEnd | null;
  /** Who ends a task has to let go of the pass that it was in. */
  dropPass(mm: Mm, task: Task): void;
}

interface Figures {
  usage(memcg: MemCgroup): CgroupUsage;
  reclaimStat(memcg: MemCgroup): ReclaimStat;
  figures(mm: Mm, memcg: MemCgroup): MemCgroupFigures;
  /** The cgroup's limit as its messages show it, `16M`. */
  showLimit(memcg: MemCgroup): string;
}
