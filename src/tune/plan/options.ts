import type { Pages } from '../../kernel/units.ts';
import { policyIn, policyNamed } from '../../machine/kernels.ts';
import {
  DEFAULT_OPTIONS,
  type KernelVersion,
  type PolicyName,
  policyMistake,
} from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { type Given, optionTable, readTable, sound } from '../../script/option-table.ts';
import { readPolicy } from '../../script/options.ts';
import { checkOnce, readPages, readWhole } from '../../script/values.ts';
import type { Word } from '../../script/words.ts';
import { formsOf } from '../analysis/apply.ts';
import { figuresOf } from '../analysis/figures.ts';
import { limitsOf, mainLimit } from '../analysis/limits.ts';
import {
  compareRanked,
  hasBound,
  helps,
  meets,
  mostWaited,
  type Objective,
  parseObjective,
  type Ranked,
  scoreOf,
} from '../analysis/objective.ts';
import { isRecommended, recommendedOf } from '../analysis/recommendation.ts';
import { ROOMS, robustnessOf, roomiest } from '../analysis/robust.ts';
import { sensitivityPoints } from '../analysis/sensitivity.ts';
import { writtenOf } from '../analysis/written.ts';
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
    about:
      'the limit; auto: 80 % of the peak, or more to live in; A,B,C or A..B: what each buys, sizes or % of the peak',
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
    about: 'who reclaims: names of policies, with commas between (if left out, rfc; on 6.1 memory.high)',
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
  same: {
    flags: '--same',
    about: 'the scripts are recordings of one program: one answer, which holds for all of them',
    read: null,
  },
});

type PlanOption = keyof typeof PLAN_OPTIONS;
/** The options of a plan as they are written on the command line, all of them. */
export type PlanWords = Readonly<Record<string, string>>;

export function planWords(given: Given<typeof PLAN_OPTIONS>): PlanWords {
  const words = Object.entries(PLAN_OPTIONS).flatMap(([name, option]) => {
    const usual = 'usual' in option ? option.usual : 'otherwise' in option ? option.otherwise : null;
    const said = given[name as PlanOption] ?? usual;
    return said === null ? [] : [[name, `${said}`]];
  });
  return Object.fromEntries(words);
}

export interface ReadPlan {
  readonly plan: PlanSettings;
  readonly objective: Objective;
}

/** Who has marks there, where nobody says who. */
export function usualPolicy(kernel: KernelVersion): PolicyName {
  const own = policyIn({ kernel });
  return policyNamed(own, kernel).start === null ? 'memory.high' : own;
}

/** Throws a Mistake whose message begins with the option. */
export function readPlan(words: Readonly<Record<string, string>>, kernel: KernelVersion): ReadPlan {
  const given = { ...words, same: words['same'] !== undefined };
  const { policy, seeds, seed, objective, limit, ...axes } = readTable(PLAN_OPTIONS, given);
  const notHere = policy.map((name) => policyMistake(name, kernel)).find((why) => why !== null);
  if (notHere !== undefined) throw new Mistake(`--policy: ${notHere}`, 0);
  const plan: PlanSettings = {
    ...axes,
    limit: typeof limit === 'number' ? limit : null,
    limits: typeof limit === 'number' ? null : limit,
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
): Pick<
  PlanSettings,
  'better' | 'mainLimit' | 'mostWaited' | 'candidates' | 'robustness' | 'beside' | 'forms' | 'asGood'
> => ({
  better: betterBy(objective),
  mainLimit: (asked, trials) => {
    const found = limitsOf(asked, trials, objective);
    if (found === null) throw new Error('no limits were asked for');
    return mainLimit(found);
  },
  mostWaited: (unlimited, without, runs) =>
    mostWaited(objective, figuresOf(unlimited), figuresOf(without), runs),
  candidates: (trials, without) => {
    const all = trials.map((trial) => ({ trial, figures: figuresOf(trial) }));
    const met = all.some(({ figures }) => meets(objective, figures));
    const good = all.filter(({ figures }) =>
      met ? meets(objective, figures) : helps(objective, figures, figuresOf(without)),
    );
    return {
      marks: roomiest(
        good.map(({ trial }) => trial),
        ROOMS,
      ),
      isRelative: !met && hasBound(objective),
    };
  },
  robustness: (held) => robustnessOf(objective, held),
  beside: (sweep) => {
    const { best } = recommendedOf(sweep, objective);
    return best === null ? [] : sensitivityPoints(best.marks, sweep.kernel);
  },
  forms: (sweep) => {
    const found = recommendedOf(sweep, objective);
    return found.best === null || !isRecommended(found) ? [] : formsOf(sweep.kernel, found.best.marks);
  },
  asGood: (sweep) => {
    const { best } = recommendedOf(sweep, objective);
    const all = best === null ? [] : writtenOf(sweep, best, objective);
    return new Set(all.filter((each) => each.holds).map(({ form }) => form.name));
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

function readLimit(word: Word): Pages | Axis | null {
  if (word.text === 'auto') return null;
  if (/,|\.\.|%/.test(word.text)) return readAxis(word.text);
  const limit = readPages(word);
  if (limit === 0) throw new Mistake('nothing runs in no memory', 0);
  return limit;
}

function readPolicies({ text }: Word): PolicyName[] {
  const names = text.split(',').map((name) => readPolicy({ text: name, column: 0 }));
  checkOnce(names, 0);
  if (names.includes(NONE))
    throw new Mistake(`'${NONE}' has no marks to tune; it is run beside the others anyway`, 0);
  return names;
}
