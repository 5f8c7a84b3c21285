import { isAbsolute, join } from 'node:path';
import { ns } from '../kernel/units.ts';
import type { Command } from '../script/command.ts';
import { execute } from '../script/interpreter.ts';
import { besideScript, linesOf } from '../script/script-files.ts';
import { parseLine } from '../script/vocabulary.ts';
import { splitWords } from '../script/words.ts';
import { type Failure, failure, type Soon, type World } from '../script/world.ts';
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

/** Scripts within scripts. */
const MAX_DEPTH = 16;

/** Obeys one line against the live machine. */
export async function executeLine(context: ExecuteContext): Promise<Executed> {
  const line = new Line(context);
  const soon = line.obey(context.params.line);
  const failed = soon instanceof Promise ? await soon : soon;
  const { output, checks } = line;
  return { output, checks, failure: failed, virtual_ns: ns(Math.floor(context.live.machine.now)) };
}

/** Obeys a script's lines up to the first that fails. */
export async function runFile(
  context: ExecuteContext,
  path: string,
  outer: readonly string[],
): Promise<ExecuteFailure | null> {
  return new Line(context).file(path, outer, true);
}

class Line {
  output = '';
  readonly checks: { passed: boolean; text: string; found: string }[] = [];
  readonly #context: ExecuteContext;
  #behaviour: readonly string[] = [];
  #asap = false;
  #script: string | null = null;

  constructor(context: ExecuteContext) {
    this.#context = context;
  }

  obey(text: string, outer: readonly string[] = []): Soon<ExecuteFailure | null> {
    const parsed = parseLine(text);
    if (parsed.kind === 'nothing') return null;
    if (parsed.kind === 'mistake') return mistake(parsed.mistake.message, parsed.mistake.column);
    const { command, column } = parsed;
    if (command.name === 'include') return this.file(this.#beside(command.path), outer, false);
    this.#behaviour = behaviourWords(command, text);
    this.#asap = isAsap(command);
    const soon = execute(command, this.#world());
    const end = (outcome: { ok: true } | Failure): ExecuteFailure | null =>
      outcome.ok ? null : failureOf(outcome, column);
    return soon instanceof Promise ? soon.then(end) : end(soon);
  }

  async file(path: string, outer: readonly string[], isBoot: boolean): Promise<ExecuteFailure | null> {
    if (outer.includes(path)) return mistake(`${path} includes itself`, 0);
    if (outer.length >= MAX_DEPTH) return mistake(`more than ${MAX_DEPTH} scripts within each other`, 0);
    const around = this.#script;
    this.#script = path;
    let first = isBoot;
    for await (const lines of linesOf(path, NO_INPUT)) {
      if ('kind' in lines) return failureOf(lines, 0);
      for (const [i, text] of lines.lines.entries()) {
        const parsed = first ? parseLine(text) : null;
        if (parsed !== null && parsed.kind !== 'nothing') {
          first = false;
          if (parsed.kind === 'command' && parsed.command.name === 'machine') continue;
        }
        const soon = this.obey(text, [...outer, path]);
        const failed = soon instanceof Promise ? await soon : soon;
        if (failed !== null) return at(failed, `${path}:${lines.first + i}`);
        if (this.#context.signal.aborted) return failureOf(failure('interrupted', 'interrupted'), 0);
      }
      if (lines.mistake !== null)
        return at(mistake(lines.mistake.message, 0), `${path}:${lines.first + lines.lines.length}`);
    }
    this.#script = around;
    return null;
  }

  #world(): World {
    const { live, params, signal } = this.#context;
    return {
      machine: live.machine,
      group: params.group,
      input: params.input === null ? null : () => Promise.resolve(Buffer.from(params.input ?? '', 'base64')),
      print: (text) => {
        this.output += text;
      },
      check: (check) => this.checks.push({ ...check }),
      drive: (operation, subject) => live.drive(operation, { subject, behaviour: this.#behaviour, signal }),
      openTrace: (task, path, format) => this.#openTrace(task, path, format),
    };
  }

  async #openTrace(task: string, path: string, format: string | null) {
    const { traces } = this.#context;
    const kept = await traces.keep(this.#beside(path), format);
    if (!kept.ok) return kept;
    this.#behaviour = [
      'trace',
      kept.kept,
      ...(format === null ? [] : ['--format', format]),
      ...(this.#asap ? ['--asap'] : []),
    ];
    return traces.begin(task, kept.kept, format);
  }

  #beside(path: string): string {
    if (this.#script !== null) return besideScript(this.#script, path);
    return isAbsolute(path) ? path : join(this.#context.params.directory, path);
  }
}

async function* NO_INPUT_LINES(): AsyncGenerator<Uint8Array> {}
const NO_INPUT = NO_INPUT_LINES();

/** The words behind `run TASK` or `start TASK`, also within `fails`. */
function behaviourWords(command: Command, text: string): readonly string[] {
  const inner = command.name === 'fails' ? command.command : command;
  if (inner.name !== 'run' && inner.name !== 'start') return [];
  const words = splitWords(text).map((word) => word.text);
  const verb = command.name === 'fails' ? 2 : 0;
  const from = words.indexOf(inner.task, verb + 1);
  return words.slice(from + 1);
}

function isAsap(command: Command): boolean {
  const inner = command.name === 'fails' ? command.command : command;
  return (
    (inner.name === 'run' || inner.name === 'start') &&
    inner.behaviour.kind === 'trace' &&
    inner.behaviour.asap
  );
}

const mistake = (message: string, column: number): ExecuteFailure => ({
  kind: 'mistake',
  message,
  why: '',
  errno: null,
  column,
});

const failureOf = ({ kind, message, why, errno }: Failure, column: number): ExecuteFailure => ({
  kind,
  message,
  why,
  errno,
  column: kind === 'mistake' ? column : 0,
});

const at = (failed: ExecuteFailure, place: string): ExecuteFailure => ({
  ...failed,
  message: `${place}: ${failed.message}`,
  column: 0,
});
