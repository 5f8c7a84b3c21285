import type { TraceBatch } from '../task/behaviour.ts';
import { DamagedStream } from './decompress.ts';
import type { Decoder, Skipped } from './record-queue.ts';
import { RecordQueue } from './record-queue.ts';
import { TraceError } from './trace-error.ts';

/** Reads one trace from front to back, and from the front again if another record is wanted. */
export class TraceReader {
  readonly #path: string;
  readonly #open: () => AsyncGenerator<Buffer>;
  readonly #decoder: (queue: RecordQueue) => Decoder;
  #pass: Pass | null = null;

  /** `open`: its bytes, as the decoder takes them. */
  constructor(path: string, open: () => AsyncGenerator<Buffer>, decoder: (queue: RecordQueue) => Decoder) {
    this.#path = path;
    this.#open = open;
    this.#decoder = decoder;
  }

  get skipped(): Skipped {
    return this.#pass?.skipped ?? { op: 0, empty: 0 };
  }

  get strange(): ReadonlyMap<string, number> {
    return this.#pass?.strange ?? new Map();
  }

  async read(from: number, max: number): Promise<{ batch: TraceBatch; last: boolean }> {
    if (this.#pass === null || this.#pass.position > from) {
      await this.close();
      const queue = new RecordQueue();
      this.#pass = new Pass(this.#path, this.#open(), this.#decoder(queue), queue);
    }
    const pass = this.#pass;
    while (pass.position < from) {
      const { last } = await pass.read(Math.min(from - pass.position, SKIP));
      if (last && pass.position < from) {
        throw new TraceError(this.#path, `record ${from} is wanted, but the trace has ${pass.position}`);
      }
    }
    return pass.read(max);
  }

  async close(): Promise<void> {
    await this.#pass?.close();
    this.#pass = null;
  }
}

/** Records taken at once on the way to the one that is wanted. */
const SKIP = 8192;

class Pass {
  /** Index of the record that comes next. */
  position = 0;
  readonly #path: string;
  readonly #chunks: AsyncGenerator<Buffer>;
  readonly #decoder: Decoder;
  readonly #queue: RecordQueue;
  #ended = false;
  #failure: unknown = null;

  constructor(path: string, chunks: AsyncGenerator<Buffer>, decoder: Decoder, queue: RecordQueue) {
    this.#path = path;
    this.#chunks = chunks;
    this.#decoder = decoder;
    this.#queue = queue;
  }

  get skipped(): Skipped {
    return this.#decoder.skipped;
  }

  get strange(): ReadonlyMap<string, number> | undefined {
    return this.#decoder.strange;
  }

  async read(max: number): Promise<{ batch: TraceBatch; last: boolean }> {
    // One record more than asked for: only then is it known that these are not the last.
    while (!this.#ended && this.#queue.length <= max) await this.#fill();
    if (this.#failure !== null && (this.#queue.length === 0 || !(this.#failure instanceof TraceError))) {
      throw this.#failure;
    }
    const batch = this.#queue.take(max);
    this.position += batch.time.length;
    return { batch, last: this.#ended && this.#failure === null && this.#queue.length === 0 };
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }

  async #fill(): Promise<void> {
    try {
      const next = await this.#chunks.next();
      if (next.done !== true) {
        this.#decoder.decode(next.value);
        return;
      }
      this.#ended = true;
      this.#decoder.end();
    } catch (error) {
      this.#ended = true;
      this.#failure =
        error instanceof DamagedStream
          ? new TraceError(this.#path, error.message, this.#decoder.position, error)
          : error;
    }
  }
}
