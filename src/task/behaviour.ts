import type { Nanoseconds, Pages } from '../kernel/units.ts';

/**
 * What a task can be told to do. A behaviour is plain data: the step functions
 * of this room read it, and what they have done so far stands in `Progress`.
 */

/** How `touch` chooses its pages. */
export type Pattern =
  | { readonly kind: 'seq' }
  /** These, in their order. */
  | { readonly kind: 'these'; readonly pages: readonly number[] }
  | { readonly kind: 'random' }
  /** Zipf's law with this exponent: page k is touched in proportion to 1/k^theta. */
  | { readonly kind: 'zipf'; readonly theta: number }
  /** `share` of the pages (a fraction) get `of` of the touches. */
  | { readonly kind: 'hot'; readonly share: number; readonly of: number };

export interface Alloc {
  readonly kind: 'alloc';
  readonly pages: Pages;
}

export interface Free {
  readonly kind: 'free';
  /** null: all of it. The memory allocated last goes first. */
  readonly pages: Pages | null;
}

export interface Touch {
  readonly kind: 'touch';
  /** null: all that the task has allocated or mapped. */
  readonly pages: Pages | null;
  readonly pattern: Pattern;
  /** How many times `pages` touches are made; null: until `forTime` is over. */
  readonly times: number | null;
  readonly forTime: Nanoseconds | null;
  readonly write: boolean;
  /** Bytes a second; null: as fast as the machine goes. */
  readonly rate: number | null;
}

export interface Stream {
  readonly kind: 'stream';
  readonly file: string;
  /** Bytes are rounded up to whole pages. */
  readonly pages: Pages;
  readonly at: Pages;
  readonly write: boolean;
  readonly random: boolean;
  readonly times: number;
  readonly rate: number | null;
  /** Pages moved by one read(2) or write(2). */
  readonly block: Pages;
  /** false: as after posix_fadvise(POSIX_FADV_RANDOM). */
  readonly readahead: boolean;
}

/** mmap the first pages of a file, and touch each once if nothing else is said. */
export interface MapFile {
  readonly kind: 'map';
  readonly file: string;
  readonly pages: Pages;
  readonly touches?: boolean;
  /** As after madvise(MADV_RANDOM). */
  readonly random?: boolean;
}

/** Replays recorded page accesses; the driver feeds them, see `Machine.feed`. */
export interface Trace {
  readonly kind: 'trace';
  /** What its records are asked for by: a SHA-256 where the machine is saved, to know what it was reading. */
  readonly source: string;
  /** The file that accesses go to when the trace gives its files no names. */
  readonly file: string;
  /** true: as fast as the machine goes; false: not before its recorded time. */
  readonly asap: boolean;
}

export interface Sleep {
  readonly kind: 'sleep';
  readonly time: Nanoseconds;
}

export type Behaviour = Alloc | Free | Touch | Stream | MapFile | Trace | Sleep;

/** What a record of a trace does. */
export const READ = 0;
export const WRITE = 1;
/** The file ends before its page from now on; it is also what a file that is removed comes to. */
export const TRUNCATE = 2;
/** posix_fadvise(POSIX_FADV_DONTNEED): what is clean of its pages leaves the page cache. */
export const DROP = 3;

/**
 * A batch of trace records, as parallel arrays. Record i, at `time[i]` ns after
 * the trace's first record, does `op[i]` to `count[i]` pages of file `file[i]` from page
 * `page[i]` on, to each once.
 */
export interface TraceBatch {
  readonly time: Float64Array;
  readonly file: Int32Array;
  readonly page: Float64Array;
  readonly count: Int32Array;
  readonly op: Uint8Array;
}

/** No records: what a machine is fed that is to get no more. */
export const NO_RECORDS: TraceBatch = {
  time: new Float64Array(),
  file: new Int32Array(),
  page: new Float64Array(),
  count: new Int32Array(),
  op: new Uint8Array(),
};
