import type { TraceBatch } from '../task/behaviour.ts';
import { type Failure, failure, type Opened } from './world.ts';

/** What this room knows of recorded traces; whoever runs scripts hands in how they are opened. */

export interface TraceSource {
  /** Of its bytes, in hex. */
  readonly sha256: string;
  /** Names of its files by their number; grows as records are read. */
  readonly files: readonly string[];
  /** At most `max` records from the one with this index on; `last`: no more will come. */
  read(from: number, max: number): Promise<{ readonly batch: TraceBatch; readonly last: boolean }>;
  close(): Promise<void>;
}

export interface TraceOpener {
  /** What is wrong with a --format, or null. */
  fault(format: string): string | null;
  /** Rejects with something that `isFault` knows when the trace can't be opened, and so does its `read`. */
  open(path: string, format: string | null, signal: AbortSignal | null): Promise<TraceSource>;
  /** Whether this is what went wrong with a trace (and not with this program). */
  isFault(error: unknown): error is Error;
}

/** What a machine is fed: the records, and the names of the files in them by number. */
export interface TraceRecords {
  readonly batch: TraceBatch;
  readonly last: boolean;
  readonly files: readonly string[];
}

/** Records handed to the machine at once. */
const BATCH = 16_384;

/** The traces that tasks of one machine are reading. */
export class Traces {
  readonly #opener: TraceOpener;
  readonly #signal: AbortSignal | null;
  /** One for each task: the same trace is read at two places by two. */
  readonly #open = new Map<string, TraceSource>();

  constructor(opener: TraceOpener, signal: AbortSignal | null) {
    this.#opener = opener;
    this.#signal = signal;
  }

  async open(task: string, path: string, format: string | null): Promise<Opened | Failure> {
    const fault = format === null ? null : this.#opener.fault(format);
    if (fault !== null) return failure('mistake', fault);
    return this.#guarded(async () => {
      const source = await this.#opener.open(path, format, this.#signal);
      const key = `${task} ${source.sha256}`;
      await this.#open.get(key)?.close();
      this.#open.set(key, source);
      return { ok: true, sha256: source.sha256 };
    });
  }

  has(task: string, sha256: string): boolean {
    return this.#open.has(`${task} ${sha256}`);
  }

  /** The records that a machine asked for. */
  async read(
    task: string,
    sha256: string,
    from: number,
  ): Promise<(TraceRecords & { readonly ok: true }) | Failure> {
    const source = this.#open.get(`${task} ${sha256}`);
    if (source === undefined) throw new Error(`the machine asks for a trace that nobody opened: ${sha256}`);
    return this.#guarded(async () => ({
      ok: true,
      ...(await source.read(from, BATCH)),
      files: source.files,
    }));
  }

  async close(): Promise<void> {
    for (const source of this.#open.values()) await source.close();
    this.#open.clear();
  }

  async #guarded<T>(act: () => Promise<T>): Promise<T | Failure> {
    try {
      return await act();
    } catch (error) {
      if (this.#signal?.aborted) return failure('interrupted', 'interrupted');
      if (this.#opener.isFault(error)) return failure('world', error.message);
      throw error;
    }
  }
}
