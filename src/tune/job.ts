import type { Pages } from '../kernel/units.ts';
import { DEFAULT_OPTIONS, type KernelVersion, type MachineOptions } from '../machine/machine.ts';

/** One script of a job. */
export interface JobScript {
  /** As it was named; `-` for standard input. Also the key of its text in `texts`. */
  readonly name: string;
  /** Of its text and of all that it includes and reads, in hex. */
  readonly sha256: string;
  /** Of the machine that it asks for. */
  readonly memory: Pages;
  readonly policy: string;
}

/**
 * All that a worker needs to run any point of a sweep, wherever it is. Plain data, as JSON can hold it:
 * texts go along, traces are read where the worker is and must have the SHA-256 that stands here.
 */
export interface Job {
  readonly scripts: readonly JobScript[];
  /** The scripts, the boot script and all that is included, by the path that leads there. */
  readonly texts: Readonly<Record<string, string>>;
  /** SHA-256 in hex of each trace, by its path; relative ones from the working directory. */
  readonly traces: Readonly<Record<string, string>>;
  /** The boot script, one of the texts; null: a bare machine. */
  readonly boot: string | null;
  /** That of machines whose policy is not their kernel's own; if left out, the same. */
  readonly bootOfOthers?: string;
  /** The group that is tuned, and the default one. */
  readonly group: string;
  /** What the command line says of the machine, and its kernel; a point has the last word on policy and seed. */
  readonly options: Partial<MachineOptions>;
  /** Time at the beginning that does not count, ns. */
  readonly warmup: number;
  /** Where a worker keeps its own copy of a trace, by the path above; left out: traces are at their paths. */
  readonly copies?: Readonly<Record<string, string>>;
}

/** That all its scripts run on. */
export const kernelOf = ({ options }: Pick<Job, 'options'>): KernelVersion =>
  options.kernel ?? DEFAULT_OPTIONS.kernel;
