import type { Finished, Task } from '../sweep.ts';

/**
 * Whoever runs points: threads of this process, workers behind a queue, or a folder that knows some of them
 * and hands on the others. An executor is made for one job.
 */
export interface Executor {
  /**
   * Runs the tasks, in any order, and tells of each that has finished, once. Resolves when nothing more will
   * come: all are finished, or the signal was aborted, or the others are not this executor's (a shard's).
   * Rejects with an ExecutorFailure when the world failed.
   */
  run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void>;
  /** Ends its workers. */
  close(): Promise<void>;
}

/** The world failed: a worker died, a folder is full, a server is gone. Its message is one sentence. */
export class ExecutorFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ExecutorFailure';
  }
}

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
