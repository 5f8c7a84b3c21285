import {
  besideOf,
  compareRobustness,
  isRobust,
  mayBeRobust,
  type Robustness,
  SCREENED,
  VARIANTS,
} from '../analysis/robust.ts';
import { type Held, type Marks, type Measurement, marksOf, type Point } from '../sweep.ts';
import type { PlanSettings } from './plan.ts';

/** Tries whether marks hold where the workload is a little different, and where they are. */
export class Holding {
  readonly #settings: Pick<PlanSettings, 'seeds' | 'robustness'>;
  readonly #known: (point: Point) => Measurement | undefined;
  readonly #tried: Marks[] = [];

  constructor(
    settings: Pick<PlanSettings, 'seeds' | 'robustness'>,
    known: (point: Point) => Measurement | undefined,
  ) {
    this.#settings = settings;
    this.#known = known;
  }

  /**
   * The rounds for one policy's candidates, the best first: all of them with some variants of the workload, then
   * one after the other with all of them, until one holds. Where none does, the nearest to it is run with all.
   */
  *of(candidates: readonly Marks[]): Generator<readonly Point[], void, void> {
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
    const known = (points: readonly Point[]): Measurement[] =>
      points.flatMap((point) => this.#known(point) ?? []);
    return {
      ...marks,
      beside: known(this.#beside(marks)),
      perturbed: known(this.#variants(marks, VARIANTS)),
    };
  };

  #beside = (marks: Marks): Point[] =>
    besideOf(marks).map((each) => ({ ...each, seed: this.#settings.seeds[0] }));

  #variants = (marks: Marks, count: number): Point[] =>
    Array.from({ length: count }, (_, i) => ({
      ...marks,
      seed: this.#settings.seeds[i % this.#settings.seeds.length],
      variant: i + 1,
    }));
}
