import { setImmediate } from 'node:timers/promises';
import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Operation, Result, Stop } from '../machine/machine.ts';
import { NO_RECORDS } from '../task/behaviour.ts';
import type { Recorder } from './history/recorder.ts';
import { arrived, type Steps, soon } from './steps.ts';
import type { Needs, TraceRecords } from './traces.ts';
import {
  andThen,
  answered,
  type Failure,
  failure,
  type Outcome,
  type Soon,
  type TheMachine,
} from './world.ts';

/** Virtual time is exact up to here. */
export const END_OF_TIME = ns(Number.MAX_SAFE_INTEGER);

/** What is driven: a machine, or what stands before one. */
export type Driven = Pick<TheMachine, 'now' | 'perform' | 'run' | 'feed' | 'interrupt'>;

/** Where the records come from that a machine asks for. */
export type Records = (needs: Needs) => Soon<TraceRecords | Failure>;

/** A trace that can't be read ends there, and somebody is told. */
export const orItsEnd =
  (records: Records, tell: (needs: Needs, why: Failure) => void = () => {}): Records =>
  (needs) =>
    andThen(records(needs), (read) => {
      if (read.ok) return read;
      tell(needs, read);
      return { ok: true, batch: NO_RECORDS, last: true, files: [] };
    });

/** How a machine stopped that was let run for a while. */
export type Stretch = Exclude<Stop, Needs> | { readonly why: 'fault'; readonly failure: Failure };

/** How an operation ended. `never`: what it waits for is stopped, idle or gone. */
export type Ended =
  | { readonly why: 'done'; readonly result: Result<undefined> }
  | { readonly why: 'never' | 'interrupted' }
  | { readonly why: 'fault'; readonly failure: Failure };

/** Holds a machine back while an operation is in hand. */
export interface Pace {
  /**
   * How far the machine may go at once, virtual time in ns; a promise: not before that; null: nobody waits for the
   * operation any more.
   */
  next(now: Nanoseconds): number | Promise<unknown> | null;
  /** It has gone some way. */
  ran(): void;
}

const HEADLONG: Pace = { next: () => END_OF_TIME, ran: () => {} };

/** Lets a machine run, feeds it, and carries operations to their end: whoever drives a machine does it by this. */
export class Driver {
  readonly #machine: Driven;
  readonly #records: Records;
  readonly #pace: () => Pace;

  /** `pace`: asked for at the beginning of each operation that is not over at once. */
  constructor(machine: Driven, records: Records, pace: () => Pace = () => HEADLONG) {
    this.#machine = machine;
    this.#records = records;
    this.#pace = pace;
  }

  /** Performs an operation and goes on until it is over. */
  drive(operation: Operation): Soon<Ended> {
    const answer = this.#machine.perform(operation);
    return answer === null ? soon(this.finish(null)) : { why: 'done', result: answer };
  }

  /** Goes on until what was begun (null) is over. */
  *finish(begun: Result<undefined> | null): Steps<Ended> {
    if (begun !== null) return { why: 'done', result: begun };
    const machine = this.#machine;
    const pace = this.#pace();
    for (;;) {
      const bound = pace.next(machine.now);
      if (bound === null) return this.#letGo('interrupted');
      if (typeof bound !== 'number') {
        yield bound;
        continue;
      }
      const stop = yield* this.run(ns(Math.min(bound, END_OF_TIME)));
      pace.ran();
      if (stop.why === 'done' || stop.why === 'fault') return stop;
      if (stop.why === 'idle' || machine.now >= END_OF_TIME) return this.#letGo('never');
    }
  }

  /** Lets the machine run up to this time (null: no bound), or until `watched` holds; feeds what it asks for. */
  *run(until: Nanoseconds | null, watched: (() => boolean) | null = null): Steps<Stretch> {
    for (;;) {
      const stop = this.#machine.run(until, watched);
      if (stop.why !== 'needs') return stop;
      const read = yield* arrived(this.#records(stop));
      if (!read.ok) return { why: 'fault', failure: read };
      this.#machine.feed(stop.source, read.batch, read.last, read.files);
    }
  }

  #letGo(why: 'never' | 'interrupted'): Ended {
    this.#machine.interrupt();
    this.#machine.run(this.#machine.now);
    return { why };
  }
}

/** `subject` begins the message of a refusal. */
export function outcomeOf(ended: Ended, subject: string): Outcome {
  switch (ended.why) {
    case 'done':
      return answered(ended.result, subject);
    case 'fault':
      return ended.failure;
    case 'interrupted':
      return failure('interrupted', 'interrupted');
    case 'never':
      return failure('refused', `${subject}: this never ends`, 'what it waits for is stopped, idle or gone');
  }
}

/** Virtual time after which the wall clock is looked at: at first, and while the machine is busy. */
const SLICE = 100_000_000;
/** A slice that took less, ms, is followed by one twice as long. */
const QUICK = 1;
/** Wall time after which others get a turn (^C, progress), ms. */
const TURN = 50;

/** Holds a machine back, for those who look on. */
export interface Pacer {
  /** Virtual time goes no further for now, ns. */
  readonly until: number;
  /** Ends when everybody else has had a turn, and it may have moved. */
  readonly breathe: () => Promise<void>;
  /** Told now and then, the machine standing still with an operation in hand. */
  readonly stands?: () => void;
  /** What is in hand is given up, as if interrupted. */
  readonly isOver?: boolean;
}

/** As fast as it can. */
const UNHELD: Pacer = { until: Infinity, breathe: () => setImmediate() };

export interface Surroundings {
  readonly recorder: Pick<Recorder, 'next' | 'look'>;
  readonly signal: AbortSignal | null;
  /** The wall clock, ms: for turns and progress, never for a result. */
  readonly clock: () => number;
  /** Told the virtual time about every TURN. */
  readonly progress: (now: Nanoseconds) => void;
  readonly pacer?: Pacer | undefined;
}

/** Slice by slice: looks at usage and at the wall, lets others have a turn. How it slices changes no result. */
export class Slices implements Pace {
  readonly #around: Surroundings;
  readonly #pacer: Pacer;
  #slice = SLICE;
  /** When the slice began and the turn ends, by the wall. */
  #began: number;
  #end: number;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#pacer = around.pacer ?? UNHELD;
    this.#began = around.clock();
    this.#end = this.#began + TURN;
  }

  next(now: Nanoseconds): number | Promise<void> | null {
    const { recorder, signal } = this.#around;
    const { until, isOver } = this.#pacer;
    if (signal?.aborted || isOver) return null;
    if (now >= until || this.#began >= this.#end) return this.#breathe(now);
    this.#pacer.stands?.();
    return Math.min(recorder.next, now + this.#slice, until);
  }

  ran(): void {
    this.#around.recorder.look();
    const now = this.#around.clock();
    this.#slice = now - this.#began < QUICK ? this.#slice * 2 : SLICE;
    this.#began = now;
  }

  async #breathe(now: Nanoseconds): Promise<void> {
    await this.#pacer.breathe();
    this.#around.progress(now);
    this.#began = this.#around.clock();
    this.#end = this.#began + TURN;
    this.#slice = SLICE;
  }
}
