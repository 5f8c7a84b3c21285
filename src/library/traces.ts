import { isAbsolute, resolve } from 'node:path';
import type { TraceRecords } from '../script/traces.ts';
import { type Failure, failure, type Opened } from '../script/world.ts';
import type { TraceBatch } from '../task/behaviour.ts';

/** Recorded traces, held whole: so that a machine which is fed never has to wait. */

/** About 200 MB. */
const MOST_RECORDS = 8_000_000;
const BATCH = 16_384;

interface Held {
  /** In their order, each with the number of its first record. */
  readonly batches: readonly { readonly from: number; readonly batch: TraceBatch }[];
  readonly files: readonly string[];
}

export class HeldTraces {
  /** By the SHA-256 of the file. */
  readonly #held = new Map<string, Held>();

  /** Reads a trace; a relative path goes out from the working directory. */
  async open(path: string, format: string | null): Promise<Opened | Failure> {
    // Most machines are never told of a trace.
    const { traceOpener } = await import('../workload/trace-opener.ts');
    const fault = format === null ? null : traceOpener.fault(format);
    if (fault !== null) return failure('mistake', fault);
    try {
      const source = await traceOpener.open(isAbsolute(path) ? path : resolve(path), format, null);
      try {
        const sha256 = await source.sha256();
        const batches: { from: number; batch: TraceBatch }[] = [];
        for (let from = 0; !this.#held.has(sha256); ) {
          if (from > MOST_RECORDS)
            return failure('world', `${path}: more than ${MOST_RECORDS} records: use memcg replay`);
          const { batch, last } = await source.read(from, BATCH);
          batches.push({ from, batch });
          from += batch.time.length;
          if (last) this.#held.set(sha256, { batches, files: source.files });
        }
        return { ok: true, source: sha256 };
      } finally {
        await source.close();
      }
    } catch (error) {
      if (traceOpener.isFault(error)) return failure('world', error.message);
      throw error;
    }
  }

  /** The records from that one on. Throws where nobody opened the trace, as after load(). */
  read(source: string, record: number): TraceRecords {
    const held = this.#held.get(source);
    if (held === undefined) throw new Error(`a task reads a trace that was not opened here (${source})`);
    const { batches, files } = held;
    const index = batches.findLastIndex((each) => each.from <= record);
    const { from, batch } = batches[index];
    return {
      batch: record === from ? batch : later(batch, record - from),
      last: index === batches.length - 1,
      files,
    };
  }
}

const later = ({ time, file, page, count, write }: TraceBatch, skip: number): TraceBatch => ({
  time: time.subarray(skip),
  file: file.subarray(skip),
  page: page.subarray(skip),
  count: count.subarray(skip),
  write: write.subarray(skip),
});
