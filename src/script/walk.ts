import { resolve } from 'node:path';
import type { MachineOptions } from '../machine/machine.ts';
import type { Command } from './command.ts';
import { execute, THE_MACHINE_IS_UP } from './interpreter.ts';
import { Place } from './place.ts';
import { isOldRecording, unsaid } from './recorded.ts';
import type { RunError } from './result.ts';
import { besideScript, linesOfText, type ScriptLines } from './script-files.ts';
import type { Lines } from './source.ts';
import { arrived, type Steps } from './steps.ts';
import { parseLine } from './vocabulary.ts';
import { type Failure, failure, type Outcome, type Soon, type World } from './world.ts';

/** Scripts that may be around another. */
const MAX_DEPTH = 16;
const INTERRUPTED = failure('interrupted', 'interrupted');

/** What a line came to: null, or why the walk ends. */
export type End = RunError | null;

/** What a walk goes through, and what it works on. */
export interface Ground {
  /** Asked for at each command: a machine may be booted by the first. */
  readonly world: () => World;
  /** The lines of the script at a path. */
  readonly linesOf: (path: string) => ScriptLines;
  /** What paths are relative to that no script names. */
  readonly directory?: string;
  readonly signal?: AbortSignal | null;
  /** Told when `place` has come to a line that says something. */
  readonly entered?: () => void;
  /** Told when a command has ended. */
  readonly ended?: () => void;
  /** Between lines now and then; others may have a turn. */
  readonly rest?: () => Soon<void>;
}

/** A script whose first lines have been looked at. */
export interface Opened {
  readonly path: string;
  readonly lines: ScriptLines;
  /** Its first line that says something; null: none does. */
  readonly first: FirstLine | null;
  /** Why it can't be read, which shows again when it is walked. */
  readonly fault: Failure | null;
}

export interface FirstLine {
  readonly line: number;
  readonly text: string;
  /** What it says of the machine; null: it is another command. */
  readonly machine: Partial<MachineOptions> | null;
}

/** Opens a script and looks for its first command: the machine that it wants is booted before it is walked. */
export function* opened(path: string, lines: ScriptLines): Steps<Opened> {
  for (;;) {
    const some = yield* arrived(lines.next());
    if (some === null) return { path, lines, first: null, fault: null };
    const whole: ScriptLines = { next: once(some, () => lines.next()), close: () => lines.close() };
    if ('kind' in some) return { path, lines: whole, first: null, fault: some };
    const first = firstOf(some);
    // Comments: nobody need see them again.
    if (first !== null || some.mistake !== null) return { path, lines: whole, first, fault: null };
  }
}

function firstOf({ first, lines, parsed: known }: Lines): FirstLine | null {
  for (const [index, text] of lines.entries()) {
    const parsed = known?.[index] ?? parseLine(text);
    if (parsed.kind === 'nothing') continue;
    const isMachine = parsed.kind === 'command' && parsed.command.name === 'machine';
    return { line: first + index, text, machine: isMachine ? parsed.command.options : null };
  }
  return null;
}

/** That value first, then what comes. */
function once<T>(value: T, next: () => Soon<T>): () => Soon<T> {
  let given = false;
  return () => {
    if (given) return next();
    given = true;
    return value;
  };
}

/** A script that is being walked. */
interface ScriptInHand {
  /** Empty: lines of no script. */
  readonly path: string;
  /** The scripts that include it. */
  readonly outer: readonly string[];
  /** Its first command is still to come, and may be `machine`. */
  first: boolean;
  /** It is a recording of before there was a word for what it does not know. */
  isOldRecording?: boolean;
}

/** Where the walk of a script begins, and who goes along. */
export interface WalkFrom {
  /** Its first so many commands, and those that it includes, are over. */
  readonly past?: number | undefined;
  /** Told before each command how many came before it. */
  readonly obeys?: ((command: Command, before: number) => void) | undefined;
}

/**
 * Obeys the lines of scripts and of those that they include, up to the first that fails: every script that runs
 * anywhere is read, included and obeyed by these rules.
 */
export class Walk {
  /** Where it is. */
  readonly place = new Place();
  readonly #ground: Ground;
  #from: WalkFrom = {};
  /** Commands that are over. */
  #obeyed = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** A script to its end, on a machine that its first command has booted. */
  script({ path, lines }: Pick<Opened, 'path' | 'lines'>, from: WalkFrom = {}): Steps<End> {
    this.#from = from;
    this.#obeyed = 0;
    return this.#script(lines, { path, outer: [], first: true });
  }

  /** A text of somebody who has a machine. */
  text(text: string): Steps<End> {
    return this.#script(linesOfText(text), { path: '', outer: [], first: false });
  }

  /** One line; not cut, whatever is in it. */
  line(text: string): Steps<End> {
    return this.#lines({ first: 1, lines: [text], mistake: null }, { path: '', outer: [], first: false });
  }

  /** A command that stands nowhere. */
  *command(command: Command): Steps<End> {
    this.place.move('command line', 0, '');
    return this.#end(yield* arrived(execute(command, this.#ground.world())));
  }

  /** Where a path leads that the command in hand names. */
  beside(path: string): string {
    const { file } = this.place;
    return file === '' ? resolve(this.#ground.directory ?? '', path) : besideScript(file, path);
  }

  *#script(lines: ScriptLines, script: ScriptInHand): Steps<End> {
    const { path, first: isOutermost } = script;
    const { place } = this;
    const { rest } = this.#ground;
    try {
      for (;;) {
        const some = yield* arrived(lines.next());
        if (some === null) return null;
        // An included file that can't be read is the fault of the line that includes it.
        if ('kind' in some) return (isOutermost ? place.move(path, 0, '') : place).endWith(some);
        if (some.first === 1) script.isOldRecording = isOldRecording(some.lines);
        const end = yield* this.#lines(some, script);
        if (end !== null) return end;
        if (some.mistake !== null)
          return place.move(path, some.first + some.lines.length, '').endWithMistake(some.mistake);
        if (rest !== undefined) yield* arrived(rest());
      }
    } finally {
      lines.close();
    }
  }

  *#lines({ first, lines, parsed: known }: Lines, script: ScriptInHand): Steps<End> {
    const { place } = this;
    const { signal, entered } = this.#ground;
    const { past = 0, obeys } = this.#from;
    for (let i = 0; i < lines.length; i++) {
      const parsed = known?.[i] ?? parseLine(lines[i]);
      if (parsed.kind === 'nothing') continue;
      place.move(script.path, first + i, lines[i]);
      entered?.();
      if (parsed.kind === 'mistake') return place.endWithMistake(parsed.mistake);
      place.column = parsed.column;
      const { command } = parsed;
      let end: End;
      if (command.name === 'include') end = yield* this.#include(command.path, script);
      else if (command.name === 'machine') end = script.first ? null : place.endWith(THE_MACHINE_IS_UP);
      else if (this.#obeyed < past) end = null;
      else {
        obeys?.(command, this.#obeyed);
        const soon = execute(script.isOldRecording ? unsaid(command) : command, this.#ground.world());
        end = this.#end(soon instanceof Promise ? ((yield soon) as Outcome) : soon);
      }
      if (end !== null) return end;
      if (command.name !== 'include') this.#obeyed += 1;
      if (signal?.aborted) return place.endWith(INTERRUPTED);
      script.first = false;
    }
    return null;
  }

  #end(outcome: Outcome): End {
    this.#ground.ended?.();
    return outcome.ok ? null : this.place.endWith(outcome);
  }

  *#include(named: string, { path, outer }: ScriptInHand): Steps<End> {
    const target = this.beside(named);
    const around = path === '' ? outer : [...outer, path];
    const mistake = (message: string): End => this.place.endWith(failure('mistake', message));
    if (around.includes(target))
      return mistake(`${target} includes itself: ${[...around, target].join(' > ')}`);
    if (around.length > MAX_DEPTH) return mistake(`more than ${MAX_DEPTH} scripts within each other`);
    return yield* this.#script(this.#ground.linesOf(target), { path: target, outer: around, first: false });
  }
}
