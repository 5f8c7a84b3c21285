import {
  besideOf,
  compareRobustness,
  isRobust,
  mayBeRobust,
  type Robustness,
  SCREENED,
  VARIANTS,
} from '../analysis/robust.ts';
import { type Held, type Marks, type Measurement, marksKey, marksOf, type Task } from '../sweep.ts';
import { type Cell, onOtherDays, withFirstSeed } from './cells.ts';
import type { PlanSettings } from './plan.ts';

/** Tries whether marks hold where the workload is a little different, and where they are. */
export class Holding {
  readonly #settings: Pick<PlanSettings, 'robustness'>;
  readonly #cells: readonly Cell[];
  readonly #known: (task: Task) => Measurement | undefined;
  readonly #tried: Marks[] = [];
  /** By their keys, no marks at all under the same limit, where they are measured by these. */
  readonly #without = new Map<string, Marks>();

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
   * The rounds for one policy's candidates, the best first: each with some variants of the workload, and where these
   * hold with all of them, until one holds; nobody asks how those after it would. Where none does, the nearest to it is
   * run with all. `without`: no marks at all, where these are to be measured by that; else null.
   */
  *of(candidates: readonly Marks[], without: Marks | null): Generator<readonly Task[], void, void> {
    const tried = candidates.map(marksOf);
    let isHopeful = false;
    for (const marks of tried) {
      this.#tried.push(marks);
      if (without !== null) this.#without.set(marksKey(marks), without);
      yield this.#none(marks, SCREENED);
      yield [...this.#beside(marks), ...this.#variants(marks, SCREENED)];
      if (!mayBeRobust(this.#robustness(marks))) continue;
      isHopeful = true;
      yield* this.#all(marks);
      if (isRobust(this.#robustness(marks))) return;
    }
    const [nearest] = tried.toSorted((a, b) => compareRobustness(this.#robustness(a), this.#robustness(b)));
    if (nearest !== undefined && !isHopeful) yield* this.#all(nearest);
  }

  /** No marks first: how long the others may wait goes by them. */
  *#all(marks: Marks): Generator<readonly Task[], void, void> {
    yield this.#none(marks, VARIANTS);
    yield this.#variants(marks, VARIANTS);
  }

  /** All that is known up to now. */
  held = (): Held[] => this.#tried.map(this.#held);

  #robustness = (marks: Marks): Robustness => this.#settings.robustness(this.#held(marks));

  #held = (marks: Marks): Held => {
    const known = (tasks: readonly Task[]): Measurement[] => tasks.flatMap((task) => this.#known(task) ?? []);
    const without = this.#without.get(marksKey(marks));
    return {
      ...marks,
      beside: known(this.#beside(marks)),
      perturbed: known(this.#variants(marks, VARIANTS)),
      ...(without !== undefined && {
        without: {
          beside: known(besideOf(marks).flatMap(() => withFirstSeed(this.#cells, without))),
          perturbed: known(this.#variants(without, VARIANTS)),
        },
      }),
    };
  };

  #beside = (marks: Marks): Task[] => besideOf(marks).flatMap((each) => withFirstSeed(this.#cells, each));

  #none = (marks: Marks, count: number): Task[] => {
    const without = this.#without.get(marksKey(marks));
    return without === undefined ? [] : this.#variants(without, count);
  };

  #variants = (marks: Marks, count: number): Task[] => onOtherDays(this.#cells, marks, count);
}
