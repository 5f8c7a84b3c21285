import type { TraceRecords } from '../../script/traces.ts';
import type { Failure, Opened } from '../../script/world.ts';

/** Where a machine's recorded traces come from, each time that they are wanted. */
export interface Feeds {
  /** The records that a machine asked for. */
  read(
    task: string,
    source: string,
    record: number,
  ): Promise<(TraceRecords & { readonly ok: true }) | Failure>;
  /** Opens a trace that a line of a journal names. */
  open(task: string, path: string, format: string | null): Promise<Opened | Failure>;
  close(): Promise<void>;
}

/** Bytes of records that are kept to be fed again. */
const MOST_KEPT = 32 << 20;
const BYTES_A_RECORD = 8 + 4 + 8 + 4 + 1;

/** Records that were fed once, so that going back in time need not read a file from its beginning. */
export class KeptRecords {
  readonly #kept = new Map<string, TraceRecords & { readonly ok: true }>();
  #size = 0;

  async read(feeds: Feeds, task: string, source: string, record: number): ReturnType<Feeds['read']> {
    const key = `${source} ${record}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const read = await feeds.read(task, source, record);
    if (!read.ok) return read;
    this.#kept.set(key, read);
    this.#size += BYTES_A_RECORD * read.batch.time.length;
    for (const [oldest, { batch }] of this.#kept) {
      if (this.#size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
      this.#size -= BYTES_A_RECORD * batch.time.length;
    }
    return read;
  }
}
