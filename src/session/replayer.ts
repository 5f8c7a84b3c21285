import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Machine, Operation } from '../machine/machine.ts';
import { execute } from '../script/interpreter.ts';
import { parseLine } from '../script/vocabulary.ts';
import { FINE, type Outcome, type World } from '../script/world.ts';
import { NO_RECORDS } from '../task/behaviour.ts';
import { INTERRUPT } from './boot-record.ts';
import type { JournalRecord } from './journal-line.ts';
import type { KeptTraces } from './kept-traces.ts';

/** Does again what a journal holds, as fast as the machine goes. */
export class Replayer {
  readonly #machine: Machine;
  readonly #traces: KeptTraces;
  readonly #world: World;
  #inHand = false;

  constructor(machine: Machine, traces: KeptTraces) {
    this.#machine = machine;
    this.#traces = traces;
    this.#world = {
      machine,
      group: '/',
      input: null,
      print: () => {},
      check: () => {},
      drive: (operation) => this.#drive(operation),
      openTrace: (task, path, format) => traces.begin(task, path, format),
    };
  }

  async replay({ time, text }: JournalRecord): Promise<void> {
    if (text.startsWith('#') && text !== INTERRUPT) return;
    if (this.#inHand) await this.#finish(text === INTERRUPT ? time : null);
    if (text === INTERRUPT) return;
    if (time > this.#machine.now) await this.#run(ns(time));
    const parsed = parseLine(text);
    if (parsed.kind !== 'command') throw new Error(`the journal holds a line that is no command: ${text}`);
    const soon = execute(parsed.command, this.#world);
    if (soon instanceof Promise) await soon;
  }

  /** Up to this virtual time, and to the end of what is in hand. */
  async end(time: number): Promise<void> {
    if (this.#inHand) await this.#finish(null);
    const until = Math.max(time, Math.ceil(this.#machine.now));
    if (until > this.#machine.now) await this.#run(ns(until));
  }

  #drive(operation: Operation): Outcome {
    this.#inHand = this.#machine.perform(operation) === null;
    return FINE;
  }

  async #finish(interruptedAt: number | null): Promise<void> {
    this.#inHand = false;
    if (interruptedAt === null) return this.#run(null);
    if (await this.#runUntil(ns(interruptedAt))) return;
    this.#machine.interrupt();
    this.#machine.run(this.#machine.now);
  }

  async #run(until: Nanoseconds | null): Promise<void> {
    await this.#runUntil(until);
  }

  /** Whether what was in hand is done. */
  async #runUntil(until: Nanoseconds | null): Promise<boolean> {
    for (;;) {
      const stop = this.#machine.run(until);
      if (stop.why !== 'needs') return stop.why === 'done';
      const read = await this.#traces.read(stop.task, stop.source, stop.record);
      if (read.ok) this.#machine.feed(stop.source, read.batch, read.last, read.files);
      else this.#machine.feed(stop.source, NO_RECORDS, true);
    }
  }
}
