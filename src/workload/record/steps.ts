import { PAGE_SIZE, pagesOf } from '../../kernel/units.ts';
import { type Piece, ReadOrder } from './read-order.ts';
import { NOTHING_YET, type Sample } from './sample.ts';

/** What a task is to do at one time, in this order: touch, map, allocate, read, write, free. In pages. */
export interface Step {
  /** ns since the recording began. */
  readonly time: number;
  /** ns that the reads and writes take evenly; 0: as fast as they go. */
  readonly lasting: number;
  /** Of the memory that it has, and of the files that it has mapped. */
  readonly touch: { readonly anon: number; readonly mapped: number };
  readonly map: number;
  readonly alloc: number;
  readonly read: readonly Piece[];
  readonly write: { readonly at: number; readonly pages: number } | null;
  /** Written in the file that is read. */
  readonly rewrite: readonly Piece[];
  readonly free: number;
  /** Bytes of the reads that came from storage. */
  readonly fetched: number;
}

/** Changes of anonymous memory below these are held back: pages, and the share of the most that there was. */
const LEAST = 16;
const LEAST_SHARE = 1 / 64;
/** Reads and writes are held back until they come to so many pages, or for so many ns. */
const LEAST_IO = 64;
const TRICKLE = 1e9;
/** Mappings grow page by page while a program starts. */
const LEAST_MAP = 256;
/** A steady phase is written down at the latest after this time, ns: so much is lost at most. */
const LONGEST_PHASE = 10e9;
/** Nobody reads for a second's worth at once, ns. */
const LONG_INTERVAL = 500e6;
/** How far the rate of a steady phase may be from its mean. */
const STEADY = 1.33;

/** Bytes of script: what a recording begins with, and what each second adds. 4.6 MB in an hour at most. */
const ALLOWANCE = 256 * 1024;
const ALLOWANCE_A_SECOND = 1_200;

type Io = 'read' | 'written';

interface Phase {
  readonly io: Io;
  readonly from: Sample;
  to: Sample;
  looks: number;
}

/**
 * Makes steps of samples, few enough to be read: what changes little is held back, even reading or writing
 * becomes one step with a rate, and when a recording would grow beyond its allowance steps are put together.
 * Each keeps the highest point of what it covers, and nothing that was read or written is left out.
 */
export class Steps {
  /** Takes a step, answers the bytes that it is written in. */
  readonly #write: (step: Step) => number;
  readonly #ofTable: boolean;
  readonly #order: ReadOrder;
  #last: Sample = NOTHING_YET;
  #phase: Phase | null = null;
  /** The highest point since the last step, bytes. */
  #peak = 0;
  #spent = -ALLOWANCE;
  /** What the steps so far come to: pages, but `fetched`. */
  #level = 0;
  #top = 0;
  #mapped = 0;
  #read = 0;
  #written = 0;
  #fetched = 0;
  /** The most that was touched again since the last step, pages. */
  #touched = { anon: 0, mapped: 0 };
  /** When reads or writes were last written down. */
  #lastIo = 0;
  /** The most file memory that was seen, pages. */
  #cached: number | null;

  /**
   * `files`: bytes of the files that are read, if anybody knows. `ofTable`: samples are few and exact, and their
   * file memory has what is written in it.
   */
  constructor(write: (step: Step) => number, files: number | null, ofTable = false) {
    this.#write = write;
    this.#ofTable = ofTable;
    this.#order = ofTable ? new ReadOrder(1) : new ReadOrder();
    this.#cached = files === null ? null : pagesOf(files);
  }

  add(sample: Sample): void {
    const before = this.#last;
    const phase = this.#phase;
    const quiet = this.#isQuiet(sample);
    const io = ioOf(before, sample);
    if (phase !== null) {
      if (quiet && continues(phase, io, before, sample)) {
        phase.to = sample;
        phase.looks += 1;
        this.#see(sample);
        return;
      }
      this.#endPhase(phase);
    }
    this.#see(sample);
    if (quiet && io !== null) this.#phase = { io, from: before, to: sample, looks: 1 };
    else if (this.#isWorthIt(sample)) this.#spread(before, sample);
  }

  /** Writes down what was held back. */
  end(): void {
    if (this.#phase !== null) this.#endPhase(this.#phase);
    this.#spent = Number.NEGATIVE_INFINITY;
    this.#step(this.#last, this.#last.time, 0, true);
  }

  #see(sample: Sample): void {
    this.#last = sample;
    this.#peak = Math.max(this.#peak, sample.peak);
    const { anon, mapped } = sample.touched ?? { anon: 0, mapped: 0 };
    this.#touched = {
      anon: Math.max(this.#touched.anon, pagesOf(anon)),
      mapped: Math.max(this.#touched.mapped, pagesOf(mapped)),
    };
    if (sample.cached !== null) this.#cached = Math.max(this.#cached ?? 0, pagesOf(sample.cached));
  }

  #endPhase(phase: Phase): void {
    this.#phase = null;
    const { from, to, looks } = phase;
    if (looks === 1) this.#spread(from, to);
    else this.#step(to, from.time, to.time - from.time, false);
  }

  /** What one interval did, at its end; over all of it when it was long. */
  #spread(from: Sample, to: Sample): void {
    const interval = to.time - from.time;
    if (interval < LONG_INTERVAL) this.#step(to, to.time, 0, false);
    else this.#step(to, from.time, interval, false);
  }

  /** The least change of anonymous memory that is written down, pages. */
  get #least(): number {
    return this.#ofTable ? 1 : Math.max(LEAST, this.#top * LEAST_SHARE);
  }

  #isQuiet({ anon, peak, mapped, touched }: Sample): boolean {
    if (touched && Math.min(this.#level, pagesOf(touched.anon)) + pagesOf(touched.mapped) >= this.#least)
      return false;
    const far = (bytes: number): boolean => Math.abs(pagesOf(bytes) - this.#level) >= this.#least;
    return !far(anon) && !far(peak) && !far(this.#peak) && pagesOf(mapped) - this.#mapped < LEAST_MAP;
  }

  #isWorthIt(sample: Sample): boolean {
    const read = whole(sample.read) - this.#read;
    const written = whole(sample.written) - this.#written;
    const overdue = sample.time - this.#lastIo >= TRICKLE && read + written > 0;
    return !this.#isQuiet(sample) || read >= LEAST_IO || written >= LEAST_IO || overdue;
  }

  /** `last`: nothing is held back any more. */
  #step(upTo: Sample, time: number, lasting: number, last: boolean): void {
    if (this.#spent - (ALLOWANCE_A_SECOND * upTo.time) / 1e9 >= 0) return;
    const { alloc, free } = this.#anonymous(upTo);
    const grown = pagesOf(upTo.mapped) - this.#mapped;
    const map = grown >= (last ? 1 : LEAST_MAP) ? grown : 0;
    const all = last || upTo.time - this.#lastIo >= TRICKLE;
    const count = last ? nearest : whole;
    const read = atLeast(count(upTo.read) - this.#read, all ? 1 : LEAST_IO);
    const written = atLeast(count(upTo.written) - this.#written, all ? 1 : LEAST_IO);
    const touch = {
      anon: Math.min(this.#level, this.#touched.anon),
      mapped: Math.min(this.#mapped, this.#touched.mapped),
    };
    if (touch.anon + touch.mapped + map + alloc + read + written + free === 0) return;
    this.#touched = { anon: 0, mapped: 0 };

    const isCached = this.#ofTable && this.#cached !== null;
    const rewrite = isCached ? this.#order.pieces(written, this.#cached) : [];
    const write = written > 0 && !isCached ? { at: this.#written, pages: written } : null;
    const fetched = read > 0 ? upTo.fetched - this.#fetched : 0;
    const pieces = this.#order.pieces(read, this.#cached);
    this.#top = Math.max(this.#top, this.#level + alloc);
    this.#level += alloc - free;
    this.#mapped += map;
    this.#read += read;
    this.#written += written;
    this.#fetched += fetched;
    if (read + written > 0) this.#lastIo = upTo.time;
    this.#peak = upTo.anon;
    this.#spent += this.#write({
      time,
      lasting,
      touch,
      map,
      alloc,
      read: pieces,
      write,
      rewrite,
      free,
      fetched,
    });
  }

  /** Up to the highest point, then down to where it is. */
  #anonymous({ anon }: Sample): { alloc: number; free: number } {
    const near = (pages: number, other: number): boolean => Math.abs(pages - other) < this.#least;
    const now = pagesOf(anon);
    const end = near(now, this.#level) ? this.#level : now;
    const high = Math.max(this.#level, end);
    const peak = pagesOf(this.#peak);
    const top = peak > high && !near(peak, high) ? peak : high;
    return { alloc: top - this.#level, free: top - end };
  }
}

const nearest = (bytes: number): number => Math.round(bytes / PAGE_SIZE);
const whole = (bytes: number): number => Math.floor(bytes / PAGE_SIZE);
const atLeast = (count: number, least: number): number => (count >= least ? count : 0);

/** What this interval did, if that was only reading, or only writing. */
function ioOf(before: Sample, { read, written }: Sample): Io | null {
  const much = LEAST_IO * PAGE_SIZE;
  const hasRead = read - before.read >= much;
  const hasWritten = written - before.written >= much;
  if (hasRead === hasWritten) return null;
  return hasRead ? 'read' : 'written';
}

function continues({ io, from, to }: Phase, now: Io | null, before: Sample, sample: Sample): boolean {
  if (now !== io || sample.time - from.time > LONGEST_PHASE) return false;
  const mean = (to[io] - from[io]) / (to.time - from.time);
  const rate = (sample[io] - before[io]) / (sample.time - before.time);
  return rate < mean * STEADY && rate > mean / STEADY;
}
