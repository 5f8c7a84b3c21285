import type { KernelVersion } from '../../machine/kernels.ts';
import type { RuledForm } from '../analysis/apply.ts';
import { SCREENED } from '../analysis/robust.ts';
import { pointOfForm } from '../analysis/written.ts';
import { type Measurement, type Sweep, type Task, taskKey, type Written } from '../sweep.ts';
import { type Cell, onOtherDays, withEach } from './cells.ts';
import type { PlanSettings } from './plan.ts';

/** Runs every way of writing the recommended marks down, as it is written. */
export class Writing {
  readonly #settings: Pick<PlanSettings, 'forms' | 'asGood'>;
  readonly #kernel: KernelVersion;
  readonly #known: (task: Task) => Measurement | undefined;
  #forms: readonly RuledForm[] = [];
  #cells: readonly Cell[] = [];

  constructor(
    settings: Pick<PlanSettings, 'forms' | 'asGood'>,
    kernel: KernelVersion,
    known: (task: Task) => Measurement | undefined,
  ) {
    this.#settings = settings;
    this.#kernel = kernel;
    this.#known = known;
  }

  /** The rounds: each form; those that do what the marks do, on other days, where the marks were run on these. */
  *of(sweep: () => Sweep | null, cells: readonly Cell[]): Generator<readonly Task[], void, void> {
    const before = sweep();
    if (before === null) return;
    this.#forms = this.#settings.forms(before);
    this.#cells = cells;
    yield once(this.#forms.flatMap(this.#asWritten));
    const now = sweep();
    if (now === null || now.held.length === 0) return;
    const good = this.#settings.asGood(now);
    yield once(this.#forms.filter(({ name }) => good.has(name)).flatMap(this.#onOtherDays));
  }

  /** Those of which all runs are known. */
  written = (): Written[] =>
    this.#forms.flatMap((form) => {
      const measurements = this.#all(this.#asWritten(form));
      if (measurements.length < this.#cells.length) return [];
      return [{ name: form.name, measurements, perturbed: this.#all(this.#onOtherDays(form)) }];
    });

  #asWritten = (form: RuledForm): Task[] => withEach(this.#cells, pointOfForm(form, this.#kernel));

  #onOtherDays = (form: RuledForm): Task[] =>
    onOtherDays(this.#cells, pointOfForm(form, this.#kernel), SCREENED);

  #all = (tasks: readonly Task[]): Measurement[] => tasks.flatMap((task) => this.#known(task) ?? []);
}

/** Several forms may be one to the kernel. */
const once = (tasks: readonly Task[]): Task[] => [
  ...new Map(tasks.map((task) => [taskKey(task), task])).values(),
];
