import {
  besideOf,
  compareRobustness,
  isRobust,
  mayBeRobust,
  type Robustness,
  SCREENED,
  VARIANTS,
} from '../analysis/robust.ts';
import { type Held, type Marks, type Measurement, marksOf, type Task } from '../sweep.ts';
import { type Cell, onOtherDays, withFirstSeed } from './cells.ts';
import type { PlanSettings } from './plan.ts';

/** Tries whether marks hold where the workload is a little different, and where they are. */
export class Holding {
  readonly #settings: Pick<PlanSettings, 'robustness'>;
  readonly #cells: readonly Cell[];
  readonly #known: (task: Task) => Measurement | undefined;
  readonly #tried: Marks[] = [];

  constructor(
    settings: Pick<PlanSettings, 'robustness'>,
    cells: readonly Cell[],
    known: (task: Task) => Measurement | undefined,
  ) {
    this.#settings = settings;
    this.#cells = cells;
    this.#known = known;
  }

  /**
   * The rounds for one policy's candidates, the best first: all of them with some variants of the workload, then
   * one after the other with all of them, until one holds. Where none does, the nearest to it is run with all.
   */
  *of(candidates: readonly Marks[]): Generator<readonly Task[], void, void> {
    if (candidates.length === 0) return;
    const tried = candidates.map(marksOf);
    this.#tried.push(...tried);
    yield tried.flatMap((marks) => [...this.#beside(marks), ...this.#variants(marks, SCREENED)]);
    const hopeful = tried.filter((marks) => mayBeRobust(this.#robustness(marks)));
    const nearest = tried.toSorted((a, b) => compareRobustness(this.#robustness(a), this.#robustness(b)));
    for (const marks of hopeful.length > 0 ? hopeful : nearest.slice(0, 1)) {
      yield this.#variants(marks, VARIANTS);
      if (isRobust(this.#robustness(marks))) return;
    }
  }

  /** All that is known up to now. */
  held = (): Held[] => this.#tried.map(this.#held);

  #robustness = (marks: Marks): Robustness => this.#settings.robustness(this.#held(marks));

  #held = (marks: Marks): Held => {
    const known = (tasks: readonly Task[]): Measurement[] => tasks.flatMap((task) => this.#known(task) ?? []);
    return {
      ...marks,
      beside: known(this.#beside(marks)),
      perturbed: known(this.#variants(marks, VARIANTS)),
    };
  };

  #beside = (marks: Marks): Task[] => besideOf(marks).flatMap((each) => withFirstSeed(this.#cells, each));

  #variants = (marks: Marks, count: number): Task[] => onOtherDays(this.#cells, marks, count);
}
