import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Machine } from '../../machine/machine.ts';
import { Track } from '../../script/history/track.ts';
import type { TraceMemory } from '../../script/traces.ts';
import { type BootRecord, INTERRUPT, machineOptions, readBootText } from '../../session/boot-record.ts';
import { JOURNAL, type JournalRecord } from '../../session/journal-line.ts';
import { KeptTraces } from '../../session/kept-traces.ts';
import {
  type OpenTrace,
  OtherFormat,
  readState,
  type SaveState,
  stateNames,
} from '../../session/save-state.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { JournalFile } from './journal-file.ts';
import { Observed } from './observed.ts';
import { Past } from './past.ts';
import { Player } from './player.ts';
import { Tape } from './tape.ts';

/** What rates are of, and a little more, ns. */
const RATES_OVER = 1.1e9;
/** So near to where it sets out for it looks closely, ns. */
const NEAR = 3 * RATES_OVER;

interface Begin {
  readonly isWhole: boolean;
  /** On its first way it looks seldom: another one, in no hurry, sees what it leaves out. */
  readonly isHurried: boolean;
}

/** A machine that does in this process what a session's journal says. */
export class Mirror {
  readonly observed: Observed;
  readonly past: Past;
  readonly player: Player;
  readonly feeds: KeptTraces;
  readonly #tape = new Tape();
  readonly #journal: JournalFile;
  #isDamaged = false;
  #isWhole: boolean;
  #isHurried: boolean;

  private constructor(
    folder: string,
    machine: Machine,
    position: number,
    open: readonly OpenTrace[],
    memory: TraceMemory,
    { isWhole, isHurried }: Begin,
  ) {
    this.feeds = new KeptTraces(folder, traceOpener, { open, memory });
    this.#isWhole = isWhole;
    this.#isHurried = isHurried;
    this.observed = new Observed(machine, new Track(machine));
    const tape = this.#tape;
    this.past = new Past({ tape, feeds: this.feeds });
    this.player = new Player({ observed: this.observed, tape, feeds: this.feeds });
    this.#journal = new JournalFile(join(folder, JOURNAL), position);
    this.#keep();
  }

  /**
   * From the newest sound state that is old enough for the rates of that time to be known, else from the oldest, or
   * from the boot. null: the folder has neither. Throws what the file system throws.
   */
  static newest(folder: string, memory: TraceMemory, present: number): Mirror | null {
    let from: SaveState | null = null;
    for (const name of stateNames(folder)) {
      const state = soundState(join(folder, name));
      if (state === null) continue;
      from = state;
      if (state.machine.state.mm.sched.now <= present - RATES_OVER) break;
    }
    return from === null
      ? Mirror.#booted(folder, memory, true)
      : Mirror.#from(folder, from, memory, { isWhole: false, isHurried: true });
  }

  /** From the boot, or from the oldest state where the journal's beginning is gone. */
  static oldest(folder: string, memory: TraceMemory): Mirror | null {
    const booted = Mirror.#booted(folder, memory, false);
    if (booted !== null) return booted;
    for (const name of stateNames(folder).reverse()) {
      const state = soundState(join(folder, name));
      if (state !== null) return Mirror.#from(folder, state, memory, { isWhole: true, isHurried: false });
    }
    return null;
  }

  static #from(folder: string, state: SaveState, memory: TraceMemory, begin: Begin): Mirror {
    return new Mirror(folder, Machine.load(state.machine), state.position, state.traces, memory, begin);
  }

  static #booted(folder: string, memory: TraceMemory, isHurried: boolean): Mirror | null {
    const boot = bootRecord(folder);
    const options = boot === null || boot.cut === true ? 'no beginning' : machineOptions(boot.machine);
    return typeof options === 'string'
      ? null
      : new Mirror(folder, Machine.boot(options), 0, [], memory, { isWhole: true, isHurried });
  }

  /** It has all of the past that there is, and has looked at it closely. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Bytes of the journal that are done or on the tape. */
  get position(): number {
    return this.#journal.position;
  }

  /** The journal is not what it should be: nothing after that is known. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** Does what the journal has up to this byte, and goes on to this virtual time; true: it is there. */
  async follow(position: number, time: number, deadline: number): Promise<boolean> {
    while (this.#journal.position < position && !this.#isDamaged) {
      const { records, isDamaged } = this.#journal.read(position);
      this.#isDamaged = isDamaged;
      for (const record of records) this.#add(record);
      // What was read is done before more is read: the machine's time is its own measure.
      if (this.#journal.position < position) {
        const last = this.#tape.at(this.#tape.length - 1)?.time ?? 0;
        if (!(await this.#to(Math.min(last, time), deadline))) return false;
      }
    }
    const there = await this.#to(time, deadline);
    if (there) this.#isHurried = false;
    return there;
  }

  async #to(time: number, deadline: number): Promise<boolean> {
    for (;;) {
      // Not all at once: states are taken on the way.
      const until = Math.min(deadline, performance.now() + 20);
      const isFar = this.#isHurried && time - this.observed.machine.now > NEAR;
      if (isFar) this.#isWhole = false;
      this.observed.hurry(isFar);
      const there = (await this.player.to(isFar ? time - NEAR : time, until)) && !isFar;
      // States of a stretch that it has not looked at closely would take as long as the stretch, and are not needed.
      if (!isFar) this.#keep();
      if (there || performance.now() >= deadline) return there;
    }
  }

  #keep(): void {
    this.past.keep(this.observed, () => this.player.position);
  }

  #add({ time, text }: JournalRecord): void {
    if (text === INTERRUPT) this.#tape.add({ kind: 'interrupt', time });
    else if (!text.startsWith('#')) this.#tape.add({ kind: 'line', time, text });
  }
}

/** A state may be gone by now: the server keeps the newest only. */
function soundState(path: string): SaveState | null {
  try {
    const state = readState(path);
    return state instanceof OtherFormat ? null : state;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function bootRecord(folder: string): BootRecord | null {
  const path = join(folder, JOURNAL);
  if (!existsSync(path)) return null;
  const [first] = new JournalFile(path, 0).read(1 << 16).records;
  return first === undefined ? null : readBootText(first.text);
}
