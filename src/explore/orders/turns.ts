import type { Chooser } from '../../kernel/sched.ts';
import type { Nanoseconds } from '../../kernel/units.ts';
import type { Task } from '../../mm/types.ts';

/** Where an order leaves the scheduler's own: which of the candidates runs at the choice of that number. */
export interface Turn {
  readonly choice: number;
  /** From 1: 0 is the scheduler's own. */
  readonly takes: number;
  /** Somebody has to stop for it who could go on. */
  readonly preempts: boolean;
}

/** A turn that was taken, in words. */
export interface TurnTaken {
  readonly time: Nanoseconds;
  readonly runs: string;
  readonly insteadOf: string;
  readonly preempts: boolean;
}

/** Choices that are kept of one run, all in their order: how many others could have run, and whether they preempt. */
export interface Choice {
  readonly others: number;
  readonly preempts: boolean;
}

/** Of one run; what comes after is not asked. */
const MOST_CHOICES = 20_000;

/** Runs a machine in an order: the scheduler's own, but for these turns. */
export class Turns implements Chooser<Task> {
  readonly taken: TurnTaken[] = [];
  /** Those behind the last turn. */
  readonly choices: Choice[] = [];
  /** There were more choices than are kept. */
  cut = false;
  readonly #turns: readonly Turn[];
  readonly #now: () => Nanoseconds;
  #number = 0;

  constructor(turns: readonly Turn[], now: () => Nanoseconds) {
    this.#turns = turns;
    this.#now = now;
  }

  choose(candidates: readonly Task[], running: Task | null): Task {
    const number = this.#number;
    this.#number += 1;
    const preempts = running !== null;
    const turn = this.#turns[this.taken.length];
    if (turn === undefined) {
      if (this.choices.length < MOST_CHOICES) this.choices.push({ others: candidates.length - 1, preempts });
      else this.cut = true;
    } else if (turn.choice === number) {
      const runs = candidates[turn.takes];
      this.taken.push({ time: this.#now(), runs: runs.name, insteadOf: candidates[0].name, preempts });
      return runs;
    }
    return candidates[0];
  }
}
