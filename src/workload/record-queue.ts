import { PAGE_SIZE } from '../kernel/units.ts';
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

/** Records between the decoder that finds them and the batches that take them: parallel arrays that grow. */
export class RecordQueue {
  #time = new Float64Array(1024);
  #file = new Int32Array(1024);
  #page = new Float64Array(1024);
  #count = new Int32Array(1024);
  #op = new Uint8Array(1024);
  #head = 0;
  #tail = 0;

  get length(): number {
    return this.#tail - this.#head;
  }

  /** `offset` and `size` in bytes; the request touches every page that it covers, so `size` is not 0. */
  pushBytes(time: number, file: number, offset: number, size: number, op: number): void {
    const first = Math.floor(offset / PAGE_SIZE);
    const last = Math.floor((offset + size - 1) / PAGE_SIZE);
    this.push(time, file, first, last - first + 1, op);
  }

  push(time: number, file: number, page: number, count: number, op: number): void {
    if (this.#tail === this.#time.length) this.#makeRoom();
    const at = this.#tail++;
    this.#time[at] = time;
    this.#file[at] = file;
    this.#page[at] = page;
    this.#count[at] = count;
    this.#op[at] = op;
  }

  /** The first `max` records, or all if they are fewer, in memory of their own. */
  take(max: number): TraceBatch {
    const from = this.#head;
    const to = Math.min(this.#tail, from + max);
    this.#head = to;
    return {
      time: this.#time.slice(from, to),
      file: this.#file.slice(from, to),
      page: this.#page.slice(from, to),
      count: this.#count.slice(from, to),
      op: this.#op.slice(from, to),
    };
  }

  #makeRoom(): void {
    const head = this.#head;
    const tail = this.#tail;
    const capacity = this.length > this.#time.length / 2 ? this.#time.length * 2 : this.#time.length;
    this.#time = moved(this.#time, new Float64Array(capacity), head, tail);
    this.#file = moved(this.#file, new Int32Array(capacity), head, tail);
    this.#page = moved(this.#page, new Float64Array(capacity), head, tail);
    this.#count = moved(this.#count, new Int32Array(capacity), head, tail);
    this.#op = moved(this.#op, new Uint8Array(capacity), head, tail);
    this.#head = 0;
    this.#tail = tail - head;
  }
}

function moved<A extends Float64Array | Int32Array | Uint8Array>(
  from: A,
  to: A,
  head: number,
  tail: number,
): A {
  to.set(from.subarray(head, tail));
  return to;
}
