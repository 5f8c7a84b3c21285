import { newCgroupfs } from '../fs/cgroup.ts';
import type { Cgroupfs } from '../fs/types.ts';
import type { Result } from '../kernel/errno.ts';
import { newRandom } from '../kernel/random.ts';
import { newSched } from '../kernel/sched.ts';
import { layOut } from '../mm/arena.ts';
import { newDevices } from '../mm/blkdev.ts';
import { type Costs, DEFAULT_COSTS } from '../mm/costs.ts';
import { newFrames } from '../mm/frames.ts';
import type { Kernel, Mm } from '../mm/kernel.ts';
import { BLOCKS, FRESH } from '../mm/layout.ts';
import { newLruLists } from '../mm/lru-lists.ts';
import { ROOT_MEMCG } from '../mm/memcgs.ts';
import { newPageCore } from '../mm/page-core.ts';
import { newPageTables } from '../mm/page-table.ts';
import { FIRST_PID, newTask } from '../mm/process.ts';
import { newSwapArea } from '../mm/swap.ts';
import type { Asked, Task } from '../mm/types.ts';
import { KERNELS, type KernelFolder, type KernelName, kernelNamed } from './kernels.ts';
import type { MachineOptions } from './options.ts';

/** What `sh` has in hand that takes virtual time. Cgroups and tasks by number, since both may go away. */
export type Hand =
  | { readonly kind: 'force-empty'; readonly cgroup: number }
  | { readonly kind: 'stop-daemon'; readonly cgroup: number }
  /** `strict`: EAGAIN when it can't be had in full. */
  | { readonly kind: 'reclaim'; readonly cgroup: number; readonly asked: Asked; readonly strict: boolean }
  | { readonly kind: 'rmdir'; readonly cgroup: number; stage: 'daemon' | 'pages' }
  /** Written back is what was dirty at the beginning: until so many pages are completed. */
  | { readonly kind: 'sync'; target: number | null }
  | { readonly kind: 'behaviour'; readonly pid: number; readonly strict: boolean }
  | { readonly kind: 'exit'; readonly pid: number }
  | { readonly kind: 'sleep'; readonly until: number }
  | { readonly kind: 'condition'; readonly until: number | null };

/** A task that is gone, for those who report. */
export interface Departed {
  readonly pid: number;
  readonly name: string;
  readonly cgroup: string;
  readonly cpu: number;
  readonly stall: number;
  readonly nice: number;
}

/** The whole state of a machine: plain data that structuredClone copies. */
export interface MachineState {
  /** By its name: what the machine is bound to is no part of the state. */
  readonly kernel: KernelName;
  readonly options: MachineOptions;
  readonly mm: Mm;
  readonly fs: Cgroupfs;
  readonly sh: Task;
  hand: Hand | null;
  /** The answer of the operation that was in hand. */
  answer: Result<undefined> | null;
  readonly departed: Departed[];
}

export function bootState(options: MachineOptions): MachineState {
  const kernel = kernelNamed(options.kernel);
  const folder = KERNELS[kernel];
  const { controller } = folder;
  const mm = newMm(options, folder);
  mm.sched.watcher = watcherOf(mm, mm.kernel);
  // Block 0 and frame 0 are none.
  layOut(mm, mm.tables.chunkMapping.length);
  mm.heads[FRESH] = 1;
  mm.heads[BLOCKS] = 1;
  // Nobody's.
  controller.create(mm, '', null);
  const fs = newCgroupfs(mm, controller, options.extras);
  const sh = newTask(mm, 'sh', 'sh', ROOT_MEMCG);
  mm.kernel.startThreads(mm);
  return { kernel, options, mm, fs, sh, hand: null, answer: null, departed: [] };
}

/** Who is told of what the machine's tasks do. */
export const watcherOf = (mm: Mm, kernel: Kernel | null): Mm['sched']['watcher'] =>
  kernel?.taskChanged === undefined ? null : { changed: (task, now) => kernel.taskChanged?.(mm, task, now) };

function newMm(options: MachineOptions, { bind, newOwn, lists, workingset }: KernelFolder): Mm {
  const { memory, nodes } = options;
  const own = newOwn(options);
  const costs: Costs = { ...DEFAULT_COSTS, ...options.costs };
  const share = Math.floor(memory / nodes);
  return {
    sched: newSched<Task>(options.cpus, costs.contextSwitch, costs.wakeLatency),
    costs,
    kernel: bind(own),
    own,
    nodes,
    lists,
    workingset,
    nrPages: memory,
    core: newPageCore(),
    frames: newFrames(),
    lru: newLruLists(),
    heads: new Int32Array(),
    nrFree: Array.from({ length: nodes }, (_, node) => (node === 0 ? memory - share * (nodes - 1) : share)),
    freePages: memory,
    tables: newPageTables(memory),
    mappings: [],
    freeMappings: [],
    files: new Map(),
    memcgs: [],
    tasks: [],
    tasksByPid: new Map(),
    tasksByName: new Map(),
    nrDying: 0,
    nextPid: FIRST_PID,
    memcgsMade: 0,
    nextMemcg: 0,
    devices: newDevices(costs),
    swap: newSwapArea(options.swap),
    nrDirty: 0,
    nrWriteback: 0,
    dirtyMappings: [],
    flushRequest: 0,
    flusher: null,
    congestion: [],
    random: newRandom(options.seed),
    needs: null,
    observer: null,
  };
}
