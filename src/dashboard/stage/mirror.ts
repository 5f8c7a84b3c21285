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

/** A machine that does in this process what a session's journal says. */
export class Mirror {
  readonly observed: Observed;
  readonly past: Past;
  readonly player: Player;
  readonly feeds: KeptTraces;
  /** Where the journal has no beginning any more. */
  readonly isWhole: boolean;
  readonly #tape = new Tape();
  readonly #journal: JournalFile;
  #isDamaged = false;

  private constructor(
    folder: string,
    machine: Machine,
    position: number,
    open: readonly OpenTrace[],
    isWhole: boolean,
    memory: TraceMemory,
  ) {
    this.feeds = new KeptTraces(folder, traceOpener, { open, memory });
    this.isWhole = isWhole;
    this.observed = new Observed(machine, new Track(machine));
    const tape = this.#tape;
    this.past = new Past({ tape, feeds: this.feeds });
    this.player = new Player({ observed: this.observed, tape, feeds: this.feeds });
    this.#journal = new JournalFile(join(folder, JOURNAL), position);
    this.#keep();
  }

  /** From the newest sound state, or from the boot. null: the folder has neither. Throws what the file system throws. */
  static newest(folder: string, memory: TraceMemory): Mirror | null {
    for (const name of stateNames(folder)) {
      const state = soundState(join(folder, name));
      if (state !== null) return Mirror.#from(folder, state, memory);
    }
    return Mirror.#booted(folder, memory);
  }

  /** From the boot, or from the oldest state where the journal's beginning is gone. */
  static oldest(folder: string, memory: TraceMemory): Mirror | null {
    const booted = Mirror.#booted(folder, memory);
    if (booted !== null) return booted;
    for (const name of stateNames(folder).reverse()) {
      const state = soundState(join(folder, name));
      if (state !== null) return Mirror.#from(folder, state, memory, true);
    }
    return null;
  }

  static #from(folder: string, state: SaveState, memory: TraceMemory, isWhole = false): Mirror {
    return new Mirror(folder, Machine.load(state.machine), state.position, state.traces, isWhole, memory);
  }

  static #booted(folder: string, memory: TraceMemory): Mirror | null {
    const boot = bootRecord(folder);
    const options = boot === null || boot.cut === true ? 'no beginning' : machineOptions(boot.machine);
    return typeof options === 'string'
      ? null
      : new Mirror(folder, Machine.boot(options), 0, [], true, memory);
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
    return this.#to(time, deadline);
  }

  async #to(time: number, deadline: number): Promise<boolean> {
    for (;;) {
      // Not all at once: states are taken on the way.
      const until = Math.min(deadline, performance.now() + 20);
      const there = await this.player.to(time, until);
      this.#keep();
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
