import type { Result } from '../kernel/errno.ts';
import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Operation, Stop } from '../machine/machine.ts';
import type { Sampler } from './sampler.ts';
import type { Traces } from './traces.ts';
import {
  andThen,
  type Failure,
  FINE,
  failure,
  type Outcome,
  refused,
  type Soon,
  type TheMachine,
} from './world.ts';

/** Virtual time after which the driver looks at the wall clock: at first, and while the machine is busy. */
const SLICE = 100_000_000;
/** A slice that took less, ms, is followed by one twice as long. */
const QUICK = 1;
/** Virtual time is exact up to here. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;
/** Wall time after which others get a turn (^C, progress), ms. */
const TURN = 50;

/** Holds a machine back, for those who look on. */
export interface Pacer {
  /** Virtual time goes no further for now, ns. */
  readonly until: number;
  /** Ends when everybody else has had a turn, and it may have moved. */
  readonly breathe: () => Promise<void>;
}

export interface Surroundings {
  readonly traces: Traces;
  readonly sampler: Sampler;
  readonly signal: AbortSignal | null;
  /** The wall clock, ms: for turns and progress, never for a result. */
  readonly clock: () => number;
  /** Told the virtual time about every TURN. */
  readonly progress: (now: Nanoseconds) => void;
  readonly pacer: Pacer;
}

type Needs = Extract<Stop, { why: 'needs' }>;
/** How a slice ended that did not end the operation. */
type Pause = { readonly pause: 'turn' } | { readonly pause: 'needs'; readonly needs: Needs };

/**
 * Runs a machine, slice by slice, until the operation in hand has ended: looks at
 * usage, feeds traces, lets others have a turn. How it slices changes no result.
 */
export class Driver {
  readonly #machine: TheMachine;
  readonly #around: Surroundings;

  constructor(machine: TheMachine, around: Surroundings) {
    this.#machine = machine;
    this.#around = around;
  }

  /** Begins an operation and goes on until it has ended; `subject` begins the message of a refusal. */
  drive(operation: Operation, subject: string): Soon<Outcome> {
    const answer = this.#machine.perform(operation);
    const end = answer === null ? this.#goOn(subject) : outcome(answer, subject);
    return andThen(end, (ended) => {
      if (ended.ok) this.#around.sampler.after(operation);
      return ended;
    });
  }

  #goOn(subject: string): Soon<Outcome> {
    const end = this.#turn(subject);
    return 'pause' in end ? this.#later(end, subject) : end;
  }

  async #later(first: Pause, subject: string): Promise<Outcome> {
    let end: Pause | Outcome = first;
    while ('pause' in end) {
      const fed = end.pause === 'needs' ? await this.#feed(end.needs) : await this.#around.pacer.breathe();
      if (fed !== undefined) return fed;
      this.#around.progress(this.#machine.now);
      end = this.#turn(subject);
    }
    return end;
  }

  #turn(subject: string): Pause | Outcome {
    const { sampler, signal, clock, pacer } = this.#around;
    let time = clock();
    const end = time + TURN;
    let slice = SLICE;
    for (;;) {
      if (signal?.aborted) return this.#interrupt();
      const { until } = pacer;
      if (this.#machine.now >= until) return { pause: 'turn' };
      const bound = Math.min(sampler.next, this.#machine.now + slice, until, END_OF_TIME);
      const stop = this.#machine.run(ns(bound));
      sampler.look();
      if (stop.why === 'done') return outcome(stop.result, subject);
      if (stop.why === 'needs') return { pause: 'needs', needs: stop };
      if (stop.why === 'idle' || this.#machine.now >= END_OF_TIME) return this.#giveUp(subject);
      const now = clock();
      if (now >= end) return { pause: 'turn' };
      slice = now - time < QUICK ? slice * 2 : SLICE;
      time = now;
    }
  }

  async #feed({ task, source, record }: Needs): Promise<Failure | undefined> {
    const read = await this.#around.traces.read(task, source, record);
    if (!read.ok) return read;
    this.#machine.feed(source, read.batch, read.last, read.files);
    return undefined;
  }

  #giveUp(subject: string): Outcome {
    this.#machine.interrupt();
    this.#machine.run(this.#machine.now);
    return failure('refused', `${subject}: this never ends`, 'what it waits for is stopped, idle or gone');
  }

  #interrupt(): Outcome {
    this.#machine.interrupt();
    this.#machine.run(this.#machine.now);
    return failure('interrupted', 'interrupted');
  }
}

const outcome = (result: Result<undefined>, subject: string): Outcome =>
  result.ok ? FINE : refused(subject, result);
