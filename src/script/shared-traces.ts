import type { TraceOpener, TraceSource } from './traces.ts';

/** Batches that are kept for those who come later: runs that take turns are hardly ever further apart. */
const KEPT = 64;

type Batch = ReturnType<TraceSource['read']>;

/**
 * One pass over a trace for several runs at once: what the first of them reads the others are given. Who has fallen
 * too far behind reads the file by itself. Records are shared, and nobody changes them.
 */
export function sharing(opener: TraceOpener): TraceOpener {
  const passes = new Map<string, Promise<Pass>>();
  return {
    fault: (format) => opener.fault(format),
    isFault: (error): error is Error => opener.isFault(error),
    open: async (path, format, signal) => {
      const key = `${format ?? ''} ${path}`;
      const again = () => opener.open(path, format, signal);
      const opened = passes.get(key) ?? again().then((source) => new Pass(source));
      passes.set(key, opened);
      return reader(await opened, again);
    },
  };
}

class Pass {
  readonly source: TraceSource;
  readonly #batches = new Map<number, Batch>();
  #next = 0;
  #readers = 0;

  constructor(source: TraceSource) {
    this.source = source;
  }

  joined(): void {
    this.#readers += 1;
  }

  /** The records from one on; null: they were dropped, or nobody has come so far. */
  read(from: number, max: number): Batch | null {
    const known = this.#batches.get(from);
    if (known !== undefined || from !== this.#next) return known ?? null;
    this.#next = -1;
    const batch = this.source.read(from, max).then((read) => {
      this.#next = from + read.batch.time.length;
      return read;
    });
    this.#batches.set(from, batch);
    for (const oldest of this.#batches.keys()) {
      if (this.#batches.size <= KEPT) break;
      this.#batches.delete(oldest);
    }
    return batch;
  }

  async left(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers === 0) await this.source.close();
  }
}

/** A run's own view of it. */
function reader(pass: Pass, again: () => Promise<TraceSource>): TraceSource {
  const { id, files } = pass.source;
  let own: TraceSource | null = null;
  pass.joined();
  return {
    id,
    files,
    sha256: () => pass.source.sha256(),
    read: async (from, max) => {
      const shared = pass.read(from, max);
      if (shared !== null) return shared;
      own ??= await again();
      return own.read(from, max);
    },
    close: async () => {
      await own?.close();
      await pass.left();
    },
  };
}
