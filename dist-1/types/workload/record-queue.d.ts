import type { TraceBatch } from '../task/behaviour.ts';
import type { TracePosition } from './trace-error.ts';
/** Pages that a file of the machine can hold: 32 TiB. */
export declare const FILE_PAGES: number;
/** Bytes that one request can move: 4 GiB. */
export declare const REQUEST_BYTES: number;
/** Turns a trace's bytes, in pieces of any size, into records of the `RecordQueue` that it was made with. */
export interface Decoder {
    /** Takes the whole chunk. Throws a TraceError at the first bad record; those before it are in the queue. */
    decode(chunk: Buffer): void;
    /** There are no more bytes. Throws a TraceError if something is missing. */
    end(): void;
    /** Where it stands, for errors of what lies below. */
    readonly position: TracePosition;
    readonly skipped: Skipped;
    /** The operations among them, and how often. */
    readonly strange?: ReadonlyMap<string, number> | undefined;
}
/** Records that are no page accesses. */
export interface Skipped {
    /** Neither read nor write. */
    readonly op: number;
    /** Of size 0. */
    readonly empty: number;
    /** Of other series than the one that was asked for. */
    readonly others?: number;
}
/** Records between the decoder that finds them and the batches that take them: parallel arrays that grow. */
export declare class RecordQueue {
    #private;
    get length(): number;
    /** `offset` and `size` in bytes; the request touches every page that it covers, so `size` is not 0. */
    pushBytes(time: number, file: number, offset: number, size: number, op: number): void;
    push(time: number, file: number, page: number, count: number, op: number): void;
    /** The first `max` records, or all if they are fewer, in memory of their own. */
    take(max: number): TraceBatch;
}
