import type {
  Caller,
  MachineOptions,
  Operation,
  ReclaimStat,
  Result,
  TaskView,
  Vfs,
} from '../machine/machine.ts';

/**
 * A way to a machine: in process, through the library, the command or a mount. The same recordings
 * are held against each.
 */
export interface Front {
  /** false: files are read and written as wholes, by do() and read(). */
  readonly hasDescriptors: boolean;
  /** Control files have sizes, and the system keeps their positions. */
  readonly isMount?: true;
  /** Does an operation to its end. `sleep` and `wait-until` are pass() and settle() here. */
  do(operation: Operation): Result<undefined>;
  /** Virtual time passes, ms. */
  pass(milliseconds: number): void;
  /** Virtual time passes until a task does nothing any more or is gone, so many ms at most. */
  settle(task: string, milliseconds: number): void;
  /** The text of a control file. */
  read(path: string): Result<string>;
  calls(caller: Caller): Calls;
  /** An answer of a call that takes virtual time (null). */
  finish(begun: Result<undefined> | null): Result<undefined>;
  tasks(): readonly TaskView[];
  /** Paths. */
  cgroups(): readonly string[];
  reclaimStat(path: string): ReclaimStat;
  /** Page cache of the whole machine, pages. */
  cached(): number;
}

/** System calls on the cgroup filesystem, as Vfs has them. */
export interface Calls extends Omit<Vfs, 'at'> {
  at(fd: number): Result<Calls>;
}

/** Boots a machine with these errata, as the recordings were made: one CPU, no swap, no files but the kernel's; or as `options` say. */
export type Boot = (errata: MachineOptions['errata'], options?: Partial<MachineOptions>) => Front;

/** Thrown for what can't be said this way: it is not compared, and the comparison says so by name. */
export class Inexpressible extends Error {
  override readonly name = 'Inexpressible';
}
