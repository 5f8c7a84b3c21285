import type { TracePosition } from './trace-error.ts';

/** Turns a trace's bytes, in pieces of any size, into records of the `RecordQueue` that it was made with. */
export interface Decoder {
  /** Takes the whole chunk. Throws a TraceError at the first bad record; those before it are in the queue. */
  decode(chunk: Buffer): void;
  /** There are no more bytes. Throws a TraceError if something is missing. */
  end(): void;
  /** Where it stands, for errors of what lies below. */
  readonly position: TracePosition;
  readonly skipped: Skipped;
}

/** Records that are no page accesses. */
export interface Skipped {
  /** Neither read nor write. */
  readonly op: number;
  /** Of size 0. */
  readonly empty: number;
}
