import type { TraceEvent } from '../../machine/machine.ts';

/** So many trace events are kept. */
export const MAX_EVENTS = 10_000;

/** The last trace events of a machine. */
export class EventLog {
  #events: TraceEvent[];
  #added = 0;
  /** What was asked for last: the same array while nothing new has come. */
  #asked: { readonly path: string; readonly version: number; readonly events: readonly TraceEvent[] } | null =
    null;

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
  of(path: string): readonly TraceEvent[] {
    if (this.#asked?.path === path && this.#asked.version === this.#added) return this.#asked.events;
    const events = path === '/' ? this.last().slice() : this.#below(path);
    this.#asked = { path, version: this.#added, events };
    return events;
  }

  #below(path: string): TraceEvent[] {
    const below = `${path}/`;
    return this.last().filter(
      ({ cgroup }) => cgroup !== null && (cgroup === path || cgroup.startsWith(below)),
    );
  }
}
