import { type Executor, ExecutorFailure } from '../run/executor.ts';
import type { Finished, Task } from '../sweep.ts';
import type { SweepFolder } from './sweep-folder.ts';

/** Answers what its folder knows, has the others run, and keeps them before it tells of them. */
export class FolderExecutor implements Executor {
  readonly #folder: SweepFolder;
  readonly #inner: Executor;

  constructor(folder: SweepFolder, inner: Executor) {
    this.#folder = folder;
    this.#inner = inner;
  }

  async run(
    tasks: readonly Task[],
    onFinished: (finished: Finished) => void,
    signal: AbortSignal | null,
  ): Promise<void> {
    const others: Task[] = [];
    for (const task of tasks) {
      const known = this.#folder.of(task);
      if (known === undefined) others.push(task);
      else onFinished(known);
    }
    if (others.length === 0) return;
    const ended = new AbortController();
    let full: ExecutorFailure | null = null;
    const keeping: Promise<void>[] = [];
    const keep = async (finished: Finished): Promise<void> => {
      try {
        await this.#folder.add(finished);
      } catch (error) {
        if (!(error instanceof ExecutorFailure)) throw error;
        full ??= error;
        ended.abort();
        return;
      }
      onFinished(finished);
    };
    const either = signal === null ? ended.signal : AbortSignal.any([signal, ended.signal]);
    try {
      await this.#inner.run(
        others,
        (finished) => {
          if (full === null) keeping.push(keep(finished));
        },
        either,
      );
    } catch (error) {
      if (!(error instanceof ExecutorFailure)) throw error;
      await Promise.all(keeping);
      throw full ?? new ExecutorFailure(`${error.message}; ${this.#folder.keptText}`, error);
    }
    await Promise.all(keeping);
    if (full !== null) throw full;
  }

  async close(): Promise<void> {
    try {
      await this.#inner.close();
    } finally {
      this.#folder.close();
    }
  }
}
