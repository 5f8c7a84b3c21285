import type { Pages } from '../../kernel/units.ts';
import { Mistake } from '../../script/mistake.ts';
import { readPolicy } from '../../script/options.ts';
import { readPages, readWhole } from '../../script/values.ts';
import type { Word } from '../../script/words.ts';
import { figuresOf } from '../analysis/figures.ts';
import {
  compareRanked,
  type Objective,
  parseObjective,
  type Ranked,
  scoreOf,
} from '../analysis/objective.ts';
import { sensitivityPoints } from '../analysis/sensitivity.ts';
import { NONE } from '../run/point-marks.ts';
import type { Trial } from '../sweep.ts';
import { ANY_HIGH, ANY_LOW, type Axis, readAxis } from './axis.ts';
import type { PlanSettings } from './plan.ts';

/** What decides which points a sweep runs, as it was written on the command line; by the options' names. */
export interface PlanWords {
  readonly limit: string;
  readonly high: string;
  readonly low: string;
  readonly points: string;
  readonly policy: string;
  readonly objective: string;
  readonly seeds: string;
  readonly seed: string;
}

export const AUTO = 'auto';
/** Anywhere that makes sense. */
export const ANYWHERE = 'any';

/** Seeds are uint32. */
const SEEDS = 2 ** 32;
const MOST_SEEDS = 1000;
const MOST_POINTS = 1_000_000;
const LEAST_POINTS = 4;

export interface ReadPlan {
  readonly plan: PlanSettings;
  readonly objective: Objective;
}

/** A Mistake's message begins with the option. */
export function readPlan(words: PlanWords): ReadPlan | Mistake {
  try {
    const objective = option('objective', () => sound(parseObjective(words.objective)));
    const count = option('seeds', () => readWhole(wordOf(words.seeds), 1, MOST_SEEDS));
    const first = option('seed', () => readWhole(wordOf(words.seed), 0, SEEDS - 1));
    const plan: PlanSettings = {
      policies: option('policy', () => readPolicies(words.policy)),
      limit: option('limit', () => readLimit(words.limit)),
      high: option('high', () => axis(words.high, ANY_HIGH)),
      low: option('low', () => axis(words.low, ANY_LOW)),
      points: option('points', () => readWhole(wordOf(words.points), LEAST_POINTS, MOST_POINTS)),
      seeds: Array.from({ length: count }, (_, i) => (first + i) % SEEDS),
      better: betterBy(objective),
      beside: sensitivityPoints,
    };
    return { plan, objective };
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

/** A trial is summed up once, however often it is compared. */
export function betterBy(objective: Objective): PlanSettings['better'] {
  const known = new WeakMap<Trial, Ranked>();
  const ranked = (trial: Trial): Ranked => {
    let rank = known.get(trial);
    if (rank === undefined) {
      rank = { marks: trial, score: scoreOf(objective, figuresOf(trial)) };
      known.set(trial, rank);
    }
    return rank;
  };
  return (a, b) => compareRanked(ranked(a), ranked(b));
}

const wordOf = (text: string): Word => ({ text, column: 0 });
const axis = (text: string, any: Axis): Axis => (text === ANYWHERE ? any : readAxis(text));

function readLimit(text: string): Pages | null {
  if (text === AUTO) return null;
  const limit = readPages(wordOf(text));
  if (limit === 0) throw new Mistake('nothing runs in no memory', 0);
  return limit;
}

function readPolicies(text: string): string[] {
  const names = text.split(',').map((name) => readPolicy(wordOf(name)));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Mistake(`'${twice}' is named twice`, 0);
  if (names.includes(NONE))
    throw new Mistake(`'${NONE}' has no marks to tune; it is run beside the others anyway`, 0);
  return names;
}

function sound<T>(value: T | Mistake): T {
  if (value instanceof Mistake) throw value;
  return value;
}

function option<T>(name: keyof PlanWords, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Mistake) throw new Mistake(`--${name}: ${error.message}`, 0);
    throw error;
  }
}
