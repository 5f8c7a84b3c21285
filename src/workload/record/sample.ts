import type { Touched } from './referenced.ts';

/** What a program was seen to have and to have done; of all sources (processes, cgroups, CSV) alike. */
export interface Sample {
  /** ns since the recording began; never less than the sample before's. */
  readonly time: number;
  /** Bytes of anonymous memory now. */
  readonly anon: number;
  /** The most of it since the sample before, as far as anybody can tell; at least `anon`. */
  readonly peak: number;
  /** Bytes of files that are mapped. */
  readonly mapped: number;
  /** Bytes of files in memory; null: nobody knows. */
  readonly cached: number | null;
  /** Bytes of files that were read and written since the recording began; they never fall. */
  readonly read: number;
  readonly written: number;
  /** What its calls read and wrote, of whatever it was; left out: the same. */
  readonly calls?: { readonly read: number; readonly written: number };
  /** Bytes that storage delivered for it since the recording began. */
  readonly fetched: number;
  /** Bytes that were there before and were used since somebody looked last; left out: nobody looked. */
  readonly touched?: Touched | null;
}

export const NOTHING_YET: Sample = {
  time: 0,
  anon: 0,
  peak: 0,
  mapped: 0,
  cached: null,
  read: 0,
  written: 0,
  fetched: 0,
};

const FIGURES = ['anon', 'peak', 'mapped', 'cached', 'read', 'written', 'fetched'] as const;

/** Whether nothing happened between the two, as far as they tell. */
export const isAlike = (a: Sample, b: Sample): boolean => FIGURES.every((name) => a[name] === b[name]);

/** What a recording amounts to. */
export interface Totals {
  readonly time: number;
  readonly peak: number;
  /** The most of memory, mapped files, and files that were read and written: nothing was dropped. */
  readonly all: number;
  /** Of files, as far as known: read for the first time. */
  readonly files: number;
  /** By calls. */
  readonly read: number;
  readonly written: number;
  readonly fetched: number;
  readonly samples: number;
}

export const NO_TOTALS: Totals = {
  time: 0,
  peak: 0,
  all: 0,
  files: 0,
  read: 0,
  written: 0,
  fetched: 0,
  samples: 0,
};

/** The totals with one more sample. `ofTable`: what was written is in its file memory already. */
export function withSample(totals: Totals, sample: Sample, ofTable: boolean): Totals {
  const { time, peak, mapped, cached, read, written, fetched, calls } = sample;
  const files = cached ?? read;
  const fresh = ofTable && cached !== null ? 0 : written;
  return {
    time,
    peak: Math.max(totals.peak, peak),
    all: Math.max(totals.all, peak + mapped + files + fresh),
    files,
    read: (calls ?? sample).read,
    written: (calls ?? sample).written,
    fetched,
    samples: totals.samples + 1,
  };
}

/** What can be recorded. */
export interface Source {
  /** How it is now; null: it is gone. `time`: ns since the recording began. */
  look(time: number): Sample | null;
  /** What was found on the way that a reader of the recording should know; a sentence each. */
  readonly notes: ReadonlySet<string>;
  close(): void;
}
