import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { size } from '../kernel/numbers.ts';
import { ns } from '../kernel/units.ts';
import { countIn, figureNamesIn, Machine, type Observer, type TraceEvent } from '../machine/machine.ts';
import { TooLarge } from '../mm/too-large.ts';
import { bootScriptFile } from '../script/package-files.ts';
import { isSystemError, linesOfFile } from '../script/script-files.ts';
import { inTime } from '../script/steps.ts';
import type { TraceOpener } from '../script/traces.ts';
import { type Opened, opened } from '../script/walk.ts';
import { splitWords } from '../script/words.ts';
import { BOOTED, bootText, DOWN, MARK, machineOptions, servedText, withoutRepeats } from './boot-record.ts';
import type { Budget } from './budget.ts';
import { Changes, RecentEvents } from './changes.ts';
import { type Disk, realDisk, syncFolder, writeWhole } from './disk.ts';
import { type ExecuteContext, executeLine, runFile } from './execute.ts';
import { exportPart } from './export.ts';
import { Journal, NOTHING } from './journal.ts';
import { JOURNAL } from './journal-line.ts';
import { KeptTraces } from './kept-traces.ts';
import { LiveMachine } from './live-machine.ts';
import type {
  Clock,
  Executed,
  ExecuteParams,
  Exported,
  ExportParams,
  Inspected,
  ResetParams,
} from './protocol.ts';
import { type Restored, restore } from './restore.ts';
import { encodeSaveFile } from './save-file.ts';
import { encodeState, pruneStates, type SaveState, stateName } from './save-state.ts';
import { SessionError } from './session-error.ts';
import { VERSION } from './version.ts';
import { realWall, type Wall } from './wall.ts';

/** A time mark allows answers up to so much later without another, ns. */
const MARK_AHEAD = 1_000_000_000;
/** A save state is made after so many commands, or so much work of the machine if that is worth it. */
const COMMANDS_A_STATE = 20_000;
/** Work since the last state, ms: at least, and for each ms that saving it took. */
const WORTH = { least: 1000, each: 20 } as const;
/** The same a minute after it, when that is next to nothing of the time: who looks at an hour has little to do again. */
const WORTH_SELDOM = { least: 200, each: 4 } as const;
const SELDOM = 60_000;

/** Of a session that is booted now. */
const NEW = { commands: 0, commandsSaved: 0, work: 0, marked: 0 };

export interface SessionSettings {
  readonly folder: string;
  readonly opener: TraceOpener;
  readonly sync: boolean;
  /** Of this server, in which the session lives. */
  readonly budget: Budget;
  /** What the session stands on; left out: the system's own. */
  readonly disk?: Disk;
  readonly wall?: Wall;
  readonly notice: (text: string) => void;
  /** Nothing can be kept any more: the session has to end. */
  readonly failed: (error: Error) => void;
  readonly observer: Observer;
  readonly isWatched: () => boolean;
}

/** A machine that lives on: its time, its journal, its save states. */
export class Session {
  readonly live: LiveMachine;
  readonly traces: KeptTraces;
  readonly recent = new RecentEvents();
  /** Told of all that is done to the machine. */
  readonly changes = new Changes();
  /** No other machine has it. */
  readonly id = randomUUID();
  readonly #settings: SessionSettings;
  readonly #disk: Disk;
  readonly #wall: Wall;
  readonly #journal: Journal;
  #commands: number;
  #marked: number;
  #work = 0;
  #commandsSaved: number;
  #savingTook = 1;
  /** ms of the wall; -Infinity: somebody has set its pace since. */
  #savedAt: number;
  #saving: Promise<void> | null = null;
  #toldTooLarge = false;

  private constructor(settings: SessionSettings, restored: Restored) {
    const { machine, traces, place, commands, commandsSaved, work, marked } = restored;
    this.#settings = settings;
    const { folder, sync, failed, disk = realDisk, wall = realWall } = settings;
    this.#disk = disk;
    this.#wall = wall;
    this.#savedAt = wall.now();
    this.traces = traces;
    this.#commands = commands;
    this.#commandsSaved = commandsSaved;
    this.#work = work;
    this.#marked = marked;
    this.#journal = new Journal(join(folder, JOURNAL), sync, failed, place, disk, wall);
    this.live = new LiveMachine(machine, {
      wall,
      journal: (time, text) => {
        this.#journal.append(time, text);
        this.changes.ring();
        if (!text.startsWith('#')) this.#commands += 1;
      },
      traces,
      budget: settings.budget,
      isWatched: settings.isWatched,
      afterTurn: (took) => this.#afterTurn(took),
      notice: settings.notice,
    });
    machine.observer = (event: TraceEvent) => {
      this.recent.add(event);
      settings.observer(event);
    };
  }

  /** Restores what is in the folder, or boots. Throws a SessionError, or what the file system throws. */
  static async open(settings: SessionSettings, boot: ResetParams): Promise<Session> {
    const { folder, disk = realDisk } = settings;
    disk.makeFolder(folder);
    const restored = await restore(settings);
    if (restored !== null) {
      const session = new Session(settings, restored);
      session.#journal.append(restored.marked, servedText(VERSION));
      // What took long to restore is not restored twice.
      if (session.#isWorthSaving) await session.#saveIfPossible();
      session.live.rearm();
      return session;
    }
    return Session.#boot(settings, boot);
  }

  static async #boot(
    settings: SessionSettings,
    { boot, machine: words = [] }: ResetParams,
  ): Promise<Session> {
    const asked = machineOptions(withoutRepeats(words));
    if (typeof asked === 'string') throw new SessionError('usage', asked);
    const path = boot === undefined ? bootScriptFile(asked) : boot;
    const script = path === null ? null : await inTime(opened(path, linesOfFile(path)));
    if (script?.fault) throw new SessionError('usage', script.fault.message);
    const first = script?.first?.machine ? splitWords(script.first.text).slice(1) : [];
    const machineWords = withoutRepeats([...first.map(({ text }) => text), ...words]);
    const options = machineOptions(machineWords);
    if (typeof options === 'string') throw new SessionError('usage', options);
    let machine: Machine;
    try {
      machine = Machine.boot(options);
    } catch (error) {
      if (error instanceof RangeError || error instanceof TooLarge)
        throw new SessionError('usage', error.message);
      throw error;
    }
    (settings.disk ?? realDisk).remove(join(settings.folder, JOURNAL));
    const traces = new KeptTraces(settings.folder, settings.opener, { most: settings.budget.bytes });
    const session = new Session(settings, { machine, traces, place: NOTHING, ...NEW });
    const kind = boot === undefined ? 'own' : boot === null ? 'none' : 'other';
    session.#journal.append(0, bootText({ id: randomUUID(), machine: machineWords, script: kind }));
    session.#journal.append(0, servedText(VERSION));
    try {
      if (script !== null) await session.#runBootScript(script);
      session.#journal.append(Math.ceil(machine.now), BOOTED);
      await session.#journal.kept();
      if (settings.sync) await syncFolder(session.#disk, settings.folder);
    } catch (error) {
      session.#end();
      (settings.disk ?? realDisk).remove(join(settings.folder, JOURNAL));
      throw error;
    }
    session.live.isBooting = false;
    session.live.clock.setPaused(false, machine.now);
    session.live.rearm();
    return session;
  }

  get clock(): Clock {
    const { speed, paused } = this.live.clock;
    return { virtual_ns: ns(Math.floor(this.live.machine.now)), speed, paused };
  }

  /** What is wrong with its journal, in words; null: nothing. */
  get damage(): string | null {
    return this.#journal.damage;
  }

  get commands(): number {
    return this.#commands;
  }

  /** Somebody has set its pace, and is about to look: a save state is worth more. */
  paced(): void {
    this.#savedAt = -Infinity;
    this.#saveIfWorth();
  }

  /** Obeys a line; resolves when its answer may be given. */
  async execute(params: ExecuteParams, signal: AbortSignal): Promise<Executed> {
    if (this.live.refresh !== null) await this.live.refresh();
    this.live.catchUp();
    const executed = await executeLine(this.#context(params, signal));
    await this.told();
    return executed;
  }

  /**
   * The same for somebody who does not wait for the disk: the system has it, and
   * will write it soon, whatever becomes of this process.
   */
  toldSoon(): void {
    this.#mark();
    this.#journal.flush();
  }

  /** What somebody is about to be told will be there after a restore. */
  told(): Promise<void> {
    this.#mark();
    // Also what others did, and wait for: it may have been seen.
    return this.#journal.kept();
  }

  inspect(): Inspected {
    this.live.catchUp();
    const { machine } = this.live;
    const { kernel } = machine.options;
    const { at, key } = figureNamesIn({ kernel }).counts[0];
    const cgroups = machine.cgroups().map((path) => {
      const failcnt = machine.read(join(path, at));
      return {
        path,
        usage: machine.usage(path),
        stat: machine.reclaimStat(path),
        failcnt: failcnt.ok ? countIn(failcnt.value, key) : 0,
      };
    });
    return { ...this.clock, kernel, cgroups, tasks: machine.tasks(), faults: machine.faults() };
  }

  /** Bytes of the journal that can be read now: all that was done is in them. */
  readable(): number {
    this.#journal.flush();
    return this.#journal.position;
  }

  /** A part of the session as a script. */
  async export(params: ExportParams): Promise<Exported> {
    await this.live.whenSettled();
    return exportPart(this.#journal.read(), this.#settings.folder, params, Math.ceil(this.live.machine.now));
  }

  /** Writes all of it, journal and state, to a file. */
  async saveTo(path: string): Promise<void> {
    await this.live.whenSettled();
    const journal = this.#journal.read();
    const { folder } = this.#settings;
    await writeWhole(
      path,
      this.#withState((state) => encodeSaveFile(journal, state, folder)),
    );
  }

  /** Keeps a last state and lets go of everything. */
  async close(): Promise<void> {
    this.live.catchUp();
    await this.live.whenSettled();
    this.#journal.append(Math.ceil(this.live.machine.now), DOWN);
    await this.#journal.kept();
    await this.#saving;
    await this.#saveIfPossible();
    this.#end();
  }

  #mark(): void {
    const { now } = this.live.machine;
    if (now <= this.#marked) return;
    this.#marked = Math.ceil(now) + MARK_AHEAD;
    this.#journal.append(this.#marked, MARK);
    this.#journal.flush();
  }

  #end(): void {
    this.changes.ring();
    this.live.close();
    this.#journal.close();
    void this.traces.close();
  }

  #context(params: ExecuteParams, signal: AbortSignal): ExecuteContext {
    return { live: this.live, traces: this.traces, params, signal };
  }

  async #runBootScript(script: Opened): Promise<void> {
    this.live.clock.setPaused(true, 0);
    this.live.isBooting = true;
    const params = { line: '', group: '/default', directory: '/', input: null };
    const executed = await runFile(this.#context(params, new AbortController().signal), script);
    if (executed === null) return;
    const why = executed.why === '' ? '' : `: ${executed.why}`;
    throw new SessionError('usage', `the boot script: ${executed.message}${why}`);
  }

  /** The state is of use until `use` returns. */
  #withState<T>(use: (state: SaveState) => T): T {
    const now = {
      ...this.#journal.place,
      commands: this.#commands,
      traces: this.traces.openTraces,
    };
    return this.live.machine.withSaved((machine) => use({ ...now, machine }));
  }

  #afterTurn(took: number): void {
    this.#work += took;
    this.#saveIfWorth();
  }

  #saveIfWorth(): void {
    // Of what is not booted to its end nobody was told: it is not to be gone on from.
    if (this.live.isBooting) return;
    if (this.#isWorthSaving && this.#saving === null && this.live.isSettled) {
      this.#saving = this.#saveIfPossible().finally(() => {
        this.#saving = null;
      });
    }
  }

  get #isWorthSaving(): boolean {
    const { least, each } = this.#wall.now() - this.#savedAt < SELDOM ? WORTH : WORTH_SELDOM;
    return (
      this.#commands - this.#commandsSaved >= COMMANDS_A_STATE ||
      this.#work > Math.max(least, each * this.#savingTook)
    );
  }

  /** Without a new state a restore takes longer, and that is all. */
  async #saveIfPossible(): Promise<void> {
    try {
      await this.#save();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#settings.notice(`no save state could be written: ${error.message}`);
    }
  }

  async #save(): Promise<void> {
    const began = this.#wall.now();
    const { position } = this.#journal;
    const pieces = this.#withState(encodeState);
    this.#savedAt = this.#wall.now();
    this.#savingTook = this.#savedAt - began;
    this.#work = 0;
    this.#commandsSaved = this.#commands;
    const { folder, budget } = this.#settings;
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    try {
      // The journal first: a state must not know more than it.
      await this.#journal.kept();
      if (bytes > budget.bytes) this.#saysTooLarge(bytes);
      else await writeWhole(join(folder, stateName(position)), pieces, this.#disk);
    } finally {
      pruneStates(folder, budget.bytes, this.#disk);
    }
  }

  #saysTooLarge(bytes: number): void {
    if (this.#toldTooLarge) return;
    this.#toldTooLarge = true;
    this.#settings.notice(
      `no save state could be written: it would take ${size(bytes)}, and states may take ${size(this.#settings.budget.bytes)} together: the session is restored from its journal, which takes longer`,
    );
  }
}
