import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Errno, Operation, Result } from '../machine/machine.ts';
import { execute } from '../script/interpreter.ts';
import type { ErrorKind } from '../script/result.ts';
import { parseLine } from '../script/vocabulary.ts';
import {
  type Failure,
  FINE,
  type Opened,
  type Outcome,
  refused,
  type TheMachine,
  type World,
} from '../script/world.ts';
import { linesOf } from './host-files.ts';

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
  readonly machine: TheMachine;
  readonly group: string;
  readonly finish: (begun: Result<undefined> | null) => Result<undefined>;
  readonly openTrace: (path: string, format: string | null) => Promise<Opened | Failure>;
}

/** Scripts within scripts. */
const MAX_DEPTH = 16;

/** Obeys lines one after the other; a line that has to wait for a file of the host is a promise. */
export class Lines {
  output = '';
  readonly #bench: Bench;
  readonly #unmet: string[] = [];

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Throws a ScriptError at the first line that fails, and after the last where an expectation was not met. */
  *obey(
    lines: readonly string[],
    scripts: readonly string[] = [],
  ): Generator<Promise<Outcome>, void, Outcome> {
    for (const [index, line] of lines.entries()) {
      const parsed = parseLine(line);
      if (parsed.kind === 'nothing') continue;
      const failed = (kind: ErrorKind, message: string, why: string, code: Errno | null): ScriptError => {
        const place = scripts.length > 0 ? `${scripts.at(-1)}:${index + 1}: ` : '';
        return new ScriptError(kind, line, `${place}${message}`, why, code);
      };
      if (parsed.kind === 'mistake') throw failed('mistake', parsed.mistake.message, `in '${line}'`, null);
      const { command } = parsed;
      if (command.name === 'include') {
        yield* this.file(beside(scripts.at(-1), command.path), scripts);
        continue;
      }
      // The first command of a boot script was obeyed when the machine was booted.
      if (command.name === 'machine' && scripts.length === 1) continue;
      const soon = execute(command, this.#world(line, scripts.at(-1)));
      const outcome = soon instanceof Promise ? yield soon : soon;
      if (!outcome.ok) throw failed(outcome.kind, outcome.message, outcome.why, outcome.errno);
    }
    const [unmet] = this.#unmet;
    if (scripts.length === 0 && unmet !== undefined)
      throw new ScriptError('expectation', unmet, this.#unmet.join('\n'), '', null);
  }

  *file(path: string, scripts: readonly string[]): Generator<Promise<Outcome>, void, Outcome> {
    if (scripts.includes(path)) throw new ScriptError('mistake', path, `${path} includes itself`, '', null);
    if (scripts.length >= MAX_DEPTH)
      throw new ScriptError('mistake', path, `more than ${MAX_DEPTH} scripts within each other`, '', null);
    yield* this.obey(linesOf(path), [...scripts, path]);
  }

  #world(line: string, script: string | undefined): World {
    const { machine, group, finish, openTrace } = this.#bench;
    const drive = (operation: Operation, subject: string): Outcome => {
      const result = finish(machine.perform(operation));
      return result.ok ? FINE : refused(subject, result);
    };
    return {
      machine,
      group,
      input: null,
      drive,
      print: (text) => {
        this.output += text;
      },
      check: ({ passed, text, found }) => {
        if (!passed) this.#unmet.push(`${line.trim()}: ${text}: ${found}`);
      },
      openTrace: (_task, path, format) => openTrace(beside(script, path), format),
    };
  }
}

const beside = (script: string | undefined, path: string): string =>
  isAbsolute(path) ? path : script === undefined ? resolve(path) : join(dirname(script), path);

/** To the end, at once. */
export function now(steps: Generator<Promise<Outcome>, void, Outcome>): void {
  const { done } = steps.next();
  if (done !== true) throw new TypeError('a trace is read from a file: run it with run(), and await that');
}

/** To the end, in its time. */
export async function inTime(steps: Generator<Promise<Outcome>, void, Outcome>): Promise<void> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await step.value);
}
