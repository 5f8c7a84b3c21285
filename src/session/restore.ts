import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { duration } from '../kernel/numbers.ts';
import { Machine, type MachineOptions } from '../machine/machine.ts';
import { TooLarge } from '../mm/too-large.ts';
import { inTime, type Steps } from '../script/steps.ts';
import type { TraceOpener } from '../script/traces.ts';
import { BOOTED, bootText, DOWN, lastServedBy, MARK, machineOptions, readBootText } from './boot-record.ts';
import type { Budget } from './budget.ts';
import { type Disk, realDisk, synced, writeWhole } from './disk.ts';
import { Journal, type JournalPlace, NOTHING } from './journal.ts';
import {
  damageIn,
  JOURNAL,
  type JournalPart,
  type JournalRecord,
  journalId,
  recordsIn,
} from './journal-line.ts';
import { KeptTraces } from './kept-traces.ts';
import { Replayer, UnknownLine } from './replayer.ts';
import { encodeState, OtherFormat, readState, type SaveState, stateName, stateNames } from './save-state.ts';
import { SessionError } from './session-error.ts';
import { VERSION } from './version.ts';
import { realWall, type Wall } from './wall.ts';

export interface Restored {
  readonly machine: Machine;
  readonly traces: KeptTraces;
  /** Where the journal ends now. */
  readonly place: JournalPlace;
  /** Commands in the journal, and of these in a save state. */
  readonly commands: number;
  readonly commandsSaved: number;
  /** What it took to do again what no save state has, ms. */
  readonly work: number;
  /** Up to which virtual time somebody was told something. */
  readonly marked: number;
}

/**
 * A session as it was: the newest sound save state, and what the journal holds after it. What can't be trusted is
 * set aside, and `notice` is told. null: there is nothing. Rejects with a SessionError where only another memcg can go on.
 */
export const restore = (settings: RestoreSettings): Promise<Restored | null> => new Restoring(settings).run();

export interface RestoreSettings {
  readonly folder: string;
  readonly opener: TraceOpener;
  readonly budget: Budget;
  readonly notice: (text: string) => void;
  readonly disk?: Disk | undefined;
  readonly wall?: Wall | undefined;
}

/** Whether a session can be done again from it, at least up to this byte. */
export function isWhole(journal: Buffer | null, position: number): boolean {
  if (journal === null) return false;
  const { records, sound } = recordsIn(journal);
  return sound >= position && beginningOf(records) !== null;
}

class Restoring {
  readonly #folder: string;
  readonly #path: string;
  readonly #opener: TraceOpener;
  readonly #budget: Budget;
  readonly #notice: (text: string) => void;
  readonly #disk: Disk;
  readonly #wall: Wall;
  #journal: Buffer | null;

  constructor({ folder, opener, budget, notice, disk = realDisk, wall = realWall }: RestoreSettings) {
    this.#disk = disk;
    this.#wall = wall;
    this.#folder = folder;
    this.#opener = opener;
    this.#budget = budget;
    this.#path = join(folder, JOURNAL);
    this.#notice = notice;
    this.#journal = disk.read(this.#path);
  }

  async run(): Promise<Restored | null> {
    const newest = this.#newestState();
    const isShort = newest !== null && (this.#journal?.length ?? 0) < newest.position;
    const state = isShort ? await this.#beginAnew(newest) : newest;
    const journal = this.#journal;
    if (journal === null) return null;
    const damage = state === null ? null : this.#coveredDamage(state, journal);
    if (damage !== null) this.#notice(damage);
    const from = state?.position ?? 0;
    const part = recordsIn(journal, from);
    if (part.sound < journal.length) await this.#setTailAside(part.sound, journal);

    const traces = new KeptTraces(this.#folder, this.#opener, {
      open: state?.traces,
      most: this.#budget.bytes,
    });
    const machine = state === null ? this.#bootedAsBefore(part) : Machine.load(state.machine);
    if (machine === null) return null;
    const commandsSaved = state?.commands ?? 0;
    const began = this.#wall.now();
    const commands = commandsSaved + (await inTime(this.#replay(machine, part, traces)));
    const work = this.#wall.now() - began;
    const place = {
      journal: journalId(journal),
      position: part.sound,
      checksum: crc32(journal.subarray(from, part.sound), state?.checksum ?? 0),
    };
    return { machine, traces, place, commands, commandsSaved, work, marked: Math.ceil(machine.now) };
  }

  #newestState(): SaveState | null {
    let other: string | null = null;
    for (const name of stateNames(this.#folder, this.#disk)) {
      const path = join(this.#folder, name);
      const state = readState(path, this.#disk);
      if (state instanceof OtherFormat) {
        if (!isWhole(this.#journal, state.position))
          throw this.#otherVersion(`${path} is ${state}, and no sound journal is beside it`);
        other ??= `${name} is ${state}: the session was restored from its journal`;
      } else if (state !== null && this.#isOfJournal(state)) return state;
      else {
        const fault = state === null ? 'is damaged' : 'belongs to another journal';
        this.#notice(`the save state ${name} ${fault}: ${this.#setAside(path)}; an older one was taken`);
      }
    }
    if (other !== null) this.#notice(other);
    return null;
  }

  #otherVersion(why: string): SessionError {
    const then = `go on with that memcg, or move ${this.#folder} away to begin anew`;
    return new SessionError('version', `${why}: ${then}`);
  }

  /** What it goes on from, it must have been in: an end that is lost and lines that are damaged don't speak against it. */
  #isOfJournal(state: SaveState): boolean {
    const journal = this.#journal;
    if (journal === null) return true;
    const id = journalId(journal);
    if (id !== null && state.journal !== null && id !== state.journal) return false;
    const { position, checksum } = state;
    return (
      journal.length < position ||
      crc32(journal.subarray(0, position)) === checksum ||
      this.#coveredDamage(state, journal) !== null
    );
  }

  /** What is wrong with the lines that a state has in it; null: nothing. */
  #coveredDamage({ position, checksum }: SaveState, journal: Buffer): string | null {
    const covered = journal.subarray(0, position);
    return crc32(covered) === checksum ? null : damageIn(covered, this.#path);
  }

  /** The state has more in it than the journal: it is the better witness. */
  async #beginAnew(state: SaveState): Promise<SaveState> {
    const aside = this.#journal === null ? 'is gone' : `is damaged: ${this.#setAside(this.#path)}`;
    this.#notice(
      `the journal ${aside}; the session goes on from its last save state, and can't be exported from its beginning`,
    );
    const now = Math.ceil(state.machine.state.mm.sched.now);
    const failed = (error: Error): never => {
      throw error;
    };
    const journal = new Journal(this.#path, false, failed, NOTHING, this.#disk);
    journal.append(now, bootText({ id: randomUUID(), machine: [], script: 'none', cut: true }));
    journal.append(now, BOOTED);
    journal.close();
    this.#journal = journal.read();
    const anew = { ...state, ...journal.place };
    const old = stateNames(this.#folder, this.#disk);
    await writeWhole(join(this.#folder, stateName(anew.position)), encodeState(anew), this.#disk);
    for (const name of old)
      if (name !== stateName(anew.position)) this.#disk.remove(join(this.#folder, name));
    return anew;
  }

  async #setTailAside(sound: number, journal: Buffer): Promise<void> {
    const aside = this.#unused(`${this.#path}.damaged`);
    await writeWhole(aside, [journal], this.#disk);
    const file = this.#disk.open(this.#path, 'append');
    try {
      file.cut(sound);
      await synced(file);
    } finally {
      file.close();
    }
    this.#notice(
      `the last ${journal.length - sound} bytes of the journal are damaged: they were cut off, and ${aside} has them`,
    );
  }

  /** null: it was never booted to its end, so nobody was told anything. */
  #bootedAsBefore({ records }: JournalPart): Machine | null {
    const options = beginningOf(records);
    if (typeof options === 'string') throw this.#unknown(`the machine of ${this.#path}`, options);
    if (options !== null) return Machine.boot(options);
    if (records.length > 0)
      this.#notice(`the journal has no beginning to go on from: ${this.#setAside(this.#path)}`);
    return null;
  }

  #unknown(what: string, which: string): SessionError {
    const by = lastServedBy(recordsIn(this.#journal ?? Buffer.alloc(0)).records);
    const writer = by === null ? 'a newer one' : `memcg ${by}`;
    return this.#otherVersion(`memcg ${VERSION} does not know ${what}: ${which}: ${writer} wrote it`);
  }

  /** Goes on to when somebody was told something last. Answers how many commands there were. */
  *#replay(machine: Machine, { records }: JournalPart, traces: KeptTraces): Steps<number> {
    let same = true;
    const replayer = new Replayer(machine, traces, ({ time, text }) => {
      if (same)
        this.#notice(
          `the journal says otherwise of what \`${text}\` came to: since ${duration(time)} of virtual time the session is not what it was`,
        );
      same = false;
    });
    let last = machine.now as number;
    let marked = 0;
    let commands = 0;
    for (const record of records) {
      if (record.text === MARK) marked = Math.max(marked, record.time);
      else if (record.text === DOWN) marked = 0;
      if (record.text !== MARK) last = record.time;
      if (!record.text.startsWith('#')) commands += 1;
      try {
        yield* replayer.replay(record);
      } catch (error) {
        if (error instanceof UnknownLine)
          throw this.#unknown(`a line of ${this.#path}`, `\`${record.text}\``);
        if (error instanceof TooLarge) throw this.#tooLarge(error.message);
        throw error;
      }
      if (this.#budget.isSpent) throw this.#tooLarge(`${this.#budget}`);
    }
    yield* replayer.end(Math.max(last, marked));
    return commands;
  }

  #tooLarge(why: string): SessionError {
    const then = `give its server more with \`memcg up --host-memory SIZE\`, or move ${this.#folder} away to begin anew`;
    return new SessionError('world', `the session can't be restored: ${why}: ${then}`);
  }

  #setAside(path: string): string {
    const aside = this.#unused(`${path}.damaged`);
    this.#disk.rename(path, aside);
    return `it is now ${aside}`;
  }

  #unused(path: string): string {
    if (this.#disk.size(path) === null) return path;
    for (let i = 2; ; i += 1) if (this.#disk.size(`${path}-${i}`) === null) return `${path}-${i}`;
  }
}

/** How the machine was booted of which this is the whole history, or what is wrong with that; null: it is not whole. */
function beginningOf(records: readonly JournalRecord[]): Partial<MachineOptions> | string | null {
  const boot = records.length === 0 ? null : readBootText(records[0].text);
  if (boot === null || boot.cut === true || !records.some(({ text }) => text === BOOTED)) return null;
  return machineOptions(boot.machine);
}
