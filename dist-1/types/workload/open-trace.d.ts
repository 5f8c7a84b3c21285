import type { TraceBatch } from '../task/behaviour.ts';
import type { Skipped } from './record-queue.ts';
export interface TraceOptions {
    /** As after --format, see `parseTraceFormat`; left out: told by the file's name and header. */
    readonly format?: string;
    readonly signal?: AbortSignal;
}
/** A trace that is open for reading, from one reader: each task that replays it opens its own. */
export interface TraceSource {
    /** No other file, and no other state of this one, has the same. */
    readonly id: string;
    /** Of the file's raw bytes, in hex. Throws a TraceError if it can't be read, or is no longer the same. */
    sha256(): Promise<string>;
    /** The format in full, as `parseTraceFormat` reads it. */
    readonly format: string;
    /** Names by file number; grows as records are read. A trace of a single file has one, ''. */
    readonly files: readonly string[];
    /** Records that were no page accesses, as far as the trace was read. */
    readonly skipped: Skipped;
    /** Operations that were neither read nor write, and how often, as far as the trace was read. */
    readonly strange: ReadonlyMap<string, number>;
    /** What was taken for granted; a sentence each. */
    readonly notes: readonly string[];
    /**
     * At most `max` records from the one with index `from` (from 0 on, skipped records not counted).
     * Reading on is quick; from elsewhere, the file is read from its start. `last`: no more will come.
     * Records before a damaged one are given before the TraceError is thrown.
     */
    read(from: number, max: number): Promise<{
        batch: TraceBatch;
        last: boolean;
    }>;
    close(): Promise<void>;
}
/**
 * Opens a recorded trace: CSV or oracleGeneral, plain or compressed with gzip or zstd.
 * Throws a TraceError if the file or its format is none; the signal's reason if it aborts.
 */
export declare function openTrace(path: string, options?: TraceOptions): Promise<TraceSource>;
