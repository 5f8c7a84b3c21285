import { ns } from '../../kernel/units.ts';
import type { Machine, Operation, Result, Stop, TraceEvent } from '../../machine.ts';
import { EventLog } from './event-log.ts';
import { COUNT_EVERY, type Counted, RateKeeper } from './rates.ts';
import type { Track } from './track.ts';

/** What is remembered of a cgroup that the machine itself forgets. */
export interface Remembered {
  /** When it last happened, ns; -1: never. */
  readonly failure: number;
  readonly stall: number;
  readonly kill: number;
  /** Whom the OOM killer took last. */
  readonly victim: string;
  /** The last warning that low can't be reached, and the usage that it named; -1: none. */
  readonly warning: number;
  readonly floor: number;
}

export const NOTHING_REMEMBERED: Remembered = {
  failure: -1,
  stall: -1,
  kill: -1,
  victim: '',
  warning: -1,
  floor: -1,
};

/** What an observer knows, for a machine that is loaded to go on from there. */
export interface Memory {
  readonly events: readonly TraceEvent[];
  readonly counted: Counted | null;
  readonly remembered: ReadonlyMap<string, Remembered>;
}

/** Wall time that the machine runs at once, about: ms. */
const SLICE = { least: 2, most: 8 } as const;
const SHORTEST_SLICE = 10_000;
/** Virtual time between two looks at a machine that is busy, ns; the more cgroups the longer. */
const LOOK_EVERY = 10_000_000;
const CGROUPS_A_LOOK = 100;
const MOST_LOOKS = 10;

/** A machine that is looked at as it runs. That it is changes nothing. */
export class Observed {
  readonly machine: Machine;
  readonly track: Track | null;
  readonly log: EventLog;
  readonly rates: RateKeeper;
  /** Wall time that the machine has run, ms. */
  work = 0;
  /** Rises whenever the machine may look different. */
  version = 0;
  /** Something happened since the last look. */
  #happened = true;
  #remembered: Map<string, Remembered>;
  #nextLook: number;
  #nextCount: number;
  #lookEvery = LOOK_EVERY;
  /** Virtual time that takes about a SLICE, ns. */
  #slice = LOOK_EVERY;

  constructor(machine: Machine, track: Track | null, memory: Memory | null = null) {
    this.machine = machine;
    this.track = track;
    this.log = new EventLog(memory?.events);
    this.rates = new RateKeeper(memory?.counted ?? null);
    this.#remembered = new Map(memory?.remembered);
    machine.observer = (event) => this.event(event);
    this.#nextLook = after(machine.now, this.#lookEvery);
    this.#nextCount = after(machine.now, COUNT_EVERY);
    if (memory?.counted == null) this.rates.count(machine.now, machine.looks());
  }

  event(event: TraceEvent): void {
    this.log.add(event);
    this.track?.event(event);
    this.#remember(event);
  }

  remembered(path: string): Remembered {
    return this.#remembered.get(path) ?? NOTHING_REMEMBERED;
  }

  /** As Machine.perform(). */
  perform(operation: Operation): Result<undefined> | null {
    this.version += 1;
    this.#happened = true;
    return this.machine.perform(operation);
  }

  /** Nobody waits any more for what is in hand. */
  letGo(): void {
    this.version += 1;
    this.machine.interrupt();
    this.machine.run(this.machine.now);
  }

  /** As Machine.run(), with looks in between; also ends, with why `time`, once `performance.now()` is `deadline`. */
  run(until: number, watched: (() => boolean) | null = null, deadline = Infinity): Stop {
    const { machine } = this;
    let began = performance.now();
    if (until > machine.now) this.version += 1;
    for (;;) {
      const next = machine.nextEventAt() ?? Infinity;
      const stop = machine.run(ns(Math.min(until, this.#look(next), this.#sliceEnd(next))), watched);
      if (next <= machine.now) this.#happened = true;
      const ended = performance.now();
      this.#fit(ended - began);
      this.work += ended - began;
      began = ended;
      this.#lookIfDue();
      if (stop.why !== 'time' || machine.now >= until || ended >= deadline) return stop;
    }
  }

  /** For a state that is kept of it now; at most so many events. */
  memory(mostEvents: number): Memory {
    return {
      events: this.log.last(mostEvents).slice(),
      counted: this.rates.base(this.machine.now),
      remembered: new Map(this.#remembered),
    };
  }

  #sliceEnd(next: number): number {
    return Math.max(this.machine.now, next) + this.#slice;
  }

  #fit(took: number): void {
    if (took > SLICE.most) this.#slice = Math.max(SHORTEST_SLICE, this.#slice / 2);
    else if (took < SLICE.least) this.#slice = Math.min(LOOK_EVERY, this.#slice * 2);
  }

  /** The next look: none while nothing happens. */
  #look(next: number): number {
    if (this.#happened || next < this.#nextLook) return this.#nextLook;
    return next === Infinity ? Infinity : after(next, this.#lookEvery);
  }

  #lookIfDue(): void {
    const { now } = this.machine;
    if (now < this.#nextLook) return;
    this.#nextLook = after(now, this.#lookEvery);
    this.#happened = false;
    if (this.track === null && now < this.#nextCount) return;
    const looks = this.machine.looks();
    this.track?.look(looks);
    if (now >= this.#nextCount) {
      this.rates.count(now, looks);
      this.#nextCount = after(now, COUNT_EVERY);
      this.#lookEvery = LOOK_EVERY * Math.min(MOST_LOOKS, Math.ceil(looks.length / CGROUPS_A_LOOK));
    }
  }

  #remember(event: TraceEvent): void {
    const { time, cgroup } = event;
    if (cgroup === null) return;
    const before = this.remembered(cgroup);
    switch (event.type) {
      case 'limit-failure':
        this.#remembered.set(cgroup, { ...before, failure: time });
        return;
      case 'stall':
        this.#remembered.set(cgroup, { ...before, stall: time });
        return;
      case 'oom-kill':
        this.#remembered.set(cgroup, { ...before, kill: time, victim: event.task });
        return;
      case 'warning':
        this.#remembered.set(cgroup, { ...before, warning: time, floor: event.floor });
    }
  }
}

/** The next time on an even grid. */
const after = (time: number, every: number): number => (Math.floor(time / every) + 1) * every;
