import type { Stop } from '../machine/machine.ts';
import type { TraceBatch } from '../task/behaviour.ts';
import { type Failure, type Opened, type Soon } from './world.ts';
/** What this room knows of recorded traces; whoever runs scripts hands in how they are opened. */
export interface TraceSource {
    /** No other file, and no other state of this one, has the same while the program runs. */
    readonly id: string;
    /** Of its bytes, in hex: for what outlives the program. The whole file is read for it. */
    sha256(): Promise<string>;
    /** Names of its files by their number; grows as records are read. */
    readonly files: readonly string[];
    /** At most `max` records from the one with this index on; `last`: no more will come. */
    read(from: number, max: number): Promise<{
        readonly batch: TraceBatch;
        readonly last: boolean;
    }>;
    close(): Promise<void>;
}
export interface TraceOpener {
    /** What is wrong with a --format, or null. */
    fault(format: string): string | null;
    /** Rejects with something that `isFault` knows when the trace can't be opened, and so does its `read`. */
    open(path: string, format: string | null, signal: AbortSignal | null): Promise<TraceSource>;
    /** Whether this is what went wrong with a trace (and not with this program). */
    isFault(error: unknown): error is Error;
}
/** What a machine is fed: the records, and the names of the files in them by number. */
export interface TraceRecords {
    readonly ok: true;
    readonly batch: TraceBatch;
    readonly last: boolean;
    readonly files: readonly string[];
}
/** The records that a machine asks for. */
export type Needs = Extract<Stop, {
    why: 'needs';
}>;
/** A trace that a task reads. */
export interface TaskTrace {
    readonly task: string;
    readonly source: string;
    readonly path: string;
    readonly format: string | null;
}
/** So many records make 32 MiB. */
export declare const REMEMBERED: number;
/** Records that were read once, so that who reads the same again need not go to the file: the oldest go first. */
export declare class TraceMemory {
    #private;
    /**
     * `most`: records of all traces together; one takes 25 bytes. `pinned`: what is at a path stays what it is, so
     * that no file need be opened for what is remembered.
     */
    constructor(most: number, { pinned }?: {
        pinned?: boolean | undefined;
    });
    records(source: string, from: number): TraceRecords | undefined;
    keep(source: string, from: number, records: TraceRecords): void;
    /** What the trace at a path is known by, if it is pinned. */
    source(path: string, format: string | null): string | undefined;
    trace(source: string): Pick<TaskTrace, 'path' | 'format'> | undefined;
    know(source: string, path: string, format: string | null): void;
}
export interface TraceSettings {
    readonly opener: TraceOpener;
    readonly signal?: AbortSignal | null;
    /** What a machine knows a trace by; left out: its id, which will do where the machine is not saved. */
    readonly nameOf?: (source: TraceSource) => string | Promise<string>;
    /** Where a path leads; left out: where it says. */
    readonly placeOf?: (path: string) => string;
    /** What tasks read already. */
    readonly begun?: readonly TaskTrace[];
    /** left out: every batch is read from the file. */
    readonly memory?: TraceMemory | undefined;
}
/** What feeds a machine. */
export type Feeds = Pick<TraceStore, 'open' | 'read' | 'close'>;
/** The traces that tasks of one machine read. A file is opened when records are wanted that nobody remembers. */
export declare class TraceStore {
    #private;
    constructor(settings: TraceSettings);
    get begun(): readonly TaskTrace[];
    /** A task begins to read a trace. */
    open(task: string, path: string, format: string | null): Promise<Opened | Failure>;
    /** The records that a machine asked for. */
    read(needs: Needs): Soon<TraceRecords | Failure>;
    close(): Promise<void>;
}
