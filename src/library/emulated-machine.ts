import { refuse } from '../kernel/errno.ts';
import type { Nanoseconds } from '../kernel/units.ts';
import type { Caller, Result, SavedMachine, TaskView, TraceEvent } from '../machine/machine.ts';
import { Machine } from '../machine/machine.ts';
import { Driver } from '../script/drive.ts';
import { withOptions } from '../script/options.ts';
import { bootScriptFile } from '../script/package-files.ts';
import { linesOf } from '../script/script-files.ts';
import { atOnce, inTime } from '../script/steps.ts';
import { parseLine } from '../script/vocabulary.ts';
import { opened } from '../script/walk.ts';
import { quote } from '../script/words.ts';
import { type BootOptions, machineOptions, type Time } from './boot-options.ts';
import { Calls } from './calls.ts';
import { type Bench, met, needsTime, obeyed } from './lines.ts';
import { MountPoint } from './mount-point.ts';
import { type CgroupFs, nodeFs } from './node-fs.ts';
import { HeldTraces } from './traces.ts';

/** Whose calls a file system's are: uid 0's, by the task `sh`, if nothing is said. */
export interface FsCaller extends Omit<Caller, 'pid'> {
  /** The task that calls: what 0 means when it is written to `tasks`. */
  readonly task?: string;
}

/** Where a machine is among a program's paths, and which group its lines mean. */
type Place = Pick<BootOptions, 'at' | 'group'>;

const GROUP = '/default';

/**
 * A machine in this process. It stands still: virtual time passes in run() and pass(), and in calls of its
 * files that take time (force_empty, rmdir), which are over when they return.
 */
export class EmulatedMachine {
  /** `node:fs`, and what is in it are this machine's files. */
  readonly fs: CgroupFs;
  #machine: Machine;
  readonly #mount: MountPoint;
  readonly #group: string;
  readonly #traces: HeldTraces;
  readonly #listeners = new Set<(event: TraceEvent) => void>();

  /** Throws a RangeError for options that no machine can have, and a ScriptError where the boot script fails. */
  static boot(options: BootOptions): EmulatedMachine {
    const asked = machineOptions(options);
    const path = options.boot === undefined ? bootScriptFile(asked) : options.boot;
    const script = path === null ? null : atOnce(opened(path, linesOf(path, null)), needsTime);
    const core = Machine.boot(withOptions(script?.first?.machine ?? {}, asked));
    const machine = new EmulatedMachine(core, options, new HeldTraces());
    if (script !== null)
      atOnce(
        obeyed(machine.#bench(), (walk) => walk.script(script)),
        needsTime,
      );
    return machine;
  }

  /** Goes on where the saved machine was; a trace that a task reads has to be run anew. */
  static load(saved: SavedMachine, place: Place): EmulatedMachine {
    return new EmulatedMachine(Machine.load(saved), place, new HeldTraces());
  }

  private constructor(machine: Machine, { at = '/', group = GROUP }: Place, traces: HeldTraces) {
    this.#machine = machine;
    this.#mount = new MountPoint(at);
    this.#group = group;
    this.#traces = traces;
    this.fs = this.fsOf({});
  }

  /** The same machine below: operations, counters, state. */
  get machine(): Machine {
    return this.#machine;
  }

  /** Where its files are among the program's paths. */
  get at(): string {
    return this.#mount.outside('/');
  }

  /** Virtual time since boot, ns. */
  get now(): Nanoseconds {
    return this.#machine.now;
  }

  /** The same files, as somebody else calls them. */
  fsOf({ task, ...caller }: FsCaller): CgroupFs {
    const pid = task === undefined ? {} : { pid: this.#pidOf(task) };
    const { uid = 0, gid = 0, groups = [], umask = 0o022 } = caller;
    const who = { uid, gid, groups, umask, cwd: null };
    return nodeFs(new Calls(() => this.#machine.vfs({ ...caller, ...pid }), who, this.#mount, this.#finish));
  }

  /**
   * Obeys lines of the language, up to the first that fails: `run('spawn t web')`, or as a template, whose
   * values are quoted. Resolves with what they print; rejects with a ScriptError.
   */
  async run(lines: string | TemplateStringsArray, ...values: readonly unknown[]): Promise<string> {
    return met(await inTime(this.#obeyed(textOf(lines, values))));
  }

  /** The same at once; a `trace` can't be begun so. */
  runSync(lines: string | TemplateStringsArray, ...values: readonly unknown[]): string {
    return met(atOnce(this.#obeyed(textOf(lines, values)), needsTime));
  }

  /** Lets virtual time pass: `pass('1s')`. */
  async pass(time: Time): Promise<void> {
    this.passSync(time);
  }

  passSync(time: Time): void {
    const parsed = parseLine(quote(['wait', time]));
    if (parsed.kind !== 'command' || parsed.command.name !== 'wait' || parsed.command.for !== 'time')
      throw new RangeError(`'${time}' is not a time: a number and ns, us, ms, s, m or h, as in 1.5s`);
    this.runSync`wait ${time}`;
  }

  /** Everybody: the living by pid, then those that are gone. */
  tasks(): TaskView[] {
    return this.#machine.tasks();
  }

  /** Tells of every trace event from now on (start, wake, sleep, pass, limit-failure, stall ...); answers how to end it. */
  subscribe(listener: (event: TraceEvent) => void): () => void {
    this.#listeners.add(listener);
    this.#observe();
    return () => {
      this.#listeners.delete(listener);
      this.#observe();
    };
  }

  /** The whole state, for load() and loadMachine(). */
  save(): SavedMachine {
    return this.#machine.save();
  }

  /** Goes back, or on, to where that was: the same files, whoever holds them, are that machine's now. */
  load(saved: SavedMachine): void {
    this.#machine = Machine.load(saved);
    this.#observe();
  }

  /** A second machine that goes on from this one's present; nobody listens to it yet. */
  fork(): EmulatedMachine {
    return new EmulatedMachine(this.#machine.fork(), { at: this.at, group: this.#group }, this.#traces);
  }

  readonly #finish = (begun: Result<undefined> | null): Result<undefined> => {
    if (begun !== null) return begun;
    const ended = atOnce(this.#driver().finish(null), needsTime);
    if (ended.why === 'done') return ended.result;
    return refuse('EINTR', 'this never ends: what it waits for is stopped, idle or gone');
  };

  /** The machine may be another from call to call. */
  #driver(): Driver {
    return new Driver(this.#machine, (needs) => this.#traces.read(needs));
  }

  #obeyed(text: string): ReturnType<typeof obeyed> {
    return obeyed(this.#bench(), (walk) => walk.text(text));
  }

  /** A machine without an observer makes no events. */
  #observe(): void {
    const tell = (event: TraceEvent): void => {
      for (const each of this.#listeners) each(event);
    };
    this.#machine.observer = this.#listeners.size === 0 ? null : tell;
  }

  #bench(): Bench {
    return { machine: this.#machine, group: this.#group, driver: this.#driver(), traces: this.#traces };
  }

  #pidOf(name: string): number {
    const task = this.#machine.tasks().find((each) => each.name === name && !each.killed);
    if (task === undefined) throw new RangeError(`there is no task ${name}: run('spawn ${name}') first`);
    return task.pid;
  }
}

/** The lines of a template, its values quoted; an array is several words. */
const textOf = (lines: string | TemplateStringsArray, values: readonly unknown[]): string =>
  typeof lines === 'string'
    ? lines
    : lines
        .map((text, index) => (index < values.length ? text + quote(wordsOf(values[index])) : text))
        .join('');

const wordsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);
