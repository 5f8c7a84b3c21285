import type { Nanoseconds } from '../kernel/units.ts';
import type { Caller, SavedMachine, TaskView, TraceEvent } from '../machine/machine.ts';
import { Machine } from '../machine/machine.ts';
import { type BootOptions, type Time } from './boot-options.ts';
import { type CgroupFs } from './node-fs.ts';
/** Whose calls a file system's are: uid 0's, by the task `sh`, if nothing is said. */
export interface FsCaller extends Omit<Caller, 'pid'> {
    /** The task that calls: what 0 means when it is written to `tasks`. */
    readonly task?: string;
}
/** Where a machine is among a program's paths, and which group its lines mean. */
type Place = Pick<BootOptions, 'at' | 'group'>;
/**
 * A machine in this process. It stands still: virtual time passes in run() and pass(), and in calls of its
 * files that take time (force_empty, rmdir), which are over when they return.
 */
export declare class EmulatedMachine {
    #private;
    /** `node:fs`, and what is in it are this machine's files. */
    readonly fs: CgroupFs;
    /** Throws a RangeError for options that no machine can have, and a ScriptError where the boot script fails. */
    static boot(options: BootOptions): EmulatedMachine;
    /** Goes on where the saved machine was; a trace that a task reads has to be run anew. */
    static load(saved: SavedMachine, place: Place): EmulatedMachine;
    private constructor();
    /** The same machine below: operations, counters, state. */
    get machine(): Machine;
    /** Where its files are among the program's paths. */
    get at(): string;
    /** Virtual time since boot, ns. */
    get now(): Nanoseconds;
    /** The same files, as somebody else calls them. */
    fsOf({ task, ...caller }: FsCaller): CgroupFs;
    /**
     * Obeys lines of the language, up to the first that fails: `run('spawn t web')`, or as a template, whose
     * values are quoted. Resolves with what they print; rejects with a ScriptError.
     */
    run(lines: string | TemplateStringsArray, ...values: readonly unknown[]): Promise<string>;
    /** The same at once; a `trace` can't be begun so. */
    runSync(lines: string | TemplateStringsArray, ...values: readonly unknown[]): string;
    /** Lets virtual time pass: `pass('1s')`. */
    pass(time: Time): Promise<void>;
    passSync(time: Time): void;
    /** Everybody: the living by pid, then those that are gone. */
    tasks(): TaskView[];
    /** Tells of every trace event from now on (start, wake, sleep, pass, limit-failure, stall ...); answers how to end it. */
    subscribe(listener: (event: TraceEvent) => void): () => void;
    /** The whole state, for load() and loadMachine(). */
    save(): SavedMachine;
    /** Goes back, or on, to where that was: the same files, whoever holds them, are that machine's now. */
    load(saved: SavedMachine): void;
    /** A second machine that goes on from this one's present; nobody listens to it yet. */
    fork(): EmulatedMachine;
}
export {};
