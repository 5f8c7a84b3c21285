import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Operation } from '../machine/machine.ts';
import { linesAt, linesOfFile, type ScriptLines } from '../script/script-files.ts';
import { linesOfBytes } from '../script/source.ts';
import { inTime } from '../script/steps.ts';
import { parseLine } from '../script/vocabulary.ts';
import { type End, type Opened, Walk } from '../script/walk.ts';
import { splitWords } from '../script/words.ts';
import type { World } from '../script/world.ts';
import type { KeptTraces } from './kept-traces.ts';
import type { LiveMachine } from './live-machine.ts';
import type { Executed, ExecuteFailure, ExecuteParams } from './protocol.ts';

/** What a line of a client works on. */
export interface ExecuteContext {
  readonly live: LiveMachine;
  readonly traces: KeptTraces;
  readonly params: ExecuteParams;
  readonly signal: AbortSignal;
}

/** Obeys one line against the live machine. */
export async function executeLine(context: ExecuteContext): Promise<Executed> {
  const obeying = new Obeying(context);
  const failure = failureOf(await inTime(obeying.walk.line(context.params.line)));
  const { output, checks } = obeying;
  const now: Nanoseconds = ns(Math.floor(context.live.machine.now));
  return { output, checks, failure, virtual_ns: now };
}

/** Obeys a script's lines up to the first that fails. */
export const runFile = async (context: ExecuteContext, script: Opened): Promise<ExecuteFailure | null> =>
  failureOf(await inTime(new Obeying(context).walk.script(script)));

class Obeying {
  output = '';
  readonly checks: { passed: boolean; text: string; found: string }[] = [];
  readonly walk: Walk;
  readonly #context: ExecuteContext;
  readonly #world: World;
  /** What the client has read of the script that its line includes: a pipe is its own, and it can wait for it. */
  #included: Uint8Array | null = null;
  /** The words of the trace that was opened last. */
  #trace: readonly string[] = [];

  constructor(context: ExecuteContext) {
    this.#context = context;
    const { directory, line, input } = context.params;
    if (input !== null && includedBy(line) !== null) this.#included = Buffer.from(input, 'base64');
    this.#world = this.#makeWorld();
    this.walk = new Walk({
      world: () => this.#world,
      linesOf: (path) => this.#linesOf(path),
      directory,
      signal: context.signal,
    });
  }

  #makeWorld(): World {
    const { live, params, signal } = this.#context;
    const { input } = params;
    return {
      machine: live.machine,
      group: params.group,
      input:
        input === null || this.#included !== null
          ? null
          : () => Promise.resolve(Buffer.from(input, 'base64')),
      print: (text) => {
        this.output += text;
      },
      check: (check) => this.checks.push({ ...check }),
      drive: (operation, subject) =>
        live.drive(operation, { subject, behaviour: this.#behaviourOf(operation), signal }),
      openTrace: (task, path, format) => this.#openTrace(task, path, format),
    };
  }

  #linesOf(path: string): ScriptLines {
    const given = this.#included;
    this.#included = null;
    return given === null ? linesOfFile(path) : linesAt([...linesOfBytes(given)]);
  }

  async #openTrace(task: string, path: string, format: string | null) {
    const { traces } = this.#context;
    const kept = await traces.keep(this.walk.beside(path), format);
    if (!kept.ok) return kept;
    this.#trace = ['trace', kept.kept, ...(format === null ? [] : ['--format', format])];
    return traces.open(task, kept.kept, format);
  }

  /** The words behind `run TASK` or `start TASK`, also within `fails`; a trace by what is kept of it. */
  #behaviourOf(operation: Operation): readonly string[] {
    if (operation.op !== 'run' && operation.op !== 'start') return [];
    const { task, behaviour } = operation;
    if (behaviour.kind === 'trace') return [...this.#trace, ...(behaviour.asap ? ['--asap'] : [])];
    const words = splitWords(this.walk.place.text).map(({ text }) => text);
    return words.slice(words.indexOf(task, words[0] === 'fails' ? 3 : 1) + 1);
  }
}

/** The script that a line includes; null: none. */
function includedBy(line: string): string | null {
  const parsed = parseLine(line);
  return parsed.kind === 'command' && parsed.command.name === 'include' ? parsed.command.path : null;
}

/** Of a script, with its place; of the line itself, with its column. */
function failureOf(end: End): ExecuteFailure | null {
  if (end === null) return null;
  const { kind, message, why, errno, file, line, column } = end;
  const place = line > 0 && file !== '' ? `${file}:${line}: ` : '';
  return {
    kind,
    message: `${place}${message}`,
    why,
    errno,
    column: file === '' && kind === 'mistake' ? column : 0,
  };
}
