import type { Pages } from '../../kernel/units.ts';
import { DEFAULT_OPTIONS, type PolicyName, policyMistake } from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { type Given, optionTable, readTable, sound } from '../../script/option-table.ts';
import { readPolicy } from '../../script/options.ts';
import { readPages, readWhole } from '../../script/values.ts';
import type { Word } from '../../script/words.ts';
import { figuresOf } from '../analysis/figures.ts';
import {
  compareRanked,
  meets,
  type Objective,
  parseObjective,
  type Ranked,
  scoreOf,
} from '../analysis/objective.ts';
import { ratedOf, recommendationOf } from '../analysis/recommendation.ts';
import { ROOMS, robustnessOf, roomiest } from '../analysis/robust.ts';
import { sensitivityPoints } from '../analysis/sensitivity.ts';
import { NONE } from '../run/point-marks.ts';
import type { Trial } from '../sweep.ts';
import { ANY_HIGH, ANY_LOW, type Axis, readAxis } from './axis.ts';
import type { PlanSettings } from './plan.ts';

/** Anywhere that makes sense. */
const ANYWHERE = 'any';
/** Seeds are uint32. */
const SEEDS = 2 ** 32;

/** Options of `memcg tune` that decide which points a sweep runs. A folder's header keeps them as they were written. */
export const PLAN_OPTIONS = optionTable({
  limit: {
    flags: '--limit <size>',
    about: 'the limit, or auto: 80 % of the peak of a run without one',
    usual: 'auto',
    read: readLimit,
  },
  high: {
    flags: '--high <marks>',
    about: 'where reclaim may start: A,B,C or A..B, sizes or shares (if left out, 0.5..1)',
    otherwise: ANYWHERE,
    read: ({ text }): Axis => (text === ANYWHERE ? ANY_HIGH : readAxis(text)),
  },
  low: {
    flags: '--low <marks>',
    about: 'where it may stop (if left out, 0.3..1)',
    otherwise: ANYWHERE,
    read: ({ text }): Axis => (text === ANYWHERE ? ANY_LOW : readAxis(text)),
  },
  points: {
    flags: '--points <n>',
    about: 'about how many pairs of marks are tried for each script and policy',
    usual: '150',
    read: (word) => readWhole(word, 4, 1_000_000),
  },
  policy: {
    flags: '--policy <list>',
    about: 'who reclaims: names of policies, with commas between (if left out, rfc)',
    otherwise: DEFAULT_OPTIONS.policy,
    read: readPolicies,
  },
  objective: {
    flags: '--objective <goal>',
    about: 'what is wanted, see below',
    usual: 'no-stalls',
    read: ({ text }) => sound(parseObjective(text)),
  },
  seeds: {
    flags: '--seeds <n>',
    about: 'run everything with so many seeds; one, where nothing is random',
    usual: '3',
    read: (word) => readWhole(word, 1, 1000),
  },
  seed: {
    flags: '--seed <n>',
    about: 'the first of them',
    usual: '1',
    read: (word) => readWhole(word, 0, SEEDS - 1),
  },
});

type PlanOption = keyof typeof PLAN_OPTIONS;
/** The options of a plan as they are written on the command line, all of them. */
export type PlanWords = Readonly<Record<PlanOption, string>>;

export function planWords(given: Given<typeof PLAN_OPTIONS>): PlanWords {
  const words = Object.entries(PLAN_OPTIONS).map(([name, option]) => [
    name,
    given[name as PlanOption] ?? ('usual' in option ? option.usual : option.otherwise),
  ]);
  return Object.fromEntries(words);
}

export interface ReadPlan {
  readonly plan: PlanSettings;
  readonly objective: Objective;
}

/** Throws a Mistake whose message begins with the option. */
export function readPlan(words: Readonly<Record<string, string>>): ReadPlan {
  const { policy, seeds, seed, objective, ...axes } = readTable(PLAN_OPTIONS, words);
  const plan: PlanSettings = {
    ...axes,
    policies: policy,
    seeds: Array.from({ length: seeds }, (_, i) => (seed + i) % SEEDS),
    needsRereads: objective.kind === 'refaults' || objective.kind === 'elapsed',
    ...planBy(objective),
  };
  return { plan, objective };
}

/** What of a plan depends on what is wanted. */
export const planBy = (
  objective: Objective,
): Pick<PlanSettings, 'better' | 'candidates' | 'robustness' | 'beside'> => ({
  better: betterBy(objective),
  candidates: (trials) =>
    roomiest(
      trials.filter((trial) => meets(objective, figuresOf(trial))),
      ROOMS,
    ),
  robustness: (held) => robustnessOf(objective, held),
  beside: (sweep) => {
    const { best } = recommendationOf(sweep, ratedOf(sweep, objective), objective);
    return best === null ? [] : sensitivityPoints(best.marks);
  },
});

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

function readLimit(word: Word): Pages | null {
  if (word.text === 'auto') return null;
  const limit = readPages(word);
  if (limit === 0) throw new Mistake('nothing runs in no memory', 0);
  return limit;
}

function readPolicies({ text }: Word): PolicyName[] {
  const names = text.split(',').map((name) => readPolicy({ text: name, column: 0 }));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Mistake(`'${twice}' is named twice`, 0);
  const notHere = names
    .map((name) => policyMistake(name, DEFAULT_OPTIONS.kernel))
    .find((why) => why !== null);
  if (notHere !== undefined) throw new Mistake(notHere, 0);
  if (names.includes(NONE))
    throw new Mistake(`'${NONE}' has no marks to tune; it is run beside the others anyway`, 0);
  return names;
}
