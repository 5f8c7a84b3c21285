import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Machine, Operation, Result, TaskEnd } from '../machine/machine.ts';
import { Driver, orItsEnd, type Stretch } from '../script/drive.ts';
import { soon } from '../script/steps.ts';
import { answered, FINE, failure, type Outcome, type Soon } from '../script/world.ts';
import { INTERRUPT, overBudgetText, refusedText } from './boot-record.ts';
import { type Budget, WAY_ON } from './budget.ts';
import { Dates } from './dates.ts';
import type { KeptTraces } from './kept-traces.ts';
import {
  asksWhoIsThere,
  isTreeChange,
  journalForm,
  onlyLetsGo,
  type Request,
  type TreeChange,
  unawaited,
} from './operations.ts';
import { PacedClock } from './paced-clock.ts';
import { Waiters } from './waiters.ts';
import type { Wall } from './wall.ts';

/** Wall time that the machine gets before others have a turn, ms. */
const TURN = 8;
/** Virtual time before the first look at the wall clock, ns; then it doubles from look to look. */
const SLICE = 2_000_000;
/** A machine that lags by more goes slower than it should, ms. */
const MOST_LAG = 250;
/** How far ahead of the wall an operation that takes virtual time may be carried out at once, ns. */
const LEAD = 50_000_000;
/** Between two turns of a machine that always has something to do: while somebody waits, and else, ms. */
const TICK = { awaited: 1, alone: 20 } as const;
const LONGEST_TIMER = 2 ** 30;

export interface Surroundings {
  readonly wall: Wall;
  /** Writes down what reaches the machine, at this virtual time. */
  readonly journal: (time: Nanoseconds, text: string) => void;
  readonly traces: KeptTraces;
  readonly budget: Budget;
  /** Somebody looks on: the machine is not left alone for long. */
  readonly isWatched: () => boolean;
  /** After each turn, with the wall time that it took, ms. */
  readonly afterTurn: (took: number) => void;
  /** What the users of this session have to know. */
  readonly notice: (text: string) => void;
}

interface Queued {
  readonly operation: Operation;
  readonly request: Request;
  readonly resolve: (outcome: Soon<Outcome>) => void;
}

interface Bound {
  readonly why: string;
  readonly wayOn: string;
}

const FULL: Bound = {
  why: 'the machine has nearly all of the 4 GiB that are kept of its pages',
  wayOn: 'truncate files that are not read again, or boot a machine with less memory',
};

const INTERRUPTED = failure('interrupted', 'interrupted');

/**
 * A machine whose time goes by the wall. Operations are done one after the other, each
 * at a whole nanosecond before which all has happened that was to happen: what the
 * journal holds, done again at the same times, leads to the same state.
 */
export class LiveMachine {
  readonly machine: Machine;
  readonly clock: PacedClock;
  /** Of changes of the tree. */
  readonly dates: Dates;
  /** Told of each change of the tree that was made, and for whom. */
  readonly treeObservers = new Set<(change: TreeChange, request: Request) => void>();
  /** Brings it up to date with the real processes that have joined; null: nobody follows any. */
  refresh: (() => Promise<void> | undefined) | null = null;
  /** Time stands still, save where a command takes time or waits for it. */
  isBooting = false;
  readonly #around: Surroundings;
  readonly #waiters: Waiters;
  readonly #driver: Driver;
  #queue: Queued[] = [];
  /** The operation that takes virtual time. */
  #hand: (Queued & { interrupted: boolean }) | null = null;
  #feeding = false;
  #stepTo: number | null = null;
  /** False after a stop in the middle of a nanosecond. */
  #settled = true;
  #timer: (() => void) | null = null;
  #timerAt = Infinity;
  #closed = false;
  /** A bound was reached, and what ran has been stopped for it. */
  #stopped = false;

  constructor(machine: Machine, around: Surroundings) {
    this.machine = machine;
    this.#around = around;
    this.clock = new PacedClock(around.wall.now, Math.ceil(machine.now));
    this.dates = new Dates(around.wall.date, machine.now);
    this.#waiters = new Waiters(machine);
    const records = orItsEnd(
      (needs) => around.traces.read(needs),
      ({ task }, { message }) => around.notice(`${task}: ${message}: the trace ends here`),
    );
    this.#driver = new Driver(machine, records);
    machine.taskObserver = (end: TaskEnd) => this.#waiters.taskEnded(end);
  }

  /** Brings virtual time to where it should be, as far as a turn goes. */
  catchUp(): void {
    if (!this.#isUnpaced()) this.#turn();
  }

  /** What the users of this session have to know. */
  notice(text: string): void {
    this.#around.notice(text);
  }

  /** The same for who only looks: when nothing was to happen, virtual time may stay behind a little. */
  catchUpIfDue(): void {
    const next = this.machine.nextEventAt();
    if ((next !== null && next <= this.clock.target) || this.#hand !== null) this.catchUp();
  }

  /** Does an operation and resolves when it is over. */
  drive(operation: Operation, request: Request): Soon<Outcome> {
    const refreshed = asksWhoIsThere(operation) ? this.refresh?.() : undefined;
    return refreshed === undefined
      ? this.#drive(operation, request)
      : refreshed.then(() => this.#drive(operation, request));
  }

  #drive(operation: Operation, request: Request): Soon<Outcome> {
    if (this.#closed) return INTERRUPTED;
    if (this.#mayBegin() && this.#queue.length === 0) {
      this.catchUp();
      if (this.#mayBegin()) return this.#begin({ operation, request });
    }
    return new Promise<Outcome>((resolve) => {
      const queued = { operation, request, resolve };
      this.#queue.push(queued);
      request.signal.addEventListener('abort', () => {
        if (!this.#queue.includes(queued)) return;
        this.#queue = this.#queue.filter((each) => each !== queued);
        resolve(INTERRUPTED);
      });
      this.#arm();
    });
  }

  /** Resolves when the machine can be looked at and saved as a whole. */
  whenSettled(): Promise<void> {
    if (this.#mayBegin() && this.#settle()) return Promise.resolve();
    return new Promise((resolve) => {
      const check = (): void => {
        if (this.#closed || (this.#mayBegin() && this.#settle())) resolve();
        else this.#around.wall.after(TICK.awaited, check);
      };
      check();
    });
  }

  /** Nothing is in hand: the state can be saved here. */
  get isSettled(): boolean {
    return this.#mayBegin() && this.#settled && Number.isInteger(this.machine.now);
  }

  /** Lets so much virtual time pass, or with null all up to and with the next event; paused or not. */
  async step(time: Nanoseconds | null, signal: AbortSignal): Promise<Outcome> {
    const next = this.machine.nextEventAt() ?? this.machine.now;
    const until = time === null ? Math.ceil(next) : Math.ceil(this.machine.now) + time;
    this.#stepTo = until;
    const waited = this.#waiters.forWait({ op: 'let-pass', until: ns(until) }, { subject: 'step', signal });
    this.rearm();
    const outcome = (await waited) ?? FINE;
    this.#stepTo = null;
    this.clock.anchor(this.machine.now);
    this.rearm();
    return outcome;
  }

  /** After a change of the clock, or of who looks on. */
  rearm(): void {
    this.#timer?.();
    this.#timer = null;
    this.#timerAt = Infinity;
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.();
    this.machine.taskObserver = null;
    this.machine.observer = null;
    for (const { resolve } of this.#queue.splice(0)) resolve(INTERRUPTED);
    this.#hand?.resolve(INTERRUPTED);
    this.#hand = null;
    this.#waiters.endAll(INTERRUPTED);
  }

  #mayBegin(): boolean {
    return this.#hand === null && !this.#feeding && !this.#closed;
  }

  #begin({ operation, request }: Omit<Queued, 'resolve'>): Soon<Outcome> {
    if (request.signal.aborted) return INTERRUPTED;
    const wait = this.#waiters.forWait(operation, request);
    if (wait !== null) {
      this.#arm();
      return wait;
    }
    if (!this.#settle())
      return new Promise((resolve) => this.#queue.unshift({ operation, request, resolve }));
    const text = journalForm(operation, request.behaviour);
    const bound = text === null || this.isBooting || onlyLetsGo(operation) ? null : this.#bound();
    if (text !== null && bound !== null) {
      this.#around.journal(this.machine.now, overBudgetText(text));
      return failure('world', `${request.subject}: ${bound.why}`, bound.wayOn);
    }
    const answer = this.machine.perform(unawaited(operation));
    if (text !== null)
      this.#around.journal(this.machine.now, answer?.ok === false ? `fails ${answer.errno} ${text}` : text);
    if (answer === null) return this.#takeInHand(operation, request);
    if (answer.ok) this.#tellTree(operation, request);
    const after = answer.ok
      ? this.#waiters.forEnd(operation, request, () => this.#stop(operation, request))
      : null;
    this.#arm();
    return after ?? answered(answer, request.subject);
  }

  #takeInHand(operation: Operation, request: Request): Promise<Outcome> {
    return new Promise((resolve) => {
      const hand = { operation, request, resolve, interrupted: false };
      this.#hand = hand;
      request.signal.addEventListener('abort', () => {
        hand.interrupted = true;
        if (this.#hand === hand && !this.#feeding) this.#turn();
      });
      this.#around.wall.soon(() => this.#turn());
    });
  }

  /** The task of a `run` whose client no longer wants it. */
  #stop(operation: Operation, request: Request): void {
    if (operation.op !== 'run') return;
    const stop = { op: 'stop', task: operation.task, wait: false } as const;
    const signal = new AbortController().signal;
    void this.drive(stop, { ...request, signal });
  }

  /** Lets the machine have a turn, then those who wait for it. */
  #turn(): void {
    if (this.#feeding || this.#closed) return;
    const began = this.#around.wall.now();
    const target = this.#target();
    const reached = this.#runTo(target, began + TURN);
    const lags = !reached && this.clock.target - this.machine.now > MOST_LAG * 1e6;
    if (target === Infinity || lags) this.clock.anchor(this.machine.now);
    this.#waiters.look();
    this.#holdToBounds();
    this.#around.afterTurn(this.#around.wall.now() - began);
    this.#next();
    this.#arm();
  }

  /** What makes the machine grow ends, and the machine goes on: by commands, which are in the journal as anybody's. */
  #holdToBounds(): void {
    const bound = this.#bound();
    if (bound === null) this.#stopped = false;
    if (bound === null || this.#stopped || !this.#mayBegin()) return;
    this.#stopped = true;
    const names = this.machine.tasks().flatMap((task) => (task.behaviour && !task.killed ? task.name : []));
    if (names.length > 0) this.#around.notice(`${bound.why}: ${names.join(', ')} stopped: ${bound.wayOn}`);
    const request = { subject: 'stop', behaviour: [], signal: new AbortController().signal };
    for (const task of names) void this.#begin({ operation: { op: 'stop', task, wait: false }, request });
  }

  /** Why nothing may grow any more; null: it may. */
  #bound(): Bound | null {
    const { budget } = this.#around;
    if (budget.isSpent) return { why: `${budget}`, wayOn: WAY_ON };
    return this.machine.isFull ? FULL : null;
  }

  #target(): number {
    if (this.#stepTo !== null) return this.#stepTo;
    if (this.#isUnpaced()) return Infinity;
    // Who asked for something that takes virtual time gets it, paused or not.
    if (this.#hand !== null) return this.clock.paused ? Infinity : this.clock.target + LEAD;
    return this.clock.target;
  }

  /** The machine goes as fast as it can. */
  #isUnpaced(): boolean {
    const mayBe = this.isBooting || (this.clock.speed === 'max' && !this.clock.paused);
    return mayBe && this.#isBusy();
  }

  #isBusy(): boolean {
    return (
      this.#hand !== null ||
      this.#waiters.any ||
      this.machine.tasks().some(({ behaviour }) => behaviour !== null)
    );
  }

  /** Whether virtual time got there. */
  #runTo(target: number, deadline: number): boolean {
    let slice = SLICE;
    for (;;) {
      if (this.#hand?.interrupted === true && this.#settle()) this.#interruptHand();
      // Not at once again up to where it has been: a restore would not either.
      if (this.#settled && this.machine.now >= target) return true;
      if (this.#feeding) return false;
      const furthest = Math.min(target, this.machine.now + slice, Math.ceil(this.#waiters.until));
      slice *= 2;
      const bound = Math.max(Math.ceil(this.machine.now), Math.floor(furthest));
      const stop = this.#run(bound);
      if (stop === null) return false;
      if (stop.why === 'done' && (target === Infinity || this.machine.now >= this.clock.target)) return true;
      if (stop.why === 'watched') continue;
      // What it went as fast as it can for is over: with nothing to do, time would run away.
      if (target === Infinity && this.#target() !== Infinity) return true;
      if (this.#waiters.isDue(this.machine.now)) return this.machine.now >= target;
      if (this.#around.wall.now() >= deadline) return this.machine.now >= target;
    }
  }

  /** All has happened up to a whole nanosecond; false: not before a trace is fed. */
  #settle(): boolean {
    while (!this.#settled || !Number.isInteger(this.machine.now)) {
      if (this.#feeding) return false;
      this.#run(Math.ceil(this.machine.now));
    }
    return true;
  }

  /** Lets the machine run up to this time; null: not before records of a trace have come. */
  #run(until: number): Stretch | null {
    const stop = soon(this.#driver.run(ns(until), this.#waiters.test));
    if (!(stop instanceof Promise)) return this.#ran(stop);
    this.#feeding = true;
    this.#settled = false;
    void stop.then((later) => {
      if (this.#closed) return;
      this.#feeding = false;
      this.#ran(later);
      this.#turn();
    });
    return null;
  }

  #ran(stop: Stretch): Stretch {
    this.#settled = stop.why === 'time' || stop.why === 'done';
    if (stop.why === 'done') this.#handDone(stop.result);
    return stop;
  }

  #handDone(result: Result<undefined>): void {
    const hand = this.#hand;
    this.#hand = null;
    if (!result.ok) this.#around.journal(ns(Math.ceil(this.machine.now)), refusedText(result.errno));
    if (hand === null) return;
    if (result.ok) this.#tellTree(hand.operation, hand.request);
    hand.resolve(answered(result, hand.request.subject));
  }

  #tellTree(operation: Operation, request: Request): void {
    if (!isTreeChange(operation)) return;
    this.dates.note(this.machine.now);
    for (const observer of this.treeObservers) observer(operation, request);
  }

  #interruptHand(): void {
    const hand = this.#hand;
    if (hand === null) return;
    this.#around.journal(this.machine.now, INTERRUPT);
    this.machine.interrupt();
    this.machine.run(this.machine.now);
    this.#hand = null;
    hand.resolve(INTERRUPTED);
  }

  #next(): void {
    while (this.#mayBegin() && this.#queue.length > 0) {
      const queued = this.#queue.shift();
      if (queued !== undefined) queued.resolve(this.#begin(queued));
    }
  }

  /** Sets the one timer to when the machine has something to do, or somebody has waited long enough. */
  #arm(): void {
    if (this.#closed || this.#feeding) return;
    const awaited =
      this.#hand !== null || this.#queue.length > 0 || this.#waiters.any || this.#around.isWatched();
    const now = this.#around.wall.now();
    let delay: number;
    if (this.#stepTo !== null || this.#isUnpaced()) delay = 0;
    else if (this.#hand !== null || this.#queue.length > 0) delay = TICK.awaited;
    else {
      const next = Math.min(this.machine.nextEventAt() ?? Infinity, this.#waiters.until);
      delay = Math.max(this.clock.until(next), awaited ? TICK.awaited : TICK.alone);
    }
    const at = now + delay;
    if (this.#timer !== null && this.#timerAt <= at + 1) return;
    this.#timer?.();
    this.#timerAt = at;
    this.#timer =
      delay === Infinity
        ? null
        : this.#around.wall.after(Math.min(Math.ceil(delay), LONGEST_TIMER), () => this.#wake());
  }

  #wake(): void {
    this.#timer = null;
    this.#timerAt = Infinity;
    this.#turn();
  }
}
