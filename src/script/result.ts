import type { Errno } from '../kernel/errno.ts';
import type { TraceEventType } from '../kernel/trace.ts';
import type { Nanoseconds, Pages } from '../kernel/units.ts';
import type { CgroupLook, MachineOptions, TaskView } from '../machine/machine.ts';
import type { Timeline } from './history/timeline.ts';

/** What one run of a script came to: all that a report, a chart or JSON is made from. Plain data. */

export interface Position {
  readonly file: string;
  /** From 1; 0 when the place is not a line (the command line, a file that could not be opened). */
  readonly line: number;
  /** From 1, in UTF-16 units; 0 when unknown. */
  readonly column: number;
}

export interface FailedExpectation extends Position {
  /** The check as it was written: `web/usage_in_bytes <= 56M`, `fails EINVAL write ...`. */
  readonly text: string;
  /** What the machine had instead: `58720256`, `it succeeded`, `EBUSY: Device or resource busy`. */
  readonly found: string;
}

export interface Expectations {
  readonly passed: number;
  /** The first MAX_KEPT of them. */
  readonly failed: readonly FailedExpectation[];
  /** How many more failed than `failed` holds. */
  readonly omitted: number;
}

/**
 * Why a run ended before its last line, and the exit status of that. `refused`: the emulated kernel said no
 * outside `fails`, a wait timed out, or the task of a `run` was killed. `mistake`: the script or the command line
 * is wrong. `world`: I/O failed or input is damaged.
 */
export const EXIT = { refused: 1, mistake: 2, world: 3, interrupted: 130 } as const;
export type ErrorKind = keyof typeof EXIT;

export interface RunError extends Position {
  readonly kind: ErrorKind;
  /** One line without position and full stop: `write web/memory.limit_in_bytes: EINVAL: Invalid argument`. */
  readonly message: string;
  /** Which rule was broken and what to do; may be empty. */
  readonly why: string;
  readonly errno: Errno | null;
  /** The line of the script; empty when there is none. */
  readonly text: string;
}

export interface OutputLine {
  readonly file: string;
  readonly line: number;
  /** What the command printed, less its last newline; may be several lines. */
  readonly text: string;
}

/** A cgroup's usage over the interval that ends at `time`, in pages. */
export interface Sample {
  readonly time: Nanoseconds;
  readonly min: Pages;
  readonly max: Pages;
  readonly last: Pages;
}

/** The marks from `time` on; null: not set (as on a fresh cgroup). */
export interface Marks {
  readonly time: Nanoseconds;
  readonly low: Pages | null;
  readonly high: Pages | null;
  readonly limit: Pages | null;
}

export interface History {
  /** At most MAX_SAMPLES, ascending in time; the last is the run's end. */
  readonly samples: readonly Sample[];
  /** At most MAX_SAMPLES, ascending in time; the first is the cgroup's birth. */
  readonly marks: readonly Marks[];
}

export interface CgroupResult extends CgroupLook {
  /** Every file that can be read, by its full name, the kernel's text less its last newline. */
  readonly files: Readonly<Record<string, string>>;
  readonly history: History;
}

export interface Warning {
  readonly time: Nanoseconds;
  readonly cgroup: string;
  readonly text: string;
  /** The lowest low watermark that this workload could reach. */
  readonly floor: Pages;
}

export interface RunResult {
  /** The script as it was named; `-` for standard input. */
  readonly script: string;
  /** No error and no failed expectation. */
  readonly ok: boolean;
  /** null when no machine could be booted. */
  readonly options: MachineOptions | null;
  readonly virtualNs: Nanoseconds;
  readonly realMs: number;
  readonly expectations: Expectations;
  /** In order of creation, '/' first; those that were removed are not among them. */
  readonly cgroups: readonly CgroupResult[];
  readonly tasks: readonly TaskView[];
  /** The first MAX_KEPT. */
  readonly warnings: readonly Warning[];
  /** Empty unless it was asked for (`--json`); the first MAX_KEPT. */
  readonly output: readonly OutputLine[];
  /** How many trace events of each type there were. */
  readonly events: Readonly<Record<TraceEventType, number>>;
  /** null unless it was asked for. */
  readonly timeline: Timeline | null;
  readonly error: RunError | null;
}

/** Failed expectations, warnings and outputs kept in a result: a script may be endless, memory is not. */
export const MAX_KEPT = 10_000;
/** Samples of usage kept for each cgroup. */
export const MAX_SAMPLES = 2_048;

/** The exit status of `memcg` for this result. */
export const exitStatus = ({ error, expectations }: RunResult): number =>
  error === null ? Math.min(1, expectations.failed.length) : EXIT[error.kind];
