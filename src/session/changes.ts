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
