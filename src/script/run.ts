import type { Observer } from '../kernel/trace.ts';
import type { Nanoseconds } from '../kernel/units.ts';
import { allOptions, type CgroupLook, type MachineOptions, optionMistake } from '../machine/machine.ts';
import type { Command } from './command.ts';
import { withoutNewline } from './control-file.ts';
import { Driver, type Ended, outcomeOf, type Pacer, Slices } from './drive.ts';
import { Recorder } from './history/recorder.ts';
import { execute } from './interpreter.ts';
import { Mistake } from './mistake.ts';
import { Notes, nothingRan } from './notes.ts';
import { withOptions } from './options.ts';
import { join } from './paths.ts';
import type { CgroupResult, Position, RunResult } from './result.ts';
import { linesOf, type ScriptLines } from './script-files.ts';
import { inTime, type Steps, soon } from './steps.ts';
import { type TraceMemory, type TraceOpener, TraceStore } from './traces.ts';
import { type End, type FirstLine, opened, Walk } from './walk.ts';
import {
  andThen,
  type Check,
  failure,
  inTurn,
  type Outcome,
  type Soon,
  type TheMachine,
  type World,
} from './world.ts';

/** The boot script's path, or how it goes by the machine's options; null: a bare machine. */
export type BootScript = string | null | ((options: Partial<MachineOptions>) => string);

/** Where a run goes on that was stopped, while its script waited for an operation. */
export interface TakenUp {
  /** The machine as it was, with the operation in hand: the first of its command. */
  readonly machine: TheMachine;
  /** Commands of the script before that one. */
  readonly commands: number;
}

/** How a script is to be run. */
export interface RunSettings {
  /** A path, or `-`. */
  readonly script: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The lines of the script at a path; if left out, those of the file there, or of `stdin`. */
  readonly lines?: (path: string) => ScriptLines;
  readonly boot: BootScript;
  readonly group: string;
  /** What the command line says of the machine; it has the last word. */
  readonly options: Partial<MachineOptions>;
  /**
   * Commands of the command line, run between the boot script and the first line; what sets files of the
   * group waits for a script that makes it.
   */
  readonly before: (machine: TheMachine) => readonly Command[] | Mistake;
  readonly bootMachine: (options: Partial<MachineOptions>) => TheMachine;
  /** The run is taken up in the midst of its script; left out: it begins. */
  readonly takenUp?: TakenUp | undefined;
  /** Told before each command of the script how many of them came before. */
  readonly obeys?: (command: Command, before: number) => void;
  readonly traces: TraceOpener;
  /** Of the records of traces, for several runs. */
  readonly memory?: TraceMemory;
  /** Where what commands print goes as they print it; null: nowhere. */
  readonly print: ((text: string) => void) | null;
  /** Awaited between lines now and then, so that what is printed can flow off. */
  readonly drained: () => Promise<void>;
  /** Keeps what commands print in the result. */
  readonly keepOutput: boolean;
  readonly observer: Observer | null;
  /** Told of each line that is about to be obeyed. */
  readonly entered?: (at: Position) => void;
  /** What a `pause` of the script waits for; if left out, nothing. */
  readonly pause?: () => Soon<Outcome>;
  /** Told what each `expect` and `fails` came to; if left out, nobody is. */
  readonly checked?: (check: Check, at: Position) => void;
  /** Keeps usage and marks over time in the result; if left out, it does. */
  readonly history?: boolean;
  /** Keeps a timeline in the result, for pictures; if left out, none. */
  readonly timeline?: boolean;
  /** Holds the machine back; if left out, it goes as fast as it can. */
  readonly pacer?: Pacer;
  readonly signal: AbortSignal | null;
  readonly progress: (now: Nanoseconds) => void;
  /** The wall clock, ms. */
  readonly clock: () => number;
}

/**
 * Runs one script on a machine of its own: boots what its first command or the
 * boot script's says, runs the boot script, then the lines up to the first error.
 * Rejects only if this program is wrong.
 */
export async function runScript(settings: RunSettings): Promise<RunResult> {
  const started = settings.clock();
  const run = new Run(settings);
  const error = await run.toItsEnd();
  return run.result(error, settings.clock() - started);
}

/** A machine that is up, and who looks on. */
interface Running {
  readonly machine: TheMachine;
  readonly recorder: Recorder;
  readonly world: World;
}

class Run {
  readonly #settings: RunSettings;
  readonly #notes: Notes;
  readonly #traces: TraceStore;
  readonly #walk: Walk;
  #running: Running | null = null;
  /** Commands of the command line that wait until the script makes the group. */
  #waiting: readonly Command[] = [];

  constructor(settings: RunSettings) {
    const { keepOutput, traces: opener, memory, signal, entered } = settings;
    this.#settings = settings;
    this.#notes = new Notes(keepOutput);
    this.#traces = new TraceStore({ opener, signal, memory });
    this.#walk = new Walk({
      world: () => this.#up.world,
      linesOf: (path) => this.#linesOf(path),
      signal,
      ...(entered && { entered: () => entered(this.#walk.place.position) }),
      ended: () => this.#notes.endOf(this.#walk.place),
      rest: () => this.#rest(),
    });
  }

  async toItsEnd(): Promise<End> {
    try {
      return await inTime(this.#all());
    } finally {
      await this.#traces.close();
    }
  }

  result(error: End, realMs: number): RunResult {
    const parts = this.#notes.parts;
    const ok = error === null && parts.expectations.failed.length === 0;
    const run = { ...nothingRan(this.#settings.script), ...parts, ok, realMs, error };
    if (this.#running === null) return run;
    const { machine, recorder } = this.#running;
    return {
      ...run,
      options: machine.options,
      virtualNs: machine.now,
      cgroups: machine.looks().map((look) => cgroupResult(machine, recorder, look)),
      tasks: machine.tasks(),
      timeline: recorder.timeline(),
    };
  }

  *#all(): Steps<End> {
    const { script, takenUp, obeys } = this.#settings;
    const own = yield* opened(script, this.#linesOf(script));
    let end: End = null;
    // A script without a command has a machine to show all the same.
    if (takenUp === undefined) end = yield* this.#boot(own.first);
    else this.#running = this.#watched(takenUp.machine, true);
    end ??= yield* this.#walk.script(own, { past: takenUp?.commands, obeys });
    // Where the group never came, they say so.
    return end ?? (yield* this.#obeyed(this.#waiting));
  }

  *#boot(first: FirstLine | null): Steps<End> {
    const { script, options, bootMachine, before, boot: given } = this.#settings;
    const own = first?.machine ?? {};
    const path = typeof given === 'function' ? given(withOptions(own, options)) : given;
    const boot = path === null ? null : yield* opened(path, this.#linesOf(path));
    const all = withOptions(withOptions(boot?.first?.machine ?? {}, own), options);
    const { place } = this.#walk;
    if (first !== null) place.move(script, first.line, first.text);
    const mistake = optionMistake(allOptions(all));
    if (mistake !== null) return place.endWith(failure('mistake', mistake));
    const machine = bootMachine(all);
    const commands = before(machine);
    if (commands instanceof Mistake) return place.endWith(failure('mistake', commands.message));
    this.#running = this.#watched(
      machine,
      commands.some(({ name }) => name === 'set'),
    );
    const end = boot === null ? null : yield* this.#walk.script(boot);
    const waits = (command: Command): boolean =>
      command.name === 'set' && !machine.cgroups().includes(command.cgroup);
    this.#waiting = commands.filter(waits);
    return end ?? (yield* this.#obeyed(commands.filter((command) => !waits(command))));
  }

  *#obeyed(commands: readonly Command[]): Steps<End> {
    let end: End = null;
    for (const command of commands) end ??= yield* this.#walk.command(command);
    return end;
  }

  /** What waited for the group, now that the script has made it. */
  #groupMade(world: World): Soon<Outcome> {
    const commands = this.#waiting;
    this.#waiting = [];
    return inTurn(commands, (command) => execute(command, world));
  }

  /** Wires a machine to where the run notes things down. */
  #watched(machine: TheMachine, marksGiven: boolean): Running {
    const { group, print, observer, signal, clock, progress, history, timeline, pacer, takenUp, pause } =
      this.#settings;
    const notes = this.#notes;
    let inHand = takenUp !== undefined;
    const recorder = new Recorder(machine, { history, timeline });
    machine.observer = (event) => {
      notes.event(event);
      recorder.event(event);
      observer?.(event);
    };
    const around = { recorder, signal, clock, progress, pacer };
    const driver = new Driver(
      machine,
      (needs) => this.#traces.read(needs),
      () => new Slices(around),
    );
    const world: World = {
      machine,
      group,
      marksGiven,
      ...(pause && { pause }),
      input: null,
      drive: (operation, subject) => {
        const ended = (): Soon<Ended> => (inHand ? soon(driver.finish(null)) : driver.drive(operation));
        const outcome: Soon<Outcome> = recorder.around(operation, () =>
          andThen(ended(), (how) => outcomeOf(how, subject)),
        );
        inHand = false;
        return operation.op === 'mkdir' && operation.path === group
          ? andThen(outcome, (made) => (made.ok ? this.#groupMade(world) : made))
          : outcome;
      },
      print: (text) => {
        notes.print(text);
        print?.(text);
      },
      check: (check) => {
        const at = this.#walk.place.position;
        notes.check(check, at);
        this.#settings.checked?.(check, at);
      },
      openTrace: (task, path, format) => this.#traces.open(task, this.#walk.beside(path), format),
    };
    return { machine, recorder, world };
  }

  #linesOf(path: string): ScriptLines {
    const { stdin, lines, signal } = this.#settings;
    return lines === undefined ? linesOf(path, stdin, signal) : lines(path);
  }

  async #rest(): Promise<void> {
    await this.#settings.drained();
    this.#settings.progress(this.#up.machine.now);
  }

  get #up(): Running {
    if (this.#running === null) throw new Error('no machine is up');
    return this.#running;
  }
}

/** Everything a result tells of one cgroup. */
function cgroupResult(machine: TheMachine, recorder: Recorder, look: CgroupLook): CgroupResult {
  const { path } = look;
  const names = machine.list(path);
  const files = (names.ok ? names.value : []).flatMap(({ name, directory }) => {
    const content = directory ? null : machine.read(join(path, name));
    return content?.ok ? [[name, withoutNewline(content.value)]] : [];
  });
  return {
    ...look,
    files: Object.fromEntries(files),
    history: recorder.history(path),
  };
}
