import type { Errno, Machine } from '../machine/machine.ts';
import { type Driver, outcomeOf } from '../script/drive.ts';
import type { ErrorKind } from '../script/result.ts';
import { linesOf } from '../script/script-files.ts';
import type { Steps } from '../script/steps.ts';
import { type End, Walk } from '../script/walk.ts';
import { andThen, type World } from '../script/world.ts';
import type { HeldTraces } from './traces.ts';

/** A line that was refused, an expectation that was not met, or a mistake in a line. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly kind: ErrorKind | 'expectation';
  /** Of the emulated kernel; null unless it refused. */
  readonly code: Errno | null;
  /** The line as it was written. */
  readonly line: string;

  constructor(kind: ScriptError['kind'], line: string, message: string, why: string, code: Errno | null) {
    super(why === '' ? message : `${message}: ${why}`);
    this.kind = kind;
    this.line = line;
    this.code = code;
  }
}

/** What lines work on. */
export interface Bench {
  readonly machine: Machine;
  readonly group: string;
  readonly driver: Driver;
  readonly traces: HeldTraces;
}

/** What lines came to that did not fail. */
export interface Obeyed {
  readonly output: string;
  /** Expectations that were not met: the lines, and what was found. */
  readonly unmet: readonly { readonly line: string; readonly text: string }[];
}

/** Obeys lines on a machine; nothing is waited for but the file of a trace. Throws a ScriptError at the first that fails. */
export function* obeyed(
  { machine, group, driver, traces }: Bench,
  walked: (walk: Walk) => Steps<End>,
): Steps<Obeyed> {
  let output = '';
  const unmet: { line: string; text: string }[] = [];
  const world: World = {
    machine,
    group,
    input: null,
    drive: (operation, subject) => andThen(driver.drive(operation), (ended) => outcomeOf(ended, subject)),
    print: (text) => {
      output += text;
    },
    check: ({ passed, text, found }) => {
      const line = walk.place.text;
      if (!passed) unmet.push({ line, text: `${line.trim()}: ${text}: ${found}` });
    },
    openTrace: (_task, path, format) => traces.open(walk.beside(path), format),
  };
  const walk = new Walk({
    world: () => world,
    linesOf: (path) => linesOf(path, null),
  });
  const end = yield* walked(walk);
  if (end !== null) throw scriptError(end);
  return { output, unmet };
}

function scriptError({ kind, file, line, message, why, errno, text }: Exclude<End, null>): ScriptError {
  const place = file !== '' && line > 0 ? `${file}:${line}: ` : '';
  const said = why === '' && kind === 'mistake' && text !== '' ? `in '${text}'` : why;
  return new ScriptError(kind, text, `${place}${message}`, said, errno);
}

/** Throws a ScriptError where an expectation was not met. */
export function met({ output, unmet }: Obeyed): string {
  if (unmet.length === 0) return output;
  throw new ScriptError('expectation', unmet[0].line, unmet.map(({ text }) => text).join('\n'), '', null);
}

export const needsTime = (): Error =>
  new TypeError('a trace is read from a file: run it with run(), and await that');
