import { PAGE_SIZE } from '../kernel/units.ts';
import { BATCH } from '../script/traces.ts';
import type { TraceBatch } from '../task/behaviour.ts';
import type { TracePosition } from './trace-error.ts';

/** Pages that a file of the machine can hold: 32 TiB. */
export const FILE_PAGES = 2 ** 33;
/** Bytes that one request can move: 4 GiB. */
export const REQUEST_BYTES = 2 ** 32;

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

const newRecords = (count: number) => ({
  time: new Float64Array(count),
  file: new Int32Array(count),
  page: new Float64Array(count),
  count: new Int32Array(count),
  op: new Uint8Array(count),
});

/** Records between the decoder that finds them and the batches that take them: in blocks, of which a whole one is handed on as it is. */
export class RecordQueue {
  #last = newRecords(BATCH);
  /** The last one too. */
  readonly #blocks = [this.#last];
  /** How many are taken of the first block, and filled of the last. */
  #head = 0;
  #tail = 0;

  get length(): number {
    return (this.#blocks.length - 1) * BATCH + this.#tail - this.#head;
  }

  /** `offset` and `size` in bytes; the request touches every page that it covers, so `size` is not 0. */
  pushBytes(time: number, file: number, offset: number, size: number, op: number): void {
    const first = Math.floor(offset / PAGE_SIZE);
    const last = Math.floor((offset + size - 1) / PAGE_SIZE);
    this.push(time, file, first, last - first + 1, op);
  }

  push(time: number, file: number, page: number, count: number, op: number): void {
    if (this.#tail === BATCH) this.#begin();
    const block = this.#last;
    const at = this.#tail++;
    block.time[at] = time;
    block.file[at] = file;
    block.page[at] = page;
    block.count[at] = count;
    block.op[at] = op;
  }

  /** The first `max` records, or all if they are fewer, in memory of their own. */
  take(max: number): TraceBatch {
    const count = Math.min(max, this.length);
    const [first] = this.#blocks;
    if (count === BATCH && this.#head === 0) {
      this.#leave();
      return first;
    }
    const taken = newRecords(count);
    for (let at = 0; at < count; ) at += this.#move(taken, at, count - at);
    return taken;
  }

  /** Up to `most` records of the first block to where they belong among those that are taken. Answers how many. */
  #move(taken: TraceBatch, at: number, most: number): number {
    const [first] = this.#blocks;
    const from = this.#head;
    const to = Math.min(from + most, first === this.#last ? this.#tail : BATCH);
    taken.time.set(first.time.subarray(from, to), at);
    taken.file.set(first.file.subarray(from, to), at);
    taken.page.set(first.page.subarray(from, to), at);
    taken.count.set(first.count.subarray(from, to), at);
    taken.op.set(first.op.subarray(from, to), at);
    this.#head = to;
    if (to === BATCH) this.#leave();
    return to - from;
  }

  #begin(): void {
    this.#last = newRecords(BATCH);
    this.#blocks.push(this.#last);
    this.#tail = 0;
  }

  /** All of the first block is taken. */
  #leave(): void {
    if (this.#blocks.length === 1) this.#begin();
    this.#blocks.shift();
    this.#head = 0;
  }
}
