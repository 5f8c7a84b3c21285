import type { MemoryModel } from './execution.ts';
import { explore, type Reductions } from './explorer.ts';
import { MUTANTS, type MutantName, type Variant } from './model/variant.ts';
import { PROPERTIES, type PropertyName } from './properties.ts';
import { SCENARIO_NAMES, SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts';
import { type Run, runTo } from './shortest-run.ts';
import { System } from './system.ts';

export interface Asked {
  readonly model: MemoryModel;
  readonly variant: Variant;
  /** Null: as many as the scenario has. */
  readonly tasks: number | null;
  /** A bound on steps; null: none. */
  readonly steps: number | null;
  /** Equal tasks and steps that concern nobody else are taken together. */
  readonly reduce: boolean;
}

/** What came of one scenario. */
export interface Finding {
  readonly scenario: ScenarioName;
  readonly about: string;
  readonly model: MemoryModel;
  readonly variant: readonly string[];
  readonly threads: readonly string[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** False: a bound on steps was met, and what lies beyond is not known. */
  readonly complete: boolean;
  readonly bytesPerState: number;
  readonly violations: readonly {
    readonly property: PropertyName;
    readonly says: string;
    readonly run: Run;
  }[];
}

/** More tasks than this charge more pages than the model's numbers hold. */
export const MOST_TASKS = 4;

/**
 * Explores one scenario, and tells the shortest run for each property that is broken. Where steps are taken together
 * no property is lost, but ways get longer: so what is broken is looked for again without.
 */
export function explored(name: ScenarioName, asked: Asked): Finding {
  const scenario: Scenario = SCENARIOS[name];
  const system = new System(scenario, asked.variant, asked.model, tasksOf(scenario, asked.tasks));
  const most = asked.steps ?? Number.POSITIVE_INFINITY;
  const together = explore(system, { symmetry: asked.reduce, partialOrder: asked.reduce }, most);
  const reductions: Reductions = { symmetry: asked.reduce, partialOrder: false };
  const broken =
    together.violations.length > 0 && asked.reduce ? explore(system, reductions, most) : together;
  return {
    scenario: name,
    about: scenario.about,
    model: asked.model,
    variant: [...asked.variant],
    threads: system.threads.map(({ name: thread }) => thread),
    states: together.table.size,
    transitions: together.transitions,
    depth: together.depth,
    complete: together.complete,
    bytesPerState: together.table.bytes / together.table.size,
    violations: broken.violations.map(({ property, state }) => ({
      property,
      says: PROPERTIES[property],
      run: runTo(system, broken, state, reductions),
    })),
  };
}

const tasksOf = ({ tasks }: Scenario, asked: number | null): number =>
  tasks === undefined ? 0 : (asked ?? tasks);

/** By what each mutant is caught: the property and the shortest run that breaks it, and breaks nothing in the patch. */
export interface Caught {
  readonly mutant: MutantName;
  readonly about: string;
  /** Null: by nothing. */
  readonly by: {
    readonly property: PropertyName;
    readonly scenario: ScenarioName;
    readonly model: MemoryModel;
    readonly steps: number;
  } | null;
}

/** Tries every mutant in every scenario: first without store buffers, then with them. */
export function mutants(): Caught[] {
  const baseline = { sc: brokenIn(new Set(), 'sc'), tso: brokenIn(new Set(), 'tso') };
  const caughtBy = (mutant: MutantName): Caught['by'] => {
    for (const model of ['sc', 'tso'] as const) {
      const fresh = brokenIn(new Set([mutant]), model).filter(
        ({ property, scenario }) =>
          !baseline[model].some((known) => known.property === property && known.scenario === scenario),
      );
      const [nearest] = fresh.sort((a, b) => a.steps - b.steps);
      if (nearest !== undefined) return nearest;
    }
    return null;
  };
  const names = Object.keys(MUTANTS) as MutantName[];
  return names.map((mutant) => ({ mutant, about: MUTANTS[mutant], by: caughtBy(mutant) }));
}

/** What is broken in any scenario. Two tasks are enough for every mutant. */
function brokenIn(variant: Variant, model: MemoryModel): NonNullable<Caught['by']>[] {
  return SCENARIO_NAMES.flatMap((scenario) => {
    const { tasks = 0 }: Scenario = SCENARIOS[scenario];
    const system = new System(SCENARIOS[scenario], variant, model, Math.min(2, tasks));
    const { violations } = explore(system, { symmetry: true, partialOrder: true });
    return violations.map(({ property, steps }) => ({ property, scenario, model, steps }));
  });
}
