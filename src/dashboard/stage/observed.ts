import { ns } from '../../kernel/units.ts';
import type { Machine, Operation, Result, Stop, TraceEvent } from '../../machine/machine.ts';
import type { Remembered as RememberedHealth } from '../../report/health.ts';
import type { Driven } from '../../script/drive.ts';
import { COUNT_EVERY, type Counted, RateKeeper } from '../../script/history/counts.ts';
import type { Track } from '../../script/history/track.ts';
import { EventLog } from './event-log.ts';

/** What is remembered of a cgroup that the machine itself forgets. */
export interface Remembered extends RememberedHealth {
  /** Pid of its reclaimer, if it was seen to start; -1: it was not, or has ended. */
  readonly reclaimer: number;
}

export const NOTHING_REMEMBERED: Remembered = {
  failure: -1,
  stall: -1,
  kill: -1,
  victim: '',
  warning: -1,
  floor: -1,
  reclaimer: -1,
};

/** What an observer knows, for a machine that is loaded to go on from there. */
export interface Memory {
  readonly events: readonly TraceEvent[];
  readonly counts: readonly Counted[];
  readonly remembered: ReadonlyMap<string, Remembered>;
}

/** Wall time that the machine runs at once, about: ms. */
const SLICE = { least: 2, most: 8 } as const;
const SHORTEST_SLICE = 10_000;
/** Virtual time between two looks at a machine that is busy, ns; the more cgroups the longer. */
export const LOOK_EVERY = 10_000_000;
const CGROUPS_A_LOOK = 10;
const MOST_LOOKS = 25;
/** The same, and between two counts, where it is to be somewhere else soon. */
const HURRIED_LOOK = 100 * LOOK_EVERY;

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
  #remembered: Map<string, Remembered>;
  readonly #isFine: boolean;
  readonly #looks: Due;
  readonly #counts: Due;
  #isHurried = false;
  /** Virtual time that takes about a SLICE, ns. */
  #slice = LOOK_EVERY;

  /** `lookEvery`: left out, as often as its cgroups allow. */
  constructor(machine: Machine, track: Track | null, memory: Memory | null = null, lookEvery = 0) {
    this.machine = machine;
    this.track = track;
    this.log = new EventLog(memory?.events);
    this.rates = new RateKeeper(memory?.counts);
    this.#remembered = new Map(memory?.remembered);
    machine.observer = (event) => this.event(event);
    this.#isFine = lookEvery > 0;
    this.#looks = new Due(lookEvery || LOOK_EVERY, machine.now);
    this.#counts = new Due(COUNT_EVERY, machine.now);
    if (memory === null) this.rates.count(machine.now, machine.looks());
  }

  /** Looks seldom, which takes a part of the time, until it is told that there is time to look. */
  hurry(isHurried: boolean): void {
    if (isHurried === this.#isHurried) return;
    this.#isHurried = isHurried;
    this.#looks.every = isHurried ? HURRIED_LOOK : LOOK_EVERY;
    this.#counts.every = isHurried ? HURRIED_LOOK : COUNT_EVERY;
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
    this.#isDone(this.machine.now);
    return this.machine.perform(operation);
  }

  /** Nobody waits any more for what is in hand. */
  letGo(): void {
    this.version += 1;
    this.#isDone(this.machine.now);
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
      const due = Math.min(
        this.track === null ? Infinity : this.#looks.before(next),
        this.#counts.before(next),
      );
      const stop = machine.run(ns(Math.min(until, due, this.#sliceEnd(next))), watched);
      if (next <= machine.now) this.#happened(next);
      const ended = performance.now();
      this.#fit(ended - began);
      this.work += ended - began;
      began = ended;
      this.#look();
      if (stop.why !== 'time' || machine.now >= until || ended >= deadline) return stop;
    }
  }

  /** As what a Driver drives: run() comes back once `performance.now()` is the deadline. */
  until(deadline: () => number, letGo = (): void => this.letGo()): Driven {
    const { machine } = this;
    return {
      get now() {
        return machine.now;
      },
      perform: (operation) => this.perform(operation),
      run: (until, watched) => this.run(until ?? Infinity, watched ?? null, deadline()),
      feed: (...records) => machine.feed(...records),
      interrupt: letGo,
    };
  }

  /** For a state that is kept of it now; at most so many events. */
  memory(mostEvents: number): Memory {
    return {
      events: this.log.last(mostEvents).slice(),
      counts: this.rates.counts.slice(),
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

  #happened(time: number): void {
    this.#looks.happened(this.#looks.onGrid(time));
    this.#counts.happened(this.#counts.onGrid(time));
  }

  /** Counted at a time of the grid is what happens up to it, but not what is done to the machine then. */
  #isDone(now: number): void {
    this.#looks.happened(now);
    this.#counts.happened(after(now, COUNT_EVERY));
  }

  #look(): void {
    const { now } = this.machine;
    const look = this.#looks.take(now);
    const count = this.#counts.take(now);
    if (count === null && (look === null || this.track === null)) return;
    const looks = this.machine.looks();
    if (look !== null) this.track?.look(looks);
    if (count === null) return;
    this.rates.count(count, looks);
    if (this.#isFine || this.#isHurried) return;
    this.#looks.every = LOOK_EVERY * Math.min(MOST_LOOKS, Math.ceil(looks.length / CGROUPS_A_LOOK));
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
      case 'start':
        this.#remembered.set(cgroup, { ...before, reclaimer: event.pid });
        return;
      case 'stop':
        this.#remembered.set(cgroup, { ...before, reclaimer: -1 });
        return;
      case 'warning':
        this.#remembered.set(cgroup, { ...before, warning: time, floor: event.floor });
    }
  }
}

/** Times on an even grid of virtual time, but those only before which something has happened. */
class Due {
  /** ns */
  every: number;
  #at: number;
  #happened = true;

  constructor(every: number, now: number) {
    this.every = every;
    this.#at = after(now, every);
  }

  /** Something has, and it is due no sooner than at this time. */
  happened(from: number): void {
    if (!this.#happened) this.#at = Math.max(this.#at, from);
    this.#happened = true;
  }

  /** When one is due, if the machine's next event is at `next`; Infinity: not before something happens. */
  before(next: number): number {
    return this.#happened ? this.#at : Math.max(this.#at, this.onGrid(next));
  }

  /** The time that was due, if it has come. */
  take(now: number): number | null {
    if (!this.#happened || now < this.#at) return null;
    const at = this.#at;
    this.#at = after(now, this.every);
    this.#happened = false;
    return at;
  }

  /** The first time of the grid that is no earlier. */
  onGrid(time: number): number {
    return Math.ceil(time / this.every) * this.every;
  }
}

/** The next time on the grid. */
const after = (time: number, every: number): number => (Math.floor(time / every) + 1) * every;
