import { type Needs, recordsOf, TraceMemory, type TraceRecords, TraceStore } from '../script/traces.ts';
import { type Failure, failure, type Opened } from '../script/world.ts';

/** About 200 MB. */
const MOST_RECORDS = 8_000_000;

/** Recorded traces, held whole: so that a machine which is fed never has to wait. */
export class HeldTraces {
  /** By the SHA-256 of the file. */
  readonly #held = new Map<string, TraceMemory>();

  async open(path: string, format: string | null): Promise<Opened | Failure> {
    // Most machines are never told of a trace.
    const { traceOpener } = await import('../workload/trace-opener.ts');
    const memory = new TraceMemory(Infinity);
    const store = new TraceStore({ opener: traceOpener, nameOf: (source) => source.sha256(), memory });
    try {
      const opened = await store.open('', path, format);
      if (!opened.ok || this.#held.has(opened.source)) return opened;
      const { source } = opened;
      let records = 0;
      for await (const read of recordsOf(store, '', source)) {
        if (!read.ok) return read;
        records += read.batch.time.length;
        if (records > MOST_RECORDS && !read.last)
          return failure('world', `${path}: more than ${MOST_RECORDS} records: use memcg replay`);
      }
      this.#held.set(source, memory);
      return opened;
    } finally {
      await store.close();
    }
  }

  /** The records that a machine asks for. Throws where nobody opened the trace, as after load(). */
  read({ source, record }: Needs): TraceRecords {
    const records = this.#held.get(source)?.records(source, record);
    if (records === undefined) throw new Error(`a task reads a trace that was not opened here (${source})`);
    return records;
  }
}
