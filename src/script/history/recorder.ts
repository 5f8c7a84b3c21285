import type { TraceEvent } from '../../kernel/trace.ts';
import type { Nanoseconds } from '../../kernel/units.ts';
import type { Operation } from '../../machine/machine.ts';
import type { History } from '../result.ts';
import { andThen, type Outcome, type Soon, type TheMachine } from '../world.ts';
import type { Timeline } from './timeline.ts';
import { TimelineRecorder } from './timeline-recorder.ts';
import { UsageRecorder } from './usage.ts';

/** Which histories of a run are kept. */
export interface Kept {
  /** Usage and marks over time; if left out, they are. */
  readonly history?: boolean | undefined;
  /** What happened when, for pictures; if left out, it is not. */
  readonly timeline?: boolean | undefined;
}

/** Keeps what a machine does over time while a script runs on it. That it does changes nothing. */
export class Recorder {
  readonly #usage: UsageRecorder;
  readonly #timeline: TimelineRecorder | null;

  constructor(machine: TheMachine, { history, timeline }: Kept) {
    this.#usage = new UsageRecorder(machine, history !== false);
    this.#timeline = timeline === true ? new TimelineRecorder(machine) : null;
  }

  /** When it wants to look next. */
  get next(): Nanoseconds {
    return this.#usage.next;
  }

  /** Looks, if it is time to. */
  look(): void {
    this.#usage.look();
  }

  event(event: TraceEvent): void {
    if (event.type === 'wake' || event.type === 'sleep') this.#usage.saw(event.cgroup, event.usage);
    this.#timeline?.event(event);
  }

  /** Carries out an operation by `act`, and notes down what it means. */
  around(operation: Operation, act: () => Soon<Outcome>): Soon<Outcome> {
    this.#timeline?.before(operation);
    return andThen(act(), (outcome) => {
      if (outcome.ok) this.#usage.after(operation);
      this.#timeline?.after(operation, outcome.ok);
      return outcome;
    });
  }

  /** A cgroup's usage and marks up to now. */
  history(path: string): History {
    return this.#usage.history(path);
  }

  /** null: none was asked for. */
  timeline(): Timeline | null {
    return this.#timeline?.timeline() ?? null;
  }
}
