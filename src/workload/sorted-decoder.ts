import { DecoderAround } from './decoder-around.ts';
import { type Decoder, RecordQueue } from './record-queue.ts';

/** Records of a decoder in the order of their times, those of one time as they come; they are kept in memory. */
export class SortedDecoder extends DecoderAround {
  readonly #found: RecordQueue;
  readonly #queue: RecordQueue;

  constructor(make: (queue: RecordQueue) => Decoder, queue: RecordQueue) {
    const found = new RecordQueue();
    super(make(found));
    this.#found = found;
    this.#queue = queue;
  }

  decode(chunk: Buffer): void {
    this.decoder.decode(chunk);
  }

  end(): void {
    this.decoder.end();
    const { time, file, page, count, op } = this.#found.take(this.#found.length);
    const order = Uint32Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
    const first = order.length === 0 ? 0 : time[order[0]];
    for (const at of order) this.#queue.push(time[at] - first, file[at], page[at], count[at], op[at]);
  }
}
