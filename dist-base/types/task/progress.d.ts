import type { OpenFile } from '../mm/types.ts';
import type { Free, MapFile, Stream, Touch, Trace, TraceBatch } from './behaviour.ts';
/** How far behaviours have come: plain data, saved with the machine. */
/** Keeps a behaviour to a rate or a time: not before `until` (ns) may it go on. */
export interface Pace {
    readonly began: number;
    until: number;
}
export interface AllocProgress {
    readonly kind: 'alloc';
    /** Next page to touch, and where the memory will end. */
    next: number;
    readonly end: number;
}
export interface TouchProgress extends Pace {
    readonly kind: 'touch';
    readonly behaviour: Touch;
    /** Touches made, and to be made (Infinity with --for). */
    made: number;
    readonly wanted: number;
    /** When it ends, ns; Infinity with --times. */
    readonly deadline: number;
    /** Pages that the touches are spread over. */
    readonly span: number;
    /** The page in hand, so that a fault that slept goes on with it; -1 for none. */
    page: number;
    /** A fault on that page of a mapped file sleeps: it is gone on with, whoever maps the page meanwhile. */
    faulting: boolean;
    /** Open files of the mapped regions, by place in task.vmas. */
    readonly files: (OpenFile | null)[];
    readonly zipf: ZipfTable | null;
}
/** Constants of Hörmann's rejection-inversion for one (n, theta). */
export interface ZipfTable {
    readonly n: number;
    readonly theta: number;
    readonly hX1: number;
    readonly hN: number;
    readonly s: number;
}
export interface StreamProgress extends Pace {
    readonly kind: 'stream';
    readonly behaviour: Stream;
    readonly file: OpenFile;
    /** Pages moved of this round, and rounds done. */
    moved: number;
    rounds: number;
    /** A call is in hand. */
    calling: boolean;
}
export interface MapProgress {
    readonly kind: 'map';
    readonly behaviour: MapFile;
    readonly file: OpenFile;
    mapped: boolean;
}
export interface TraceProgress {
    readonly kind: 'trace';
    readonly behaviour: Trace;
    readonly began: number;
    /** Record number of the batch's first record, and the place in the batch. */
    first: number;
    at: number;
    batch: TraceBatch | null;
    last: boolean;
    /** Names of the trace's files, and those of them that are open, by number. */
    names: readonly string[];
    readonly files: (OpenFile | null)[];
    /** A record is in hand. */
    calling: boolean;
}
export interface SleepProgress {
    readonly kind: 'sleep';
    readonly until: number;
}
export interface FreeProgress {
    readonly kind: 'free';
    readonly behaviour: Free;
}
export type Progress = AllocProgress | FreeProgress | TouchProgress | StreamProgress | MapProgress | TraceProgress | SleepProgress;
/** What a behaviour's step answers to task.ts. */
export declare const CALL_ENDED = 0;
/** In the kernel still: asleep, or giving others a turn. */
export declare const IN_CALL = 1;
/** Asleep in user mode, or waiting for data. */
export declare const PAUSED = 2;
export declare const FINISHED = 3;
/** A page fault found no memory. */
export declare const FAULT_FAILED = 4;
export type Stepped = typeof CALL_ENDED | typeof IN_CALL | typeof PAUSED | typeof FINISHED | typeof FAULT_FAILED;
