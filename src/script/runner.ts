import { DEFAULT_OPTIONS, type MachineOptions, optionMistake } from '../machine/machine.ts';
import type { Command } from './command.ts';
import { cgroupResult } from './inspect.ts';
import { execute } from './interpreter.ts';
import { Notes, nothingRan } from './notes.ts';
import { withOptions } from './options.ts';
import { Place } from './place.ts';
import type { RunError, RunResult } from './result.ts';
import type { BootScript, RunSettings } from './run.ts';
import { type Running, runningOn } from './running.ts';
import { besideScript, linesOf, type ScriptLines } from './script-files.ts';
import type { Lines } from './source.ts';
import { Traces } from './traces.ts';
import { type Parsed, parseLine } from './vocabulary.ts';
import { andThen, failure, type Outcome, type Soon, type World } from './world.ts';

/** Scripts within scripts. */
const MAX_DEPTH = 16;
const INTERRUPTED = failure('interrupted', 'interrupted');

/** What a line came to: null, or why the run ends. */
type End = RunError | null;

/** One run of one script. */
export class ScriptRunner {
  readonly #settings: RunSettings;
  readonly #notes: Notes;
  readonly #place = new Place();
  readonly #traces: Traces;
  #running: Running | null = null;
  #error: End = null;

  constructor(settings: RunSettings) {
    this.#settings = settings;
    this.#notes = new Notes(settings.keepOutput);
    this.#traces = new Traces(settings.traces, settings.signal, ({ id }) => id);
  }

  async run(): Promise<void> {
    try {
      this.#error = await this.#script(this.#settings.script, []);
      // A script without a command has a machine to show all the same.
      if (this.#running === null) {
        const late = await this.#boot({});
        this.#error ??= late;
      }
    } finally {
      await this.#traces.close();
    }
  }

  result(realMs: number): RunResult {
    const parts = this.#notes.parts;
    const error = this.#error;
    const ok = error === null && parts.expectations.failed.length === 0;
    const run = { ...nothingRan(this.#settings.script), ...parts, ok, realMs, error };
    if (this.#running === null) return run;
    const { machine, sampler, recorder } = this.#running;
    return {
      ...run,
      options: machine.options,
      virtualNs: machine.now,
      cgroups: machine.cgroups().map((path) => cgroupResult(machine, sampler, path)),
      tasks: machine.tasks(),
      timeline: recorder?.timeline() ?? null,
    };
  }

  /** Runs a script to its end or its first error. `outer`: the scripts that include it. */
  async #script(path: string, outer: readonly string[]): Promise<End> {
    const { drained, progress } = this.#settings;
    const script = { path, outer, first: outer.length === 0 };
    for await (const lines of this.#linesOf(path)) {
      // An included file that can't be read is the fault of the line that includes it.
      if ('kind' in lines)
        return (outer.length > 0 ? this.#place : this.#place.move(path, 0, '')).endWith(lines);
      const end = await this.#lines(lines, script);
      if (end !== null) return end;
      if (lines.mistake !== null) {
        return this.#place.move(path, lines.first + lines.lines.length, '').endWithMistake(lines.mistake);
      }
      await drained();
      if (this.#running !== null) progress(this.#running.machine.now);
    }
    return null;
  }

  #linesOf(path: string): ScriptLines {
    const { stdin, lines } = this.#settings;
    return lines === undefined ? linesOf(path, stdin) : lines(path);
  }

  async #lines({ first, lines, parsed: known }: Lines, script: ScriptInHand): Promise<End> {
    for (let i = 0; i < lines.length; i++) {
      const parsed = known?.[i] ?? parseLine(lines[i]);
      if (parsed.kind === 'nothing') continue;
      this.#place.move(script.path, first + i, lines[i]);
      if (this.#running === null) {
        const end = await this.#boot(optionsOf(parsed));
        if (end !== null) return end;
        this.#place.move(script.path, first + i, lines[i]);
      }
      if (parsed.kind === 'mistake') return this.#place.endWithMistake(parsed.mistake);
      this.#place.column = parsed.column;
      const soon = this.#obey(parsed.command, script);
      const end = soon instanceof Promise ? await soon : soon;
      if (end !== null) return end;
      if (this.#settings.signal?.aborted) return this.#place.endWith(INTERRUPTED);
      script.first = false;
    }
    return null;
  }

  #obey(command: Command, script: ScriptInHand): Soon<End> {
    if (command.name === 'include') return this.#include(command.path, script);
    if (command.name === 'machine') {
      // The first command of a script was obeyed when the machine was booted.
      const late = failure(
        'mistake',
        "'machine' is the first command of a script, or none: the machine is up by now",
      );
      return script.first ? null : this.#place.endWith(late);
    }
    return andThen(execute(command, this.#world()), (outcome) => this.#end(outcome));
  }

  #end(outcome: Outcome): End {
    this.#notes.endOf(this.#place);
    return outcome.ok ? null : this.#place.endWith(outcome);
  }

  #include(named: string, { path, outer }: ScriptInHand): Soon<End> {
    const target = besideScript(path, named);
    const around = [...outer, path];
    if (around.includes(target)) {
      return this.#place.endWith(
        failure('mistake', `${target} includes itself: ${[...around, target].join(' > ')}`),
      );
    }
    if (around.length > MAX_DEPTH) {
      return this.#place.endWith(failure('mistake', `more than ${MAX_DEPTH} scripts within each other`));
    }
    return this.#script(target, around);
  }

  #world(): World {
    if (this.#running === null) throw new Error('no machine is up');
    return this.#running.world;
  }

  async #boot(own: Partial<MachineOptions>): Promise<End> {
    const { options, bootMachine, before } = this.#settings;
    const boot = bootScriptOf(this.#settings.boot, withOptions(own, options));
    const ofBoot = boot === null ? {} : await firstOptions(this.#linesOf(boot));
    const all = withOptions(withOptions(ofBoot, own), options);
    const mistake = optionMistake({ ...DEFAULT_OPTIONS, ...all });
    if (mistake !== null) return this.#place.endWith(failure('mistake', mistake));

    const machine = bootMachine(all);
    const given = before(machine);
    const marksGiven = given.some(({ name }) => name === 'set');
    const settings = this.#settings;
    this.#running = runningOn(machine, settings, this.#notes, this.#place, this.#traces, marksGiven);
    let end = boot === null ? null : await this.#script(boot, []);
    for (const command of given) {
      this.#place.move('command line', 0, '');
      end ??= this.#end(await execute(command, this.#running.world));
    }
    return end;
  }
}

const bootScriptOf = (boot: BootScript, options: Partial<MachineOptions>): string | null =>
  typeof boot === 'function' ? boot(options) : boot;

/** The machine's options in a script's first command. What is wrong with the script shows when it is run. */
async function firstOptions(script: ScriptLines): Promise<Partial<MachineOptions>> {
  for await (const lines of script) {
    if ('kind' in lines) break;
    const first = (lines.parsed ?? lines.lines.map(parseLine)).find((parsed) => parsed.kind !== 'nothing');
    if (first !== undefined) return optionsOf(first);
  }
  return {};
}

const optionsOf = (parsed: Parsed): Partial<MachineOptions> =>
  parsed.kind === 'command' && parsed.command.name === 'machine' ? parsed.command.options : {};

/** A script that is being read. */
interface ScriptInHand {
  readonly path: string;
  readonly outer: readonly string[];
  /** Its first command is still to come, and may be `machine`. */
  first: boolean;
}
