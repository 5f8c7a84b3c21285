import { ns } from '../kernel/units.ts';
import type { Machine } from '../machine/machine.ts';
import { Driver, orItsEnd } from '../script/drive.ts';
import { execute } from '../script/interpreter.ts';
import { inTime } from '../script/steps.ts';
import { parseLine } from '../script/vocabulary.ts';
import { FINE, type World } from '../script/world.ts';
import { INTERRUPT } from './boot-record.ts';
import type { JournalRecord } from './journal-line.ts';
import type { KeptTraces } from './kept-traces.ts';

/** Does again what a journal holds, as fast as the machine goes. */
export class Replayer {
  readonly #machine: Machine;
  readonly #driver: Driver;
  readonly #world: World;
  #inHand = false;

  constructor(machine: Machine, traces: KeptTraces) {
    this.#machine = machine;
    this.#driver = new Driver(
      machine,
      orItsEnd((needs) => traces.read(needs)),
    );
    this.#world = {
      machine,
      group: '/',
      input: null,
      print: () => {},
      check: () => {},
      drive: (operation) => {
        this.#inHand = machine.perform(operation) === null;
        return FINE;
      },
      openTrace: (task, path, format) => traces.open(task, path, format),
    };
  }

  async replay({ time, text }: JournalRecord): Promise<void> {
    if (text.startsWith('#') && text !== INTERRUPT) return;
    if (this.#inHand) await this.#finish(text === INTERRUPT ? time : null);
    if (text === INTERRUPT) return;
    if (time > this.#machine.now) await this.#run(time);
    const parsed = parseLine(text);
    if (parsed.kind !== 'command') throw new Error(`the journal holds a line that is no command: ${text}`);
    const soon = execute(parsed.command, this.#world);
    if (soon instanceof Promise) await soon;
  }

  /** Up to this virtual time, and to the end of what is in hand. */
  async end(time: number): Promise<void> {
    if (this.#inHand) await this.#finish(null);
    const until = Math.max(time, Math.ceil(this.#machine.now));
    if (until > this.#machine.now) await this.#run(until);
  }

  async #finish(interruptedAt: number | null): Promise<void> {
    this.#inHand = false;
    if ((await this.#run(interruptedAt)) || interruptedAt === null) return;
    this.#machine.interrupt();
    this.#machine.run(this.#machine.now);
  }

  /** Whether what was in hand is done. */
  async #run(until: number | null): Promise<boolean> {
    const stop = await inTime(this.#driver.run(until === null ? null : ns(until)));
    return stop.why === 'done';
  }
}
