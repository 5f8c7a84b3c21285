import type { Pages } from '../../kernel/units.ts';
import {
  type Marks,
  type Measurement,
  marksKey,
  marksOf,
  seedsAgree,
  type Task,
  type Trial,
} from '../sweep.ts';
import { type Cell, cellsOf, withEach } from './cells.ts';

/** Marks that were tried, and what they came to with each script and seed in use. */
export class Tried {
  readonly #scripts: readonly number[];
  readonly #known: (task: Task) => Measurement | undefined;
  /** Beside what was asked for. */
  readonly #isOutside: (marks: Marks) => boolean;
  readonly #tried = new Map<string, Marks>();
  /** Those of which all runs are known. */
  readonly #whole = new Map<string, Trial>();
  #seeds: readonly number[];

  constructor(
    scripts: readonly number[],
    seeds: readonly number[],
    known: (task: Task) => Measurement | undefined,
    isOutside: (marks: Marks) => boolean,
  ) {
    this.#scripts = scripts;
    this.#seeds = seeds;
    this.#known = known;
    this.#isOutside = isOutside;
  }

  get seeds(): readonly number[] {
    return this.#seeds;
  }

  get cells(): Cell[] {
    return cellsOf(this.#scripts, this.#seeds);
  }

  use(seeds: readonly number[]): void {
    this.#seeds = seeds;
    this.#whole.clear();
  }

  add(marks: Marks): void {
    this.#tried.set(marksKey(marks), marks);
  }

  has(marks: Marks): boolean {
    return this.#tried.has(marksKey(marks));
  }

  all(): Marks[] {
    return [...this.#tried.values()];
  }

  points(marks: readonly Marks[]): Task[] {
    return marks.flatMap((each) => withEach(this.cells, marksOf(each)));
  }

  /** null: not all of its runs are known. */
  measurements(marks: Marks): Measurement[] | null {
    const measurements: Measurement[] = [];
    for (const task of this.points([marks])) {
      const measurement = this.#known(task);
      if (measurement === undefined) return null;
      measurements.push(measurement);
    }
    return measurements;
  }

  /** Whether all of the seeds came to the same with each script, in each of these. */
  agree(...marks: readonly Marks[]): boolean {
    return marks.every((each) => seedsAgree(this.measurements(each) ?? [], this.#seeds.length));
  }

  /** null: not all of its runs are known. */
  trial(marks: Marks): Trial | null {
    const key = marksKey(marks);
    const known = this.#whole.get(key);
    if (known !== undefined) return known;
    const measurements = this.measurements(marks);
    if (measurements === null) return null;
    const trial: Trial = { ...marks, measurements, ...(this.#isOutside(marks) && { outside: true }) };
    this.#whole.set(key, trial);
    return trial;
  }

  trials(): Trial[] {
    return this.all()
      .flatMap((marks) => this.trial(marks) ?? [])
      .sort(byMarks);
  }

  under(limit: Pages): Trial[] {
    return this.trials().filter((trial) => trial.limit === limit);
  }
}

const byMarks = (a: Marks, b: Marks): number =>
  (a.policy < b.policy ? -1 : a.policy > b.policy ? 1 : 0) ||
  a.limit - b.limit ||
  a.high - b.high ||
  a.low - b.low;
