import type { TraceEvent } from '../../machine.ts';

/** So many trace events are kept. */
export const MAX_EVENTS = 10_000;

/** The last trace events of a machine. */
export class EventLog {
  #events: TraceEvent[];
  #added = 0;

  constructor(before: readonly TraceEvent[] = []) {
    this.#events = [...before];
  }

  /** Rises with every event. */
  get version(): number {
    return this.#added;
  }

  add(event: TraceEvent): void {
    this.#added += 1;
    this.#events.push(event);
    if (this.#events.length >= 2 * MAX_EVENTS) this.#events = this.#events.slice(MAX_EVENTS);
  }

  /** At most so many, oldest first. */
  last(most = MAX_EVENTS): readonly TraceEvent[] {
    return this.#events.length <= most ? this.#events : this.#events.slice(-most);
  }

  /** Of the cgroup and of those below it; of `/` also those of the whole machine. */
  of(path: string): TraceEvent[] {
    const below = path === '/' ? '/' : `${path}/`;
    return this.last().filter(({ cgroup }) =>
      cgroup === null ? path === '/' : cgroup === path || cgroup.startsWith(below),
    );
  }
}
