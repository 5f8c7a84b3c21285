import type { Stop } from '../machine/machine.ts';
import type { TraceBatch } from '../task/behaviour.ts';
import { type Failure, failure, type Opened, type Soon } from './world.ts';

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
  readonly ok: true;
  readonly batch: TraceBatch;
  readonly last: boolean;
  readonly files: readonly string[];
}

/** The records that a machine asks for. */
export type Needs = Extract<Stop, { why: 'needs' }>;

/** A trace that a task reads. */
export interface TaskTrace {
  readonly task: string;
  readonly source: string;
  readonly path: string;
  readonly format: string | null;
}

/** Records handed to the machine at once. */
export const BATCH = 16_384;

/** So many records make 32 MiB. */
export const REMEMBERED = Math.floor((32 << 20) / 25);

/** Records that were read once, so that who reads the same again need not go to the file: the oldest go first. */
export class TraceMemory {
  readonly #most: number;
  readonly #pinned: boolean;
  readonly #records = new Map<string, TraceRecords>();
  readonly #sources = new Map<string, string>();
  readonly #traces = new Map<string, Pick<TaskTrace, 'path' | 'format'>>();
  #count = 0;

  /**
   * `most`: records of all traces together; one takes 25 bytes. `pinned`: what is at a path stays what it is, so
   * that no file need be opened for what is remembered.
   */
  constructor(most: number, { pinned = false } = {}) {
    this.#most = most;
    this.#pinned = pinned;
  }

  records(source: string, from: number): TraceRecords | undefined {
    return this.#records.get(`${source} ${from}`);
  }

  keep(source: string, from: number, records: TraceRecords): void {
    this.#records.set(`${source} ${from}`, records);
    this.#count += records.batch.time.length;
    for (const [oldest, { batch }] of this.#records) {
      if (this.#count <= this.#most) break;
      this.#records.delete(oldest);
      this.#count -= batch.time.length;
    }
  }

  /** What the trace at a path is known by, if it is pinned. */
  source(path: string, format: string | null): string | undefined {
    return this.#pinned ? this.#sources.get(`${format ?? ''} ${path}`) : undefined;
  }

  trace(source: string): Pick<TaskTrace, 'path' | 'format'> | undefined {
    return this.#traces.get(source);
  }

  know(source: string, path: string, format: string | null): void {
    this.#sources.set(`${format ?? ''} ${path}`, source);
    this.#traces.set(source, { path, format });
  }
}

export interface TraceSettings {
  readonly opener: TraceOpener;
  readonly signal?: AbortSignal | null;
  /** What a machine knows a trace by; left out: its id, which will do where the machine is not saved. */
  readonly nameOf?: (source: TraceSource) => string | Promise<string>;
  /** Where a path leads; left out: where it says. */
  readonly placeOf?: (path: string) => string;
  /** What tasks read already. */
  readonly begun?: readonly TaskTrace[];
  /** left out: every batch is read from the file. */
  readonly memory?: TraceMemory | undefined;
}

/** All the records of a trace that a task has opened, as a machine would ask for them. */
export async function* recordsOf(
  feeds: Pick<Feeds, 'read'>,
  task: string,
  source: string,
): AsyncGenerator<TraceRecords | Failure> {
  for (let record = 0; ; ) {
    const read = await feeds.read({ why: 'needs', task, source, record });
    yield read;
    if (!read.ok || read.last) return;
    record += read.batch.time.length;
  }
}

/** What feeds a machine. */
export type Feeds = Pick<TraceStore, 'open' | 'read' | 'close'>;

/** The traces that tasks of one machine read. A file is opened when records are wanted that nobody remembers. */
export class TraceStore {
  readonly #settings: TraceSettings;
  /** One for each task: the same trace is read at two places by two. */
  readonly #open = new Map<string, TraceSource>();
  readonly #begun: Map<string, TaskTrace>;

  constructor(settings: TraceSettings) {
    this.#settings = settings;
    this.#begun = new Map(settings.begun?.map((each) => [`${each.task} ${each.source}`, each]));
  }

  get begun(): readonly TaskTrace[] {
    return [...this.#begun.values()];
  }

  /** A task begins to read a trace. */
  async open(task: string, path: string, format: string | null): Promise<Opened | Failure> {
    const { opener, memory } = this.#settings;
    const fault = format === null ? null : opener.fault(format);
    if (fault !== null) return failure('mistake', fault);
    const known = memory?.source(path, format);
    return known === undefined ? this.#reopen(task, path, format) : this.#begin(task, known, path, format);
  }

  /** The records that a machine asked for. */
  read(needs: Needs): Soon<TraceRecords | Failure> {
    return this.#settings.memory?.records(needs.source, needs.record) ?? this.#read(needs);
  }

  async close(): Promise<void> {
    for (const source of this.#open.values()) await source.close();
    this.#open.clear();
  }

  async #reopen(task: string, path: string, format: string | null): Promise<Opened | Failure> {
    const { opener, signal = null, nameOf = ({ id }) => id, placeOf = (at) => at } = this.#settings;
    return this.#guarded(async () => {
      const opened = await opener.open(placeOf(path), format, signal);
      const source = await nameOf(opened);
      const key = `${task} ${source}`;
      await this.#open.get(key)?.close();
      this.#open.set(key, opened);
      return this.#begin(task, source, path, format);
    });
  }

  #begin(task: string, source: string, path: string, format: string | null): Opened {
    this.#begun.set(`${task} ${source}`, { task, source, path, format });
    this.#settings.memory?.know(source, path, format);
    return { ok: true, source };
  }

  async #read({ task, source, record }: Needs): Promise<TraceRecords | Failure> {
    const key = `${task} ${source}`;
    const { memory } = this.#settings;
    const known = this.#begun.get(key) ?? memory?.trace(source);
    if (known === undefined) return failure('world', `nobody has opened the trace ${source}`);
    const again = this.#open.has(key) ? null : await this.#reopen(task, known.path, known.format);
    if (again?.ok === false) return again;
    const opened = this.#open.get(key);
    if (opened === undefined) return failure('world', `${known.path}: it is no longer what it was`);
    return this.#guarded(async () => {
      const { batch, last } = await opened.read(record, BATCH);
      const records: TraceRecords = { ok: true, batch, last, files: opened.files };
      memory?.keep(source, record, records);
      return records;
    });
  }

  async #guarded<T>(act: () => Promise<T>): Promise<T | Failure> {
    const { opener, signal } = this.#settings;
    try {
      return await act();
    } catch (error) {
      if (signal?.aborted) return failure('interrupted', 'interrupted');
      if (opener.isFault(error)) return failure('world', error.message);
      throw error;
    }
  }
}
