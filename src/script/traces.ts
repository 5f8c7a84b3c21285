import type { TraceBatch } from '../task/behaviour.ts';
import { type Failure, failure, type Opened } from './world.ts';

/** What this room knows of recorded traces; whoever runs scripts hands in how they are opened. */

export interface TraceSource {
  /** No other file, and no other state of this one, has the same while the program runs. */
  readonly id: string;
  /** Of its bytes, in hex: for what outlives the program. The whole file is read for it. */
  sha256(): Promise<string>;
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
  readonly #nameOf: (source: TraceSource) => string | Promise<string>;
  /** One for each task: the same trace is read at two places by two. */
  readonly #open = new Map<string, TraceSource>();

  /** `nameOf`: what a machine knows a trace by; its SHA-256 where the machine is saved, else its id will do. */
  constructor(
    opener: TraceOpener,
    signal: AbortSignal | null,
    nameOf: (source: TraceSource) => string | Promise<string>,
  ) {
    this.#opener = opener;
    this.#signal = signal;
    this.#nameOf = nameOf;
  }

  async open(task: string, path: string, format: string | null): Promise<Opened | Failure> {
    const fault = format === null ? null : this.#opener.fault(format);
    if (fault !== null) return failure('mistake', fault);
    return this.#guarded(async () => {
      const opened = await this.#opener.open(path, format, this.#signal);
      const source = await this.#nameOf(opened);
      const key = `${task} ${source}`;
      await this.#open.get(key)?.close();
      this.#open.set(key, opened);
      return { ok: true, source };
    });
  }

  has(task: string, source: string): boolean {
    return this.#open.has(`${task} ${source}`);
  }

  /** The records that a machine asked for. */
  async read(
    task: string,
    source: string,
    from: number,
  ): Promise<(TraceRecords & { readonly ok: true }) | Failure> {
    const opened = this.#open.get(`${task} ${source}`);
    if (opened === undefined) throw new Error(`the machine asks for a trace that nobody opened: ${source}`);
    return this.#guarded(async () => ({
      ok: true,
      ...(await opened.read(from, BATCH)),
      files: opened.files,
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
