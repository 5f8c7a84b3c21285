import type { Result } from '../kernel/errno.ts';
import type { Nanoseconds, Pages } from '../kernel/units.ts';
import type { Machine } from '../machine.ts';
import type { Behaviour } from '../task/behaviour.ts';

/**
 * Everything that can change a machine is an operation: plain data. The task
 * `sh` carries it out, in the root group.
 */
export type Operation =
  /** write(2) to a control file by its absolute path. */
  | { readonly op: 'write'; readonly path: string; readonly data: Uint8Array }
  | { readonly op: 'mkdir'; readonly path: string }
  | { readonly op: 'rmdir'; readonly path: string }
  | { readonly op: 'rename'; readonly from: string; readonly to: string }
  | { readonly op: 'spawn'; readonly task: string; readonly cgroup: string; readonly node?: number }
  /** KILL is over when the task is gone; `wait: false` is over at once. */
  | {
      readonly op: 'kill';
      readonly task: string;
      readonly signal: 'KILL' | 'STOP' | 'CONT';
      readonly wait?: boolean;
    }
  | { readonly op: 'attach'; readonly task: string; readonly cgroup: string }
  | { readonly op: 'renice'; readonly task: string; readonly nice: number }
  /** Answers at once; the behaviour goes on in the background. */
  | { readonly op: 'start'; readonly task: string; readonly behaviour: Behaviour }
  /** Over when the behaviour is: EINTR when it was stopped, ESRCH when the task was killed. */
  | { readonly op: 'run'; readonly task: string; readonly behaviour: Behaviour }
  /** Ends the task's behaviour and keeps the task; `wait: false` only asks it to. */
  | { readonly op: 'stop'; readonly task: string; readonly wait?: boolean }
  /** Over when the task does nothing any more, or is gone. */
  | { readonly op: 'wait-task'; readonly task: string }
  /** Until this virtual time since boot. */
  | { readonly op: 'sleep'; readonly until: Nanoseconds }
  /** As sleep, but nobody sleeps: the machine is as if nothing had been asked of it. */
  | { readonly op: 'let-pass'; readonly until: Nanoseconds }
  /** Until `test` holds of the machine that it is performed on, asked after every event; EAGAIN at `until`. */
  | {
      readonly op: 'wait-until';
      readonly test: (machine: Machine) => boolean;
      readonly until: Nanoseconds | null;
    }
  /** drop_caches for one file, or for all (null). */
  | { readonly op: 'drop'; readonly file: string | null }
  | { readonly op: 'sync' }
  | { readonly op: 'truncate'; readonly file: string; readonly pages: Pages };

/** Why Machine.run() came back. */
export type Stop =
  /** The operation in hand is over. */
  | { readonly why: 'done'; readonly result: Result<undefined> }
  /** Virtual time has reached the bound. */
  | { readonly why: 'time' }
  /** feed() the records of that source from that one on, then run again. */
  | { readonly why: 'needs'; readonly source: string; readonly record: number; readonly task: string }
  /** What was watched for holds. */
  | { readonly why: 'watched' }
  /** Nothing will ever happen again. */
  | { readonly why: 'idle' };
