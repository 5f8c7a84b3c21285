import { type Executor, ExecutorFailure } from './executor.ts';

/** Keeps in mind why the world failed, so that what came until then can be shown. */
export class LenientExecutor implements Executor {
  readonly #inner: Executor;
  #failure: string | null = null;

  constructor(inner: Executor) {
    this.#inner = inner;
  }

  /** One sentence; null: nothing failed. */
  get failure(): string | null {
    return this.#failure;
  }

  async run(...asked: Parameters<Executor['run']>): Promise<void> {
    try {
      await this.#inner.run(...asked);
    } catch (error) {
      if (!(error instanceof ExecutorFailure)) throw error;
      this.#failure = error.message;
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
