import type * as fs from '../fs/types.ts';
import type { Sched, StepEnd } from '../kernel/sched.ts';
import type { Pages } from '../kernel/units.ts';
import type * as machine from '../mm/kernel.ts';
import type * as mm from '../mm/types.ts';
import type { Errata } from './errata.ts';
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
    /** What the rule of background reclaim keeps of it; null: nothing. */
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
    marks?(memcg: MemCgroup): {
        readonly start: Pages;
        readonly stop: Pages;
    } | null;
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
    /** On the way back to user mode of a task that has `overHigh`. How the step ends; null: it may go on. */
    doNotifyResume?(mm: Mm, task: Task): StepEnd | null;
}
/** What it was booted with, and the state of page-writeback.ts. */
export interface Own {
    readonly errata: Errata;
    /** Who reclaims in the background. */
    readonly policy: string;
    /** The series is in: watermarks and memcontd. */
    readonly wmarks: boolean;
    /** false: no reclaimer is ever run, all writes are answered as before. */
    readonly reclaimd: boolean;
    /** Pages dirtied since the limits were last looked at; whether they were exceeded then. */
    dirtied: number;
    dirtyExceeded: boolean;
    /** Floating proportion of the disk in what was written. */
    readonly writeout: {
        events: number;
        total: number;
    };
}
export interface Mm extends machine.Mm {
    readonly own: Own;
    /** With the rule that `own.policy` names. */
    readonly kernel: machine.Kernel & {
        readonly rule: Rule;
    };
    readonly sched: Sched<Task>;
    readonly memcgs: (MemCgroup | null)[];
    readonly tasks: Task[];
}
/** A control file of a machine with this kernel. */
export type ControlFile = fs.ControlFile<Mm, MemCgroup>;
