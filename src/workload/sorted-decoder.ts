import type { Decoder, Skipped } from './record-queue.ts';
import { RecordQueue } from './record-queue.ts';
import type { TracePosition } from './trace-error.ts';

/** Records of a decoder in the order of their times, those of one time as they come; they are kept in memory. */
export class SortedDecoder implements Decoder {
  readonly #found = new RecordQueue();
  readonly #decoder: Decoder;
  readonly #queue: RecordQueue;

  constructor(make: (queue: RecordQueue) => Decoder, queue: RecordQueue) {
    this.#decoder = make(this.#found);
    this.#queue = queue;
  }

  get position(): TracePosition {
    return this.#decoder.position;
  }

  get skipped(): Skipped {
    return this.#decoder.skipped;
  }

  get strange(): ReadonlyMap<string, number> | undefined {
    return this.#decoder.strange;
  }

  decode(chunk: Buffer): void {
    this.#decoder.decode(chunk);
  }

  end(): void {
    this.#decoder.end();
    const { time, file, page, count, op } = this.#found.take(this.#found.length);
    const order = Uint32Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
    const first = order.length === 0 ? 0 : time[order[0]];
    for (const at of order) this.#queue.push(time[at] - first, file[at], page[at], count[at], op[at]);
  }
}
