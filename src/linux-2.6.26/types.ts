import type { Sched } from '../kernel/sched.ts';
import type * as machine from '../mm/kernel.ts';
import type * as mm from '../mm/types.ts';
import type { Errata, Erratum } from './errata.ts';
import type { PolicyName } from './policy/names.ts';
import type { OverHigh, PolicyState } from './policy/state.ts';
import type { ResCounter } from './res-counter.ts';

/** What this kernel keeps of the machine, its cgroups, tasks and open files beside what every kernel does. */

export interface MemCgroup extends mm.MemCgroup {
  readonly res: ResCounter;
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
  /** Of a rule other than 3/4's; else null. */
  policy: PolicyState | null;
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

export interface Task extends mm.Task {
  readonly pass: Pass;
  charge: Charge | null;
  /** What it has charged above memory.high since it was last in user mode. */
  overHigh: OverHigh | null;
}

/** struct file, with its struct file_ra_state. */
export interface OpenFile extends mm.OpenFile {
  /** The page for which read-ahead was already tried; -1 for none. */
  tried: number;
  /** A write is to look at the limits for dirty pages before it goes on. */
  balancing: boolean;
  windowStart: number;
  windowSize: number;
  asyncSize: number;
  /** The batch being charged: next page, end, and the page that gets the marker; none when next = end. */
  batchNext: number;
  batchEnd: number;
  batchMarker: number;
  /** The run of slots that the batch has added so far and not yet handed to the disk. */
  runStart: number;
  runLength: number;
}

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

/** What it was booted with, and the state of page-writeback.ts. */
export interface Own {
  readonly errata: Errata;
  /** Who reclaims in the background. */
  readonly policy: PolicyName;
  /** The series is in: watermarks and memcontd. */
  readonly wmarks: boolean;
  /** false: no reclaimer is ever run, all writes are answered as before. */
  readonly reclaimd: boolean;
  /** Pages dirtied since the limits were last looked at; whether they were exceeded then. */
  dirtied: number;
  dirtyExceeded: boolean;
  /** Floating proportion of the disk in what was written. */
  readonly writeout: { events: number; total: number };
}

export interface Mm extends machine.Mm {
  readonly own: Own;
  readonly sched: Sched<Task>;
  readonly memcgs: (MemCgroup | null)[];
  readonly tasks: Task[];
}
