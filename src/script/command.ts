import type { Errno } from '../kernel/errno.ts';
import type { Nanoseconds, Pages } from '../kernel/units.ts';
import type { Access, Fault, MachineOptions, Owner } from '../machine/machine.ts';
import type { Resident } from '../mm/types.ts';
import type { Behaviour, Trace } from '../task/behaviour.ts';
import type { Condition } from './condition.ts';
import type { FileName } from './paths.ts';

/**
 * A line of the language as plain data. Cgroup paths are absolute; a FileName
 * or a spawn without one means the default group, which whoever runs it knows.
 */
export type Command =
  | FilesCommand
  | TasksCommand
  | ProcessesCommand
  | WorldCommand
  | TimeCommand
  | FaultCommand
  | CheckCommand
  | ScriptCommand;

export type FilesCommand =
  | { readonly name: 'ls'; readonly cgroup: string; readonly recursive: boolean }
  | { readonly name: 'tree'; readonly cgroup: string }
  | { readonly name: 'cat'; readonly files: readonly FileName[]; readonly human: boolean }
  | { readonly name: 'write'; readonly file: FileName; readonly text: string }
  | { readonly name: 'rewrite'; readonly file: FileName; readonly text: string }
  | { readonly name: 'open' | 'close'; readonly file: FileName }
  | {
      readonly name: 'mkdir';
      readonly cgroups: readonly string[];
      readonly parents: boolean;
      readonly mode?: number | undefined;
      readonly owner?: Owner | undefined;
    }
  | { readonly name: 'rmdir'; readonly cgroups: readonly string[]; readonly recursive: boolean }
  /** Of a cgroup, or of a control file. */
  | { readonly name: 'chmod'; readonly mode: number; readonly path: string }
  | { readonly name: 'chown'; readonly owner: Owner; readonly path: string }
  | { readonly name: 'utimes'; readonly atime: number; readonly mtime: number; readonly path: string }
  | { readonly name: 'mv'; readonly from: string; readonly to: string }
  | {
      readonly name: 'get';
      readonly cgroups: readonly string[];
      readonly names: readonly string[];
      readonly noHeaders: boolean;
      readonly valuesOnly: boolean;
      readonly human: boolean;
    }
  | {
      readonly name: 'set';
      readonly cgroup: string;
      readonly values: readonly Assignment[];
      /** Not when the command line has set marks. */
      readonly weak?: boolean;
    };

export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly column: number;
}

export type TasksCommand =
  | {
      readonly name: 'spawn';
      readonly task: string;
      readonly cgroup: string | null;
      readonly node: number | null;
      /** Whether it is known which pages it reads again; null: not said. */
      readonly rereads: 'known' | 'unknown' | null;
    }
  | {
      readonly name: 'kill';
      readonly task: string;
      readonly signal: 'KILL' | 'STOP' | 'CONT';
      readonly wait: boolean;
    }
  | { readonly name: 'attach'; readonly task: string; readonly cgroup: string }
  | { readonly name: 'renice'; readonly task: string; readonly nice: number }
  | { readonly name: 'ps' }
  | { readonly name: 'run' | 'start'; readonly task: string; readonly behaviour: BehaviourWords }
  | { readonly name: 'stop'; readonly task: string; readonly wait: boolean };

export type ProcessesCommand =
  | {
      readonly name: 'adopt';
      readonly pid: number;
      readonly cgroup: string;
      readonly comm: string | null;
      readonly start: number | null;
      readonly parent: number | null;
      readonly base: Partial<Resident>;
    }
  | { readonly name: 'proc'; readonly pid: number; readonly seen: Partial<Resident>; readonly wait: boolean }
  | { readonly name: 'exec'; readonly pid: number; readonly comm: string | null }
  | { readonly name: 'exit'; readonly pid: number };

/** A behaviour whose trace has not been opened yet. */
export type BehaviourWords = Exclude<Behaviour, Trace> | TraceWords;

export interface TraceWords {
  readonly kind: 'trace';
  /** Relative to the script that names it. */
  readonly path: string;
  readonly format: string | null;
  readonly asap: boolean;
}

export type WorldCommand =
  /** null: every file's. */
  | { readonly name: 'drop'; readonly file: string | null }
  | { readonly name: 'sync' }
  | { readonly name: 'truncate'; readonly file: string; readonly pages: Pages };

export type TimeCommand =
  | { readonly name: 'wait'; readonly for: 'time'; readonly time: Nanoseconds }
  | { readonly name: 'wait'; readonly for: 'task'; readonly task: string }
  | {
      readonly name: 'wait';
      readonly for: 'condition';
      readonly condition: Condition;
      readonly within: Nanoseconds;
    }
  /** `late`: a time that is over is no mistake. */
  | { readonly name: 'at'; readonly time: Nanoseconds; readonly late?: boolean };

export type FaultCommand =
  | {
      readonly name: 'fault';
      readonly does: 'set';
      readonly file: FileName;
      readonly fault: Omit<Fault, 'path'>;
    }
  /** null: of all files. */
  | { readonly name: 'fault'; readonly does: 'clear'; readonly file: FileName | null }
  | { readonly name: 'faults' }
  | { readonly name: 'attempt'; readonly file: FileName; readonly access: Access };

export type CheckCommand =
  | { readonly name: 'expect'; readonly condition: Condition }
  /** `text` is the command as it was written. */
  | { readonly name: 'fails'; readonly errno: Errno; readonly command: Command; readonly text: string };

export type ScriptCommand =
  | { readonly name: 'machine'; readonly options: Partial<MachineOptions> }
  | { readonly name: 'print'; readonly text: string }
  /** Where a script is played, it waits there until somebody lets it go on. */
  | { readonly name: 'pause'; readonly text: string }
  | { readonly name: 'include'; readonly path: string };

export type CommandName = Command['name'];
