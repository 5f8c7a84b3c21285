import type { AllowanceName } from './allowances.ts';
import type { Boot } from './front.ts';

/** What the suite is made of: kinds of recordings, each run line by line against the emulator. */

export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** As the recordings of 2.6.26 name their kernel. */
export const DIALECT = '2.6.26-rc2';

/** One line of a recording that this kind understands. */
export interface RecordedLine {
  /** 1 for the first line of its file. */
  readonly number: number;
  readonly fields: Readonly<Record<string, Value>>;
}

/** One value of a recording against the same value of the emulator. */
export interface Answer {
  /** What was asked, in words that name it among all of its kind. */
  readonly case: string;
  readonly field: string;
  readonly recorded: Value;
  readonly found: Value;
  /** The two are equal, or `allowance` says why they needn't be. */
  readonly agrees: boolean;
  /** Only where the two were not held to be equal. */
  readonly allowance?: AllowanceName;
}

/** What of a recording could not be used: a cut line, an unknown field, another kernel's dialect. */
export interface Skipped {
  readonly line: number;
  /** One sentence without the line's number, the same for all of its sort, so that it can be counted. */
  readonly why: string;
}

export interface Comparison {
  readonly answers: readonly Answer[];
  readonly skipped: readonly Skipped[];
}

export interface Kind {
  /** One word: `write`, `order`, ... */
  readonly name: string;
  /** What is compared, for people, in a few words. */
  readonly about: string;
  /** File name of the recording; `.gz` is compressed. */
  readonly recording: string;
  /** How its lines name the kernel whose answers these are. */
  readonly dialect: string;
  /** Every field that a line may have; others are skipped by name. */
  readonly fields: readonly string[];
  /** The whole recording, in its order, on machines of its own; left out, `boot` makes them in process. */
  run(lines: readonly RecordedLine[], boot?: Boot): Comparison;
}
