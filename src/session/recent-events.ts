import type { TraceEvent } from '../kernel/trace.ts';

const KEPT = 1000;

/** The last trace events of a session, since its server is up. */
export class RecentEvents {
  #events: TraceEvent[] = [];
  #omitted = 0;

  add(event: TraceEvent): void {
    this.#events.push(event);
    if (this.#events.length < 2 * KEPT) return;
    this.#events = this.#events.slice(KEPT);
    this.#omitted += KEPT;
  }

  get all(): { readonly events: readonly TraceEvent[]; readonly omitted: number } {
    return { events: this.#events, omitted: this.#omitted };
  }
}
