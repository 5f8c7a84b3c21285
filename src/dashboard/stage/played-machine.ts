import { setImmediate } from 'node:timers/promises';
import { refuse } from '../../kernel/errno.ts';
import type { Nanoseconds } from '../../kernel/units.ts';
import {
  type Access,
  type CgroupLook,
  endOfRun,
  type Machine,
  type Observer,
  type Operation,
  type Result,
  type Stop,
  type TaskEnd,
} from '../../machine/machine.ts';
import { Driver, END_OF_TIME, orItsEnd, type Pace } from '../../script/drive.ts';
import { inTime } from '../../script/steps.ts';
import type { Feeds } from '../../script/traces.ts';
import type { TheMachine } from '../../script/world.ts';
import type { Observed } from './observed.ts';
import type { Past } from './past.ts';
import { type Position, waitAgain } from './player.ts';
import type { Tape } from './tape.ts';

/** Between two chances to keep a state, ms. */
const WORK = 10;
/** After which everybody else has a turn, while what is in hand is brought to its end, ms. */
const TURN = 20;

function inTurns(): Pace {
  let wasRun = false;
  return {
    next: () => {
      if (!wasRun) return END_OF_TIME;
      wasRun = false;
      return setImmediate();
    },
    ran: () => {
      wasRun = true;
    },
  };
}

/**
 * The machine that a script plays on: what is done to it goes on a tape, and one may come in
 * between. For that a `run` is a `start` and a wait for the task, which to the machine is the same.
 */
export class PlayedMachine implements TheMachine {
  readonly observed: Observed;
  readonly #tape: Tape;
  readonly #past: Past;
  readonly #driver: Driver;
  #held: Operation | null = null;
  /** The task of the `run` in hand, and how its behaviour ended. */
  #runs: { readonly pid: number; readonly name: string; end: TaskEnd | null } | null = null;
  /** What was in hand has come to its end while somebody came in between. */
  #answer: Result<undefined> | null = null;
  #observer: Observer | null = null;
  #taskObserver: ((end: TaskEnd) => void) | null = null;

  constructor(observed: Observed, tape: Tape, past: Past, feeds: Feeds) {
    this.observed = observed;
    this.#tape = tape;
    this.#past = past;
    const driven = observed.until(
      () => performance.now() + TURN,
      () => this.#letGo(),
    );
    this.#driver = new Driver(
      driven,
      orItsEnd((needs) => feeds.read(needs)),
      inTurns,
    );
    observed.machine.observer = (event) => {
      observed.event(event);
      this.#observer?.(event);
    };
    observed.machine.taskObserver = (end) => {
      if (this.#runs?.pid === end.pid) this.#runs.end ??= end;
      this.#taskObserver?.(end);
    };
    past.keep(observed, () => this.position);
  }

  get machine(): Machine {
    return this.observed.machine;
  }

  get position(): Position {
    return { next: this.#tape.length, held: this.#held };
  }

  /** What is in hand waits for something, and nothing will happen. */
  get waitsForever(): boolean {
    if (this.#held === null || this.machine.nextEventAt() !== null) return false;
    return !('until' in this.#held && this.#held.until !== null);
  }

  looks(): CgroupLook[] {
    return this.machine.looks();
  }

  get options() {
    return this.machine.options;
  }

  get now(): Nanoseconds {
    return this.machine.now;
  }

  get observer(): Observer | null {
    return this.#observer;
  }

  set observer(observer: Observer | null) {
    this.#observer = observer;
  }

  get taskObserver() {
    return this.#taskObserver;
  }

  set taskObserver(observer: ((end: TaskEnd) => void) | null) {
    this.#taskObserver = observer;
  }

  perform(operation: Operation): Result<undefined> | null {
    if (operation.op !== 'run') return this.#do(operation);
    const { task: name } = operation;
    const started = this.#do({ ...operation, op: 'start' });
    if (started?.ok !== true) return started;
    const task = this.machine.tasks().find((each) => each.name === name && !each.killed);
    this.#runs = { pid: task?.pid ?? 0, name, end: null };
    return this.#do({ op: 'wait-task', task: name });
  }

  run(until: Nanoseconds | null, watched: (() => boolean) | null = null): Stop {
    if (this.#answer !== null) {
      const result = this.#answer;
      this.#answer = null;
      return { why: 'done', result };
    }
    for (;;) {
      const stop = this.observed.run(until ?? Infinity, watched, performance.now() + WORK);
      const ended = stop.why === 'done' ? { ...stop, result: this.#endOf(stop.result) } : stop;
      // A machine that asks for records has not done all that belongs to this instant.
      if (stop.why !== 'needs') this.#past.keep(this.observed, () => this.position);
      if (stop.why !== 'time' || this.now >= (until ?? Infinity)) return ended;
    }
  }

  feed(...given: Parameters<Machine['feed']>): void {
    this.machine.feed(...given);
  }

  interrupt(): void {
    if (this.#held === null) return;
    const runs = this.#runs;
    this.#runs = null;
    this.#letGo();
    if (runs !== null) this.#do({ op: 'stop', task: runs.name, wait: false });
    this.#answer = refuse('EINTR', 'interrupted');
  }

  read(path: string) {
    return this.machine.read(path);
  }

  list(path: string) {
    return this.machine.list(path);
  }

  cgroups() {
    return this.machine.cgroups();
  }

  usage(path: string) {
    return this.machine.usage(path);
  }

  usages() {
    return this.machine.usages();
  }

  reclaimStat(path: string) {
    return this.machine.reclaimStat(path);
  }

  tasks() {
    return this.machine.tasks();
  }

  faults() {
    return this.machine.faults();
  }

  nextFault(path: string, access: Access) {
    return this.machine.nextFault(path, access);
  }

  /** Does an operation between two others; what is in hand is waited for again, or comes to its end first. */
  async between(operation: Operation): Promise<Result<undefined>> {
    const held = this.#held;
    const waiting = held === null ? null : waitAgain(held);
    if (waiting !== null) this.#letGo();
    else if (held !== null) this.#answer = await this.#toTheEnd();
    const answer = this.#do(operation) ?? (await this.#toTheEnd());
    if (waiting !== null) {
      const again = this.#do(waiting);
      if (again !== null) this.#answer = this.#endOf(again);
    }
    return answer;
  }

  #letGo(): void {
    this.#tape.add({ kind: 'interrupt', time: this.now });
    this.observed.letGo();
    this.#held = null;
  }

  #do(operation: Operation): Result<undefined> | null {
    this.#tape.add({ kind: 'operation', time: this.now, operation });
    const answer = this.observed.perform(operation);
    if (answer === null) this.#held = operation;
    return answer;
  }

  async #toTheEnd(): Promise<Result<undefined>> {
    const ended = await inTime(this.#driver.finish(null));
    return ended.why === 'done' ? this.#endOf(ended.result) : refuse('EINTR', 'this never ends');
  }

  /** As Machine.run() answers a `run`. */
  #endOf(result: Result<undefined>): Result<undefined> {
    const runs = this.#runs;
    this.#held = null;
    this.#runs = null;
    if (runs === null) return result;
    return endOfRun(runs.end ?? { how: 'killed', why: `${runs.name} was killed` }, runs.name);
  }
}
