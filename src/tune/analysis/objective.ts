import { Mistake } from '../../script/mistake.ts';
import { nearest } from '../../script/nearest.ts';
import { readTime } from '../../script/values.ts';
import type { Marks, Trial } from '../sweep.ts';
import { type Figures, failed, figuresOf, oscillates, spins } from './figures.ts';

/** What is wanted of watermarks. Plain data. */
export type Objective =
  | { readonly kind: 'no-stalls' | 'refaults' | 'elapsed' }
  /** Longest 99th percentile of stalls that will do, ns. */
  | { readonly kind: 'p99'; readonly most: number }
  /** Highest share of one CPU that the reclaimer may take, 0 to 1. */
  | { readonly kind: 'cpu'; readonly most: number };

export const DEFAULT_OBJECTIVE: Objective = { kind: 'no-stalls' };

/** As `--objective` takes them, and what each means: for the help and for mistakes. */
export const OBJECTIVES: readonly (readonly [form: string, meaning: string])[] = [
  ['no-stalls', 'no stalls (else the least time waited) at the least reclaimer CPU; the default'],
  ['p99<=TIME', 'the least reclaimer CPU with the 99th percentile of stalls at most TIME'],
  ['cpu<=SHARE%', 'the least time waited with the reclaimer on at most SHARE % of one CPU'],
  ['refaults', 'the fewest pages read again after they were reclaimed'],
  ['elapsed', 'the workload is done the soonest'],
];

/** `no-stalls`, `p99<=5ms`, `cpu<=2%`, `refaults`, `elapsed`. */
export function parseObjective(text: string): Objective | Mistake {
  const [, name = '', most = ''] = /^([^<]*)(?:<=(.*))?$/.exec(text.replaceAll(' ', '')) ?? [];
  if (most === '' && (name === 'no-stalls' || name === 'refaults' || name === 'elapsed'))
    return { kind: name };
  if (name === 'p99' && most !== '') return p99(most);
  if (name === 'cpu' && most !== '') return cpu(most);
  const forms = OBJECTIVES.map(([form]) => form);
  const names = forms.map((form) => form.replace(/<=.*/, ''));
  const near = forms[names.indexOf(nearest(name, names) ?? '')];
  const hint = near === undefined ? `it is one of ${forms.join(', ')}` : `did you mean '${near}'?`;
  return new Mistake(`'${text}' is not an objective: ${hint}`, 0);
}

function p99(most: string): Objective | Mistake {
  try {
    return { kind: 'p99', most: readTime({ text: most, column: 0 }) };
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

function cpu(most: string): Objective | Mistake {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(most);
  const percent = Number(share?.[1]);
  if (share !== null && percent <= 100) return { kind: 'cpu', most: percent / 100 };
  return new Mistake(`'${most}' is not a share of a CPU: write a percentage, as in cpu<=2%`, 0);
}

/** Figures that say the same to a reader count as equal, so that the next one decides. */
const counts = (n: number): number => Number(n.toPrecision(2));
const times = (n: number): number => Number(n.toPrecision(3));

/** Everything by which one trial can be better than another; less is better in each. */
export const virtues = (figures: Figures): number[] => [
  failed(figures) ? 1 : 0,
  spins(figures) ? 2 : oscillates(figures) ? 1 : 0,
  counts(figures.stallTotal),
  times(figures.stallMax),
  times(figures.stallP99),
  times(figures.cpu),
  // Unknown of one trial, unknown of all.
  counts(figures.refaults ?? 0),
];

/** At least as good in everything, and better in something: of two `virtues`. */
export const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value <= b[i]) && a.some((value, i) => value < b[i]);

/** Whether these figures are what was asked for, not merely the nearest to it. */
export function meets(objective: Objective, figures: Figures): boolean {
  if (failed(figures)) return false;
  switch (objective.kind) {
    case 'no-stalls':
      return figures.stalls === 0;
    case 'p99':
      return figures.stallP99 <= objective.most;
    case 'cpu':
      return figures.cpuShare <= objective.most;
    case 'refaults':
      return figures.refaults === 0;
    case 'elapsed':
      return true;
  }
}

/** Whether a run on another day is still what was asked for; of what has no bound, whether it comes to its end. */
export const holds = (objective: Objective, figures: Figures): boolean =>
  hasBound(objective) ? meets(objective, figures) : !failed(figures);

export const hasBound = ({ kind }: Objective): boolean => kind !== 'refaults' && kind !== 'elapsed';

/** What differs by less is the same. */
const NEAR = 1.05;

/** Whether figures are as good as the best ones, in what was asked for. */
export function isAsGood(objective: Objective, figures: Figures, best: Figures): boolean {
  if (failed(figures) || figures.stopped !== null) return false;
  const near = (read: (figures: Figures) => number): boolean => read(figures) <= read(best) * NEAR;
  switch (objective.kind) {
    case 'no-stalls':
      return near(({ stallTotal }) => stallTotal);
    case 'p99':
      return figures.stallP99 <= Math.max(objective.most, best.stallP99);
    case 'cpu':
      return (
        figures.cpuShare <= Math.max(objective.most, best.cpuShare) && near(({ stallTotal }) => stallTotal)
      );
    case 'refaults':
      return near(({ refaults }) => refaults ?? 0);
    case 'elapsed':
      return near(({ elapsed }) => elapsed);
  }
}

/** Whether these figures are as good as those of no marks at all. */
export const isNoWorse = (objective: Objective, figures: Figures, without: Figures): boolean =>
  failed(without) ? !failed(figures) : isAsGood(objective, figures, without);

/** Whether marks are what was asked for, or nearer to it than none, or tasks wait less. */
export const helps = (objective: Objective, figures: Figures, without: Figures): boolean =>
  meets(objective, figures) ||
  (!failed(figures) &&
    !(isNoWorse(objective, without, figures) && without.stallTotal <= figures.stallTotal * NEAR));

/** So many times what is waited without marks, and of a run's length. */
const HOPELESS = 2;

/**
 * With more time waited in one of a trial's runs than this, ns, its mean is above what tasks wait without marks, so that it
 * never helps; null: what is wanted is something else, or anything is better than none.
 */
export const mostWaited = (
  { kind }: Objective,
  unlimited: Figures,
  without: Figures,
  runs: number,
): number | null =>
  kind !== 'no-stalls' || failed(without)
    ? null
    : Math.ceil(runs * HOPELESS * (without.stallTotal + unlimited.elapsed));

/**
 * Figures to be compared one after the other; less is better. Runs that failed come last, and the
 * objective's own order ends in everything that a trial can be better by: so the least is never dominated.
 */
export function scoreOf(objective: Objective, figures: Figures): number[] {
  const [broken, trouble, waited, longest, p99, cpu, refaults] = virtues(figures);
  const excess = (value: number, most: number): number => Math.max(0, value - most);
  const first = [broken, figures.oomKills];
  switch (objective.kind) {
    case 'no-stalls':
      return [...first, Math.min(1, Math.ceil(figures.stalls)), trouble, waited, longest, cpu, refaults, p99];
    case 'p99':
      return [...first, excess(p99, objective.most), cpu, refaults, waited, trouble, longest, p99];
    case 'cpu':
      return [
        ...first,
        excess(figures.cpuShare, objective.most),
        waited,
        longest,
        refaults,
        cpu,
        trouble,
        p99,
      ];
    case 'refaults':
      return [...first, refaults, trouble, waited, longest, cpu, p99];
    case 'elapsed':
      return [...first, times(figures.elapsed), trouble, waited, longest, cpu, refaults, p99];
  }
}

/** What trials are compared by: the score, and where that is the same, the marks. */
export interface Ranked {
  readonly marks: Marks;
  readonly score: readonly number[];
}

/**
 * Which serves the objective better: below 0, the first. Equals are told apart by the higher high (fewer
 * evictions), the higher low, the higher limit, then the policy's name: never 0 for two points.
 */
export function compareRanked(a: Ranked, b: Ranked): number {
  const differs = a.score.findIndex((value, i) => value !== b.score[i]);
  if (differs >= 0) return a.score[differs] - b.score[differs];
  const [p, q] = [a.marks, b.marks];
  const names = p.policy < q.policy ? -1 : p.policy > q.policy ? 1 : 0;
  return q.high - p.high || q.low - p.low || q.limit - p.limit || names;
}

/** The same for trials as they are, over all their seeds. */
export const compareTrials = (objective: Objective, a: Trial, b: Trial): number =>
  compareRanked(ranked(objective, a), ranked(objective, b));

const ranked = (objective: Objective, trial: Trial): Ranked => ({
  marks: trial,
  score: scoreOf(objective, figuresOf(trial)),
});
