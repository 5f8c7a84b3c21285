import { type Pages, pages } from '../../kernel/units.ts';
import { finestStep } from '../plan/grid.ts';
import { type Held, type Marks, type Measurement, marksKey } from '../sweep.ts';
import { type Figures, figuresOf } from './figures.ts';
import { holds, isNoWorse, type Objective } from './objective.ts';

/**
 * The cheapest marks lie where it is nearly too late: a cliff. What is recommended must hold where the workload is
 * a little different, and where the marks are.
 */

/** Shares of the limit that candidates leave free, from the cheapest marks to cautious ones. */
export const ROOMS = [0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32];
/** All candidates are run with so many variants of the workload; those that hold, in order, with all. */
export const SCREENED = 8;
export const VARIANTS = 40;
/** Of all days, so many are to hold. */
const ENOUGH = 0.95;
/** Of the variants, more must: of several candidates, one that holds too seldom passes by luck (38 of 40 came to 172 of 200). */
const SURE = 0.975;
/** Marks a step beside are nearer to the limit, or further, by this share of the room that there is ... */
const STEP = 1 / 4;
/** ... but by no more than this share of the limit. */
const FARTHEST = 0.02;

/** The best, and the best of those that leave more room, each once. `trials`: one policy's, the best first. */
export function roomiest<T extends Marks>(trials: readonly T[], rooms: readonly number[]): T[] {
  const found = rooms.flatMap((room) => trials.find(({ limit, high }) => limit - high >= room * limit) ?? []);
  return [...new Set(found)];
}

/** Marks a step higher and a step lower, with the same gap. */
export function besideOf(marks: Marks): Marks[] {
  const { limit, high, low } = marks;
  const far = Math.min((limit - high) * STEP, limit * FARTHEST);
  const step = Math.max(2 * finestStep(limit), Math.round(far));
  const at = (mark: number): Pages => pages(Math.max(0, Math.min(limit, mark)));
  return [step, -step].map((by) => ({ ...marks, high: at(high + by), low: at(low + by) }));
}

/** How marks held. */
export interface Robustness {
  /** Of the variants that were run. */
  readonly held: number;
  readonly of: number;
  /** Of those that did not hold: the script failed, or somebody was killed. */
  readonly failed: number;
  /** The neighbours hold, too. */
  readonly beside: boolean;
  /** To hold is to do no worse than no marks: what is wanted is out of reach. */
  readonly isRelative: boolean;
}

const figuresOfOne = (measurement: Measurement): Figures => figuresOf({ measurements: [measurement] });

/** Whether one run does what is wanted; where that is out of reach, no worse than the same run without marks. */
export const isHeld =
  (objective: Objective) =>
  (each: Measurement, without?: Measurement): boolean =>
    without === undefined
      ? holds(objective, figuresOfOne(each))
      : isNoWorse(objective, figuresOfOne(each), figuresOfOne(without));

export const isEnough = ({ held, of }: Pick<Robustness, 'held' | 'of'>): boolean => held >= of * ENOUGH;

export function robustnessOf(objective: Objective, { beside, perturbed, without }: Held): Robustness {
  const does = isHeld(objective);
  return {
    held: perturbed.filter((each, i) => does(each, without?.perturbed[i])).length,
    of: perturbed.length,
    failed: perturbed.filter(({ error, oomKills }) => error !== null || oomKills > 0).length,
    beside: beside.length > 0 && beside.every((each, i) => does(each, without?.beside[i])),
    isRelative: without !== undefined,
  };
}

/** Of what was run up to now, so much held that nothing says it would not be robust. */
export const mayBeRobust = ({ held, of, beside }: Robustness): boolean => beside && held >= of * SURE;

/** All variants were run, and it is. */
export const isRobust = (found: Robustness): boolean => found.of >= VARIANTS && mayBeRobust(found);

/** Below 0: the first holds better. */
export const compareRobustness = (a: Robustness, b: Robustness): number =>
  Number(b.beside) - Number(a.beside) || b.held * a.of - a.held * b.of;

export const heldOf = (all: readonly Held[], marks: Marks): Held | undefined =>
  all.find((each) => marksKey(each) === marksKey(marks));
