import { ns } from '../../kernel/units.ts';
import type { Machine, Operation, Result } from '../../machine/machine.ts';
import { Driver, orItsEnd, type Stretch } from '../../script/drive.ts';
import { execute } from '../../script/interpreter.ts';
import { inTime } from '../../script/steps.ts';
import type { Feeds } from '../../script/traces.ts';
import { parseLine } from '../../script/vocabulary.ts';
import { FINE, type World } from '../../script/world.ts';
import type { Observed } from './observed.ts';
import type { Deed, Tape } from './tape.ts';

/** Where a player stands, for one that goes on from there. */
export interface Position {
  /** The deed that comes next. */
  readonly next: number;
  /** What is in hand. */
  readonly held: Operation | null;
}

export const AT_THE_START: Position = { next: 0, held: null };

/**
 * When a deed is done: at its time; or, in a machine that has taken another way, when the
 * one before has come to its end, as the lines of a script follow each other.
 */
export type Order = 'at its time' | 'one after the other';

export interface PlayerSettings {
  readonly observed: Observed;
  readonly tape: Tape;
  readonly feeds: Feeds;
  readonly position?: Position;
  readonly order?: Order;
}

/** Does again what is on a tape: performs a deed, lets it come to its end, goes on with the next. */
export class Player {
  readonly observed: Observed;
  readonly tape: Tape;
  readonly #feeds: Feeds;
  readonly #driver: Driver;
  readonly #order: Order;
  #next: number;
  #held: Operation | null;
  /** When run() is to come back, by `performance.now()`. */
  #deadline = Infinity;
  /** A loaded machine does not know what it waits for. */
  #watched: (() => boolean) | null = null;

  constructor({ observed, tape, feeds, position, order }: PlayerSettings) {
    this.observed = observed;
    this.tape = tape;
    this.#feeds = feeds;
    this.#driver = new Driver(
      observed.until(() => this.#deadline),
      orItsEnd((needs) => feeds.read(needs)),
    );
    this.#order = order ?? 'at its time';
    const { next, held } = position ?? AT_THE_START;
    this.#next = next;
    this.#held = held;
    if (held?.op === 'wait-until') this.#watched = () => held.test(observed.machine);
  }

  get machine(): Machine {
    return this.observed.machine;
  }

  get position(): Position {
    return { next: this.#next, held: this.#held };
  }

  /** Up to this virtual time, with all that was done up to then. False: `performance.now()` was `deadline` before. */
  async to(time: number, deadline = Infinity): Promise<boolean> {
    const { machine } = this;
    for (;;) {
      if (this.#held !== null) {
        if (!(await this.#finish(time, deadline))) return machine.now >= time;
        continue;
      }
      const deed = this.tape.at(this.#next);
      const when = deed === undefined ? Infinity : this.#when(deed);
      const bound = Math.min(time, when);
      if (machine.now < bound) {
        await this.#run(bound, deadline);
        if (machine.now < bound) return false;
      }
      if (deed === undefined || when > time) return true;
      if (performance.now() >= deadline) return false;
      this.#next += 1;
      await this.#perform(deed);
    }
  }

  /**
   * Does an operation now, though another may be in hand: that is waited for again afterwards, if it
   * only waits; else its end comes first.
   */
  async between(operation: Operation): Promise<Result<undefined>> {
    const waiting = this.#held === null ? null : waitAgain(this.#held);
    if (waiting !== null) this.#letGo();
    else if (this.#held !== null) await this.#toTheEnd();
    let answer = this.observed.perform(operation);
    if (answer === null) {
      this.#held = operation;
      answer = await this.#toTheEnd();
    }
    if (waiting !== null && this.observed.perform(waiting) === null) this.#held = waiting;
    return answer;
  }

  #when(deed: Deed): number {
    return this.#order === 'at its time' ? deed.time : this.machine.now;
  }

  async #toTheEnd(): Promise<Result<undefined>> {
    for (;;) {
      const stop = await this.#run(Infinity, Infinity);
      if (stop.why !== 'done' && stop.why !== 'idle') continue;
      this.#held = null;
      if (stop.why === 'done') return stop.result;
      this.#letGo();
      return { ok: false, errno: 'EINTR', why: 'this never ends' };
    }
  }

  /** Goes on with what is in hand; true: it has come to its end. */
  async #finish(time: number, deadline: number): Promise<boolean> {
    const { machine } = this;
    const next = this.tape.at(this.#next);
    const cut = next?.kind === 'interrupt' ? next.time : Infinity;
    if (machine.now < cut || cut > time) {
      const stop = await this.#run(Math.min(time, cut), deadline);
      if (stop.why === 'watched') this.observed.letGo();
      else if (stop.why !== 'done' && (machine.now < cut || cut > time)) return false;
      if (stop.why === 'done' || stop.why === 'watched') {
        this.#letGoOf();
        return true;
      }
    }
    this.#next += 1;
    this.#letGo();
    return true;
  }

  #letGo(): void {
    this.observed.letGo();
    this.#letGoOf();
  }

  #letGoOf(): void {
    this.#held = null;
    this.#watched = null;
  }

  async #perform(deed: Deed): Promise<void> {
    if (deed.kind === 'interrupt') return;
    const operations =
      deed.kind === 'line' ? await operationsOf(deed.text, this.machine, this.#feeds) : [this.#shifted(deed)];
    for (const operation of operations) if (this.observed.perform(operation) === null) this.#held = operation;
  }

  /** In another order, to wait is to wait as long. */
  #shifted({ operation, time }: Extract<Deed, { kind: 'operation' }>): Operation {
    if (this.#order === 'at its time') return operation;
    if (operation.op !== 'sleep' && operation.op !== 'wait-until') return operation;
    const { until } = operation;
    if (until === null) return operation;
    return { ...operation, until: ns(until + this.machine.now - time) };
  }

  #run(until: number, deadline: number): Promise<Stretch> {
    this.#deadline = deadline;
    return inTime(this.#driver.run(ns(until), this.#watched));
  }
}

/** How what is in hand is waited for again, after somebody came in between; null: it has to come to its end first. */
export function waitAgain(held: Operation): Operation | null {
  switch (held.op) {
    case 'sleep':
    case 'let-pass':
    case 'wait-until':
    case 'wait-task':
      return held;
    case 'stop':
      return { op: 'wait-task', task: held.task };
    default:
      return null;
  }
}

/** What a line of a journal does. */
async function operationsOf(text: string, machine: Machine, feeds: Feeds): Promise<readonly Operation[]> {
  const parsed = parseLine(text);
  if (parsed.kind !== 'command') return [];
  const operations: Operation[] = [];
  const world: World = {
    machine,
    group: '/',
    input: null,
    print: () => {},
    check: () => {},
    drive: (operation) => {
      operations.push(operation);
      return FINE;
    },
    openTrace: (task, path, format) => feeds.open(task, path, format),
  };
  await execute(parsed.command, world);
  return operations;
}
