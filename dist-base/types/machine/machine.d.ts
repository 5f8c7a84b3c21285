import { type Access, type Fault } from '../fs/fault-inject.ts';
import { type Result } from '../kernel/errno.ts';
import type { Observer } from '../kernel/trace.ts';
import { type Nanoseconds, type Pages } from '../kernel/units.ts';
import type { CgroupUsage, ReclaimStat } from '../mm/figures.ts';
import type { MemCgroup } from '../mm/types.ts';
import type { TraceBatch } from '../task/behaviour.ts';
import { Dentries } from './dentries.ts';
import { type ListStrip } from './list-strips.ts';
import { type CgroupLook, type MachineTotals } from './looks.ts';
import type { Operation, Stop } from './operation.ts';
import { type MachineOptions } from './options.ts';
import { type SavedMachine } from './save.ts';
import { type TaskEnd } from './task-end.ts';
import { type Caller, Vfs } from './vfs.ts';
import { type TaskView } from './views.ts';
export type { Access, Fault } from '../fs/fault-inject.ts';
export type { Whence } from '../fs/handle.ts';
export type { Stat } from '../fs/inode.ts';
export type { DirectoryEntry } from '../fs/readdir.ts';
export type { Handle } from '../fs/types.ts';
export type { Errno, Refusal, Result } from '../kernel/errno.ts';
export type { Observer, TraceEvent } from '../kernel/trace.ts';
export { type Costs, DEFAULT_COSTS } from '../mm/costs.ts';
export type { CgroupUsage, FigureNames, NamedCount, ReclaimStat, WatermarkState } from '../mm/figures.ts';
export { countIn } from '../mm/figures.ts';
export type { Resident } from '../mm/types.ts';
export type { Dentries, Dentry } from './dentries.ts';
export { cgroupVersionOf, ERRATA, ERRATA_SETS, type Erratum, figureNamesIn, KERNEL_VERSIONS, type KernelVersion, POLICIES, type PolicyName, policyIn, policyMistake, } from './kernels.ts';
export type { ListCell, ListStrip } from './list-strips.ts';
export type { CgroupLook, MachineTotals } from './looks.ts';
export type { Operation, Owner, Stop, Watched } from './operation.ts';
export { DEFAULT_OPTIONS, type MachineOptions, optionMistake } from './options.ts';
export type { SavedMachine } from './save.ts';
export { endOfRun, type TaskEnd } from './task-end.ts';
export type { Caller, FsStat, Vfs } from './vfs.ts';
export type { TaskView } from './views.ts';
/**
 * One emulated machine. It stands still unless run() is called; what it does
 * depends on its options and on the operations performed, and on nothing else.
 */
export declare class Machine {
    #private;
    /** Told of every TaskEnd; not part of the state. */
    taskObserver: ((end: TaskEnd) => void) | null;
    private constructor();
    /** A machine with the root cgroup and the task `sh`. Throws a RangeError for options that no machine can have. */
    static boot(options?: Partial<MachineOptions>): Machine;
    /** Goes on where the saved machine was; it may be loaded any number of times. */
    static load(saved: SavedMachine): Machine;
    /** The whole state, as data that structuredClone and v8.serialize can hold. */
    save(): SavedMachine;
    /** Hands what `save` gives to `use`, uncopied: it holds until `use` returns, and is not to be changed. */
    withSaved<T>(use: (saved: SavedMachine) => T): T;
    /** A second machine that goes on from this one's present. */
    fork(): Machine;
    get options(): MachineOptions;
    /** Virtual time since boot. */
    get now(): Nanoseconds;
    get observer(): Observer | null;
    set observer(observer: Observer | null);
    /** It has hardly room for more pages: who makes it grow ends it with a TooLarge. */
    get isFull(): boolean;
    /** Begins an operation. Its answer if it was over at once, else null: then run() until it says `done`. */
    perform(operation: Operation): Result<undefined> | null;
    /** When something will happen next if nobody does anything; null: never. */
    nextEventAt(): Nanoseconds | null;
    /**
     * Goes on until the operation in hand is over, or virtual time reaches `until` (null: no bound),
     * or `watched`, asked after every event, holds.
     */
    run(until: Nanoseconds | null, watched?: (() => boolean) | null): Stop;
    /**
     * The records that run() asked for, from that record on; `last` when the source
     * ends with them. `files` are the names of the trace's files by their number;
     * one without a name has that of the trace.
     */
    feed(source: string, batch: TraceBatch, last: boolean, files?: readonly string[]): void;
    /** As ^C: a behaviour that is run is stopped, anything else in hand goes on without being waited for. */
    interrupt(): void;
    /** System calls on the cgroup filesystem, as a program that has it mounted makes them. */
    vfs(caller?: Caller): Vfs;
    /** The cgroup filesystem entry by entry, for a mount. */
    dentries(): Dentries;
    /** What was set and is not used up, in its order. */
    faults(): Fault[];
    /** The fault that an access is counted by; null: there is none. Who answers it performs `attempt`. */
    nextFault(path: string, access: Access): Readonly<Fault> | null;
    /** The text of a control file, whatever faults there are: they are for who makes calls, not for who looks on. */
    read(path: string): Result<string>;
    /** A cgroup's directory in the kernel's order: sub-directories newest first, then the files. */
    list(path: string): Result<{
        name: string;
        directory: boolean;
    }[]>;
    /** The paths of all cgroups in order of creation, `/` first. */
    cgroups(): string[];
    usage(path: string): CgroupUsage;
    /** Of all cgroups in order of creation: cheaper than to look each of them up. */
    usages(): {
        readonly path: string;
        readonly usage: CgroupUsage;
    }[];
    /** The numbers of memory.reclaim_stat, also with extras=off. */
    reclaimStat(path: string): ReclaimStat;
    /** Counters beside the files, as the recordings have them: see MemCgroupStat. */
    counters(path: string): Readonly<MemCgroup['stat']>;
    /** All cgroups in order of creation, `/` first: their numbers, without the cost of reading files. */
    looks(): CgroupLook[];
    /**
     * The cgroup's lists from the youngest page to the next to be reclaimed, in at most `cells` cells;
     * of a list that is longer than `most` pages only so many from either end are looked at.
     */
    lists(path: string, cells: number, most?: number): ListStrip[];
    totals(): MachineTotals;
    /** Page cache of the whole machine, also what is charged to nobody. */
    cached(): Pages;
    /** The real processes that have joined, by when they did. */
    processes(): TaskView[];
    /** Those that live, by pid, then those that are gone. */
    tasks(): TaskView[];
}
