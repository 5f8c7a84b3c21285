import { NONE } from '../run/point-marks.ts';
import type { Measurement, Task, Trial } from '../sweep.ts';
import type { PlanSettings } from './plan.ts';

/** What is known before marks are tried. */
interface Before {
  readonly unlimited: Trial;
  readonly without: Trial;
  /** So many are a trial. */
  readonly runs: number;
}

/** How long a run's tasks may wait before it is stopped: see Point.mostWaited. */
export class Bounds {
  readonly #settings: Pick<PlanSettings, 'mostWaited'>;
  readonly #unlimited: Trial;
  readonly #known: (task: Task) => Measurement | undefined;
  /** null: all run to their end. */
  readonly #usual: number | null;

  constructor(
    settings: Pick<PlanSettings, 'mostWaited'>,
    { unlimited, without, runs }: Before,
    known: (task: Task) => Measurement | undefined,
  ) {
    this.#settings = settings;
    this.#unlimited = unlimited;
    this.#known = known;
    this.#usual = settings.mostWaited(unlimited, without, runs);
  }

  /** The same tasks, bounded; never those without marks, which others are measured by. */
  of(tasks: readonly Task[]): readonly Task[] {
    const usual = this.#usual;
    if (usual === null) return tasks;
    return tasks.map((task) => {
      const mostWaited = task.point.policy === NONE ? null : this.#onDay(task, usual);
      return mostWaited === null ? task : { ...task, point: { ...task.point, mostWaited } };
    });
  }

  /** On another day, where marks are measured by none on that day, that is what tells. */
  #onDay({ script, point: { limit, seed, variant } }: Task, usual: number): number | null {
    if (variant === undefined) return usual;
    const point = { policy: NONE, limit, high: limit, low: limit, seed, variant };
    const without = this.#known({ script, point });
    return without === undefined
      ? usual
      : this.#settings.mostWaited(this.#unlimited, { measurements: [without] }, 1);
  }
}
