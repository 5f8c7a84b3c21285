import type { Task } from './executor.ts';
import type { Outcome } from './outcome.ts';
import type { Point } from './point.ts';
import type { Finished } from './sweep.ts';

/** Tells one run of a job from every other; a line of text without blanks. */
export const taskKey = ({ script, point }: Task): string => `${script}:${pointKey(point)}`;

const pointKey = ({ policy, limit, high, low, seed }: Point): string =>
  `${policy}:${limit}:${high}:${low}:${seed}`;

/** The outcomes that are known so far: all that the next round depends on. */
export class Known {
  readonly #outcomes = new Map<string, Outcome>();

  add(finished: Finished): void {
    this.#outcomes.set(taskKey(finished), finished.outcome);
  }

  of(task: Task): Outcome | undefined {
    return this.#outcomes.get(taskKey(task));
  }
}
