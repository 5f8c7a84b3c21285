import { ERRNO_TEXT, type Errno, type Refusal, type Result } from '../kernel/errno.ts';
import type { Machine, Operation } from '../machine/machine.ts';
import type { ErrorKind } from './result.ts';

/** What commands work on, and how they end. */

/** All of a machine that the language needs. */
export type TheMachine = Pick<
  Machine,
  | 'options'
  | 'now'
  | 'observer'
  | 'taskObserver'
  | 'perform'
  | 'run'
  | 'feed'
  | 'interrupt'
  | 'read'
  | 'list'
  | 'cgroups'
  | 'looks'
  | 'usage'
  | 'usages'
  | 'reclaimStat'
  | 'tasks'
  | 'faults'
  | 'nextFault'
>;

export interface Failure {
  readonly ok: false;
  readonly kind: ErrorKind;
  /** One line without full stop: `write web/memory.limit_in_bytes: EINVAL: Invalid argument`. */
  readonly message: string;
  /** Which rule was broken and what to do; may be empty. */
  readonly why: string;
  readonly errno: Errno | null;
}

export type Outcome = { readonly ok: true } | Failure;

/** A value now, or later: what has nothing to wait for is not made to wait. */
export type Soon<T> = T | Promise<T>;

/** What an `expect` or a `fails` came to: its text, and what the machine had. */
export interface Check {
  readonly passed: boolean;
  readonly text: string;
  readonly found: string;
}

export interface World {
  readonly machine: TheMachine;
  /** Where files, tasks and groups are that nobody says where they are. */
  readonly group: string;
  /** The command line has set marks: a script's own are for when nobody does. */
  readonly marksGiven?: boolean;
  /** Begins an operation and lets the machine run until it has ended; `subject` begins the message of a refusal. */
  readonly drive: (operation: Operation, subject: string) => Soon<Outcome>;
  /** Prints as is, newlines and all. */
  readonly print: (text: string) => void;
  readonly check: (check: Check) => void;
  /** Waits until somebody lets the script go on; left out: nobody is there to. */
  readonly pause?: () => Soon<Outcome>;
  /** Standard input, for `write FILE -`; null in a script. */
  readonly input: (() => Promise<Uint8Array>) | null;
  /** Opens a trace that can be replayed from now on by this task. */
  readonly openTrace: (task: string, path: string, format: string | null) => Promise<Opened | Failure>;
}

export interface Opened {
  readonly ok: true;
  /** What a machine is to know the trace by. */
  readonly source: string;
}

export const FINE: Outcome = { ok: true };

export const failure = (kind: ErrorKind, message: string, why = ''): Failure => ({
  ok: false,
  kind,
  message,
  why,
  errno: null,
});

export const refused = (subject: string, { errno, why }: Refusal): Failure => ({
  ok: false,
  kind: 'refused',
  message: `${subject}: ${errno}: ${ERRNO_TEXT[errno]}`,
  why,
  errno,
});

/** `subject` begins the message of a refusal. */
export const answered = (result: Result<undefined>, subject: string): Outcome =>
  result.ok ? FINE : refused(subject, result);

/** Not called `then`: a module that exports that is taken for a promise when it is imported. */
export function andThen<T, U>(value: Soon<T>, next: (value: T) => Soon<U>): Soon<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Does each in turn, up to the first that fails. */
export function inTurn<T>(items: readonly T[], act: (item: T) => Soon<Outcome>): Soon<Outcome> {
  for (let i = 0; i < items.length; i++) {
    const outcome = act(items[i]);
    if (outcome instanceof Promise) return goOn(outcome, items.slice(i + 1), act);
    if (!outcome.ok) return outcome;
  }
  return FINE;
}

async function goOn<T>(
  first: Promise<Outcome>,
  rest: readonly T[],
  act: (item: T) => Soon<Outcome>,
): Promise<Outcome> {
  let outcome = await first;
  for (const item of rest) {
    if (!outcome.ok) return outcome;
    outcome = await act(item);
  }
  return outcome;
}
