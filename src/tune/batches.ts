import type { Task } from './executor.ts';

/** A message should be worth so much work, ms: enough that the way there and back is nothing beside it. */
const WORTH = 200;

/**
 * Hands out a round's tasks in order, some at a time: more when they are quick, fewer when they run out, so that
 * no worker is left waiting for another's last ones. How they are cut changes no outcome.
 */
export class Batches {
  readonly #tasks: readonly Task[];
  readonly #workers: number;
  #next = 0;
  #done = 0;
  /** Wall time that finished tasks took, ms. */
  #spent = 0;

  constructor(tasks: readonly Task[], workers: number) {
    this.#tasks = tasks;
    this.#workers = workers;
  }

  /** Empty when none is left. */
  take(): readonly Task[] {
    const left = this.#tasks.length - this.#next;
    const quick = this.#done === 0 ? 1 : Math.floor((WORTH * this.#done) / Math.max(this.#spent, 1));
    const fair = Math.ceil(left / (2 * this.#workers));
    const batch = this.#tasks.slice(this.#next, this.#next + Math.max(1, Math.min(quick, fair)));
    this.#next += batch.length;
    return batch;
  }

  took(tasks: number, ms: number): void {
    this.#done += tasks;
    this.#spent += ms;
  }
}
