import { ns } from '../kernel/units.ts';
import type { Machine } from '../machine/machine.ts';
import { Driver, orItsEnd } from '../script/drive.ts';
import { execute } from '../script/interpreter.ts';
import { arrived, type Steps } from '../script/steps.ts';
import { parseLine } from '../script/vocabulary.ts';
import { FINE, refused, type World } from '../script/world.ts';
import { INTERRUPT, readRefusedText } from './boot-record.ts';
import type { JournalRecord } from './journal-line.ts';
import type { KeptTraces } from './kept-traces.ts';

/** A sound line that no word of this language begins: a newer memcg has written it. */
export class UnknownLine extends Error {
  override readonly name = 'UnknownLine';
}

/** Does again what a journal holds, as fast as the machine goes. */
export class Replayer {
  readonly #machine: Machine;
  readonly #driver: Driver;
  readonly #world: World;
  readonly #differs: (line: JournalRecord) => void;
  /** What takes virtual time, until it is done. */
  #inHand: JournalRecord | null = null;
  #line: JournalRecord = { time: 0, text: '' };

  /** `differs` is told of each line that now comes to something else than the journal says. */
  constructor(machine: Machine, traces: KeptTraces, differs: (line: JournalRecord) => void) {
    this.#machine = machine;
    this.#differs = differs;
    this.#driver = new Driver(
      machine,
      orItsEnd((needs) => traces.read(needs)),
    );
    this.#world = {
      machine,
      group: '/',
      input: null,
      print: () => {},
      check: ({ passed }) => {
        if (!passed) differs(this.#line);
      },
      drive: (operation, subject) => {
        const answer = machine.perform(operation);
        if (answer === null) this.#inHand = this.#line;
        return answer === null || answer.ok ? FINE : refused(subject, answer);
      },
      openTrace: (task, path, format) => traces.open(task, path, format),
    };
  }

  /** Throws an UnknownLine. */
  *replay(record: JournalRecord): Steps<void> {
    const { time, text } = record;
    const errno = readRefusedText(text);
    if (text.startsWith('#') && text !== INTERRUPT && errno === null) return;
    yield* this.#finish(text === INTERRUPT ? time : null, errno);
    if (text.startsWith('#')) return;
    if (time > this.#machine.now) yield* this.#driver.run(ns(time));
    const parsed = parseLine(text);
    if (parsed.kind !== 'command') throw new UnknownLine(text);
    this.#line = record;
    const outcome = yield* arrived(execute(parsed.command, this.#world));
    if (!outcome.ok) this.#differs(record);
  }

  /** Up to this virtual time, and to the end of what is in hand. */
  *end(time: number): Steps<void> {
    yield* this.#finish(null, null);
    const until = Math.max(time, Math.ceil(this.#machine.now));
    if (until > this.#machine.now) yield* this.#driver.run(ns(until));
  }

  /** What is in hand, to its end, which the journal says was refused with this errno; or until it was interrupted. */
  *#finish(interruptedAt: number | null, errno: string | null): Steps<void> {
    const line = this.#inHand;
    if (line === null) return;
    this.#inHand = null;
    const stop = yield* this.#driver.run(interruptedAt === null ? null : ns(interruptedAt));
    if (stop.why !== 'done') {
      if (interruptedAt === null) return;
      this.#machine.interrupt();
      this.#machine.run(this.#machine.now);
    } else if ((stop.result.ok ? null : stop.result.errno) !== errno) this.#differs(line);
  }
}
