import { policyNamed } from '../../machine/kernels.ts';
import type { Point, Sweep } from '../sweep.ts';
import { formsOf, type RuledForm } from './apply.ts';
import { type Figures, figuresOf } from './figures.ts';
import { isAsGood, type Objective } from './objective.ts';
import type { Rated } from './rated.ts';
import { heldOf, isEnough, isHeld } from './robust.ts';

/** A way of writing the recommended marks down, with what came of it as it is written. */
export interface RatedForm {
  readonly form: RuledForm;
  readonly figures: Figures;
  /** In so many of so many variants of the workload it does what is wanted; of none, where nobody asked. */
  readonly held: number;
  readonly of: number;
  /** It does what the recommended marks do; else there is no such way of having them. */
  readonly holds: boolean;
}

/** A run of what is written; where that is what the policy makes of the marks, any other run of these. */
export function pointOfForm(
  { policy, marks, knobs }: RuledForm,
  kernel: Sweep['kernel'],
): Omit<Point, 'seed'> {
  const usual = policyNamed(policy, kernel).knobs(marks);
  const isUsual =
    usual.length === knobs.length &&
    usual.every(({ file, value }, i) => file === knobs[i].file && value === knobs[i].value);
  return { policy, ...marks, ...(!isUsual && { knobs }) };
}

/** Those that were run. */
export const writtenOf = (
  { kernel, written, held: all }: Pick<Sweep, 'kernel' | 'written' | 'held'>,
  { marks, figures: best }: Rated,
  objective: Objective,
): RatedForm[] => {
  const does = isHeld(objective);
  const { without } = heldOf(all, marks) ?? {};
  return formsOf(kernel, marks).flatMap((form) => {
    const run = written.find(({ name }) => name === form.name);
    if (run === undefined) return [];
    const figures = figuresOf(run);
    const held = run.perturbed.filter((each, i) => does(each, without?.perturbed[i])).length;
    const of = run.perturbed.length;
    return [{ form, figures, held, of, holds: isAsGood(objective, figures, best) && isEnough({ held, of }) }];
  });
};
