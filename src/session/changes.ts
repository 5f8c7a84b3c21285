import type { TraceEvent } from '../kernel/trace.ts';

/** Tells those who wait for it that something was done. */
export class Changes {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  /** Rises with every change. */
  get count(): number {
    return this.#count;
  }

  ring(): void {
    this.#count += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves at a change after that one, after so many ms, or when it is no longer wanted. */
  after(count: number, patience: number, signal: AbortSignal): Promise<void> {
    if (this.#count !== count || patience === 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, patience);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

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
