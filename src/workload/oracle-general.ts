import { PAGE_SIZE, SECOND } from '../kernel/units.ts';
import { ObjectLayout } from './object-layout.ts';
import type { Decoder, Skipped } from './record-queue.ts';
import { FILE_PAGES, type RecordQueue } from './record-queue.ts';
import { TraceError, type TracePosition } from './trace-error.ts';
import type { OracleGeneralFormat } from './trace-format.ts';

/**
 * libCacheSim's oracleGeneral (its traceReader/customizedReader/oracle/oracleGeneralBin.h), little endian:
 * u32 time in seconds, u64 object id, u32 size in bytes, i64 next access, which is of no use here.
 */
const RECORD = 24;
const LIMIT = FILE_PAGES * PAGE_SIZE;

export class OracleGeneralDecoder implements Decoder {
  readonly #file: string;
  readonly #unit: number;
  readonly #queue: RecordQueue;
  readonly #layout: ObjectLayout | null;
  /** The beginning of a record that the next chunk ends. */
  readonly #rest = Buffer.alloc(RECORD);
  #restLength = 0;
  #records = 0;
  #firstTime = 0;
  #lastTime = 0;
  #empty = 0;

  constructor(file: string, format: OracleGeneralFormat, queue: RecordQueue) {
    this.#file = file;
    this.#unit = format.unit;
    this.#queue = queue;
    this.#layout = format.objects ? new ObjectLayout() : null;
  }

  get position(): TracePosition {
    return { record: this.#records + 1, byte: this.#records * RECORD };
  }

  get skipped(): Skipped {
    return { op: 0, empty: this.#empty };
  }

  decode(chunk: Buffer): void {
    let at = 0;
    if (this.#restLength > 0) {
      at = chunk.copy(this.#rest, this.#restLength, 0, RECORD - this.#restLength);
      this.#restLength += at;
      if (this.#restLength < RECORD) return;
      this.#record(new DataView(this.#rest.buffer, this.#rest.byteOffset), 0);
      this.#restLength = 0;
    }
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    for (; at + RECORD <= chunk.length; at += RECORD) this.#record(view, at);
    this.#restLength = chunk.copy(this.#rest, 0, at);
  }

  end(): void {
    if (this.#restLength > 0) {
      this.#fail(
        `only ${this.#restLength} of the record's ${RECORD} bytes are there: the file is cut short or damaged`,
      );
    }
  }

  #record(view: DataView, at: number): void {
    const time = view.getUint32(at, true);
    if (this.#records === 0) this.#firstTime = time;
    else if (time < this.#lastTime) {
      this.#fail(
        `time ${time} s is before ${this.#lastTime} s, the record's before: times must not go backwards`,
      );
    }
    const size = view.getUint32(at + 12, true);
    if (size === 0) this.#empty++;
    else this.#access((time - this.#firstTime) * SECOND, view, at, size);
    this.#lastTime = time;
    this.#records++;
  }

  #access(time: number, view: DataView, at: number, size: number): void {
    const low = view.getUint32(at + 4, true);
    const high = view.getUint32(at + 8, true);
    if (this.#layout !== null) {
      const count = Math.ceil(size / PAGE_SIZE);
      const page = this.#layout.place(low, high, count);
      if (page === null) this.#fail(`${this.#layout.full}: cut the trace, or sample its objects`);
      else this.#queue.push(time, 0, page, count, 0);
      return;
    }
    // Exact wherever it is below the limit.
    const offset = (high * 2 ** 32 + low) * this.#unit;
    if (offset + size > LIMIT) {
      const id = (BigInt(high) << 32n) | BigInt(low);
      this.#fail(
        `block ${id} of ${this.#unit} bytes lies beyond the largest file (32 TiB): ` +
          'if the ids are names rather than block numbers, use --format oracleGeneral:objects',
      );
    }
    this.#queue.pushBytes(time, 0, offset, size, 0);
  }

  #fail(why: string): never {
    throw new TraceError(this.#file, why, this.position);
  }
}
