import { duration, pageSize } from '../../kernel/numbers.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import { findPolicy } from '../../machine/kernels.ts';
import { REREADS_UNKNOWN } from '../../report/rereads.ts';
import { shown } from '../../script/paths.ts';
import { STDIN } from '../../script/script-files.ts';
import { roomiest } from '../analysis/robust.ts';
import type { Job, JobScript } from '../job.ts';
import { NONE } from '../run/point-marks.ts';
import {
  type Marks,
  type Measurement,
  marksKey,
  marksOf,
  type Point,
  type Sweep,
  type Trial,
  taskKey,
} from '../sweep.ts';
import { allowedUnder } from './axis.ts';
import { around, coarseGrid, type Field, isWithin, type MarkPair } from './grid.ts';
import { Holding } from './holding.ts';
import { AUTO_SHARES, autoLimit, limitsWithin, narrowed, type Span } from './limits.ts';
import type { Planned, PlanSettings, Refused } from './plan.ts';

/** Of the points, so many are for the first grid; the others close in on what is best there. */
const COARSE = 0.6;
/** One of so many points, and at least two, are closed in on in each round: enough at once for many workers. */
const PROMISING = 1 / 80;
/** Under smaller limits the best marks are tried that leave these shares of the limit free. */
const ROOMS = [0, 0.04, 0.16];

/** One of so many marks of the grid is run with a second seed where the first two agreed up to there. */
const SAMPLED = 8;
/** Looking beside the best may find a better one, and then beside that. */
const MOST_MOVES = 4;

/** Runs without background reclaim, for the smallest limit and beside the best: about so many. */
const OTHERS = 50;

/** Yields the points of each round; goes on when all of them are known. */
type Steps<T> = Generator<readonly Point[], T, void>;

/** The rounds of one script's sweep. */
export class Rounds {
  readonly #job: Job;
  readonly #index: number;
  readonly #script: JobScript;
  readonly #settings: PlanSettings;
  readonly #known: ReadonlyMap<string, Measurement>;
  readonly #tried = new Map<string, Marks>();
  /** Those of which all seeds are known. */
  readonly #whole = new Map<string, Trial>();
  readonly #holding: Holding;
  #seeds: readonly number[];
  #peak: Pages | null = null;
  #limit: Pages | null = null;

  constructor(job: Job, index: number, settings: PlanSettings, known: ReadonlyMap<string, Measurement>) {
    this.#job = job;
    this.#index = index;
    this.#script = job.scripts[index];
    this.#settings = settings;
    this.#known = known;
    this.#seeds = settings.seeds.slice(0, 2);
    this.#holding = new Holding(settings, (point) => known.get(taskKey({ script: index, point })));
  }

  /** Runs of all rounds, about. */
  get expected(): number {
    const { policies, points } = this.#settings;
    return this.#seeds.length * (policies.length * points + OTHERS);
  }

  *all(): Steps<Planned> {
    const refused = (yield* this.#unlimited()) ?? (yield* this.#limits());
    if (refused !== null) return refused;
    const contradiction = yield* this.#grid();
    if (contradiction !== null) return contradiction;
    if (yield* this.#differAfterAll()) yield* this.#again();
    yield* this.#closeIn();
    yield* this.#hold();
    yield* this.#smallest();
    yield* this.#beside();
    const sweep = this.sweep(null);
    if (sweep === null) throw new Error('a sweep that is done has all its runs');
    return { is: 'done', sweep };
  }

  /** As sentences name it. */
  get #name(): string {
    return this.#script.name === STDIN ? 'the script' : this.#script.name;
  }

  /** Of what is known up to now; null: not even how it goes without background reclaim. */
  sweep(partial: string | null): Sweep | null {
    const { warmup, group } = this.#job;
    const { name, sha256 } = this.#script;
    const { seeds } = this.#settings;
    if (this.#peak === null || this.#limit === null) return null;
    const without = this.#trial(this.#withoutMarks(this.#limit));
    if (without === null) return null;
    return {
      script: name,
      group,
      policy: this.#script.policy,
      booting: bootingOf(this.#job),
      sha256,
      peak: this.#peak,
      limit: this.#limit,
      autoLimit: this.#settings.limit === null,
      seeds: this.#seeds,
      ...(this.#seeds.length < seeds.length && { agreeingSeeds: seeds.length }),
      warmup,
      without,
      trials: this.#trials(),
      held: this.#holding.held(),
      partial,
    };
  }

  *#unlimited(): Steps<Refused | null> {
    const memory = this.#script.memory;
    const marks = { policy: NONE, limit: memory, high: memory, low: memory };
    yield this.#points([marks]);
    const measurements = this.#measurements(marks) ?? [];
    const peak = pages(Math.max(...measurements.map((each) => each.peak)));
    const name = this.#name;
    const { group, warmup } = this.#job;
    const [{ elapsed }] = measurements;
    const error = measurements.find((each) => each.error !== null)?.error ?? null;
    if (error !== null) return refused(`${name} fails without any limit: ${error}`);
    if (peak === 0)
      return mistake(
        `${name}: nothing is charged to ${shown(group)}: name the group of its tasks with --group (boot scripts ` +
          'make it), or let them be spawned there',
      );
    if (this.#settings.needsRereads && measurements.some(({ refaults }) => refaults === null))
      return mistake(`${name}: ${REREADS_UNKNOWN}`);
    if (warmup > 0 && elapsed <= warmup)
      return mistake(
        `${name} takes ${duration(elapsed)}: nothing is left of it after ${duration(warmup)} of --warmup`,
      );
    this.#peak = peak;
    return null;
  }

  /** Finds the limit, and how it goes there without background reclaim. */
  *#limits(): Steps<Refused | null> {
    const peak = this.#peak ?? pages(0);
    const { limit: given } = this.#settings;
    if (given !== null && peak <= given)
      return mistake(
        `${this.#name} never reaches ${pageSize(given)}: its peak is ${pageSize(peak)}. ` +
          'Set --limit below that, or to auto',
      );
    const limits = given === null ? AUTO_SHARES.map((share) => autoLimit(peak, share)) : [given];
    for (const limit of new Set(limits)) {
      this.#limit = limit;
      yield this.#points([this.#withoutMarks(limit)]);
      if (this.#measurements(this.#withoutMarks(limit))?.every(outlived)) break;
    }
    if (!this.#agree(this.#withoutMarks(this.#script.memory), this.#withoutMarks(this.#limit ?? pages(0))))
      this.#use(this.#settings.seeds);
    else this.#use(this.#settings.seeds.slice(0, 1));
    return null;
  }

  *#grid(): Steps<Refused | null> {
    const { policies, points } = this.#settings;
    const marks = policies.flatMap((policy) => {
      const field = this.#field(policy);
      return coarseGrid(field, Math.ceil(points * COARSE)).map((pair) => ({
        policy,
        limit: field.limit,
        ...pair,
      }));
    });
    if (marks.length === 0) return mistake(`${this.#name}: every --low is above every --high`);
    for (const each of marks) this.#try(each);
    yield this.#points([...(this.#limit === null ? [] : [this.#withoutMarks(this.#limit)]), ...marks]);
    return null;
  }

  *#closeIn(): Steps<void> {
    for (;;) {
      const marks = this.#settings.policies.flatMap((policy) => this.#promising(policy));
      if (marks.length === 0) return;
      for (const each of marks) this.#try(each);
      yield this.#points(marks);
    }
  }

  /** What is to be tried next around the best of a policy that are not looked around yet, as far as points go. */
  #promising(policy: string): Marks[] {
    const field = this.#field(policy);
    const trials = this.#under(field.limit).filter((trial) => trial.policy === policy);
    const found = new Map<string, Marks>();
    let looked = 0;
    for (const trial of [...trials].sort(this.#settings.better)) {
      const fresh = around(trial, trials, field)
        .map((pair) => ({ policy, limit: field.limit, ...pair }))
        .filter((marks) => !this.#tried.has(marksKey(marks)));
      for (const marks of fresh) found.set(marksKey(marks), marks);
      if (fresh.length > 0) looked += 1;
      if (looked >= Math.max(2, Math.round(this.#settings.points * PROMISING))) break;
    }
    return [...found.values()].slice(0, Math.max(0, this.#settings.points - trials.length));
  }

  /** The smallest limit at which it runs without stalls, under marks that are good by their shares. */
  *#smallest(): Steps<void> {
    const limit = this.#limit ?? pages(0);
    const most = this.#peak ?? pages(0);
    const good = this.#roomy();
    if (good.length === 0) return;
    const isCalm = good.some(({ measurements }) => measurements.every(calm));
    let span: Span = isCalm ? { below: pages(0), calm: limit } : { below: limit, calm: most };
    for (;;) {
      const limits = limitsWithin(span, most).map((to) => good.map((trial) => scaledTo(trial, to)));
      if (limits.length === 0) return;
      for (const each of limits.flat()) this.#try(each);
      yield this.#points(limits.flat());
      span = narrowed(
        span,
        limits.map((tried) => ({
          limit: tried[0].limit,
          calm: tried.some((each) => this.#measurements(each)?.every(calm)),
        })),
      );
    }
  }

  /** The best marks, and the best that leave more room below the limit: a smaller one may need it. */
  #roomy(): Trial[] {
    const best = this.#best();
    if (best === null) return [];
    return roomiest(this.#good(best.policy), ROOMS);
  }

  /** Of a policy's trials those that run to their end, the best first. */
  #good(policy: string): Trial[] {
    return this.#under(this.#limit ?? pages(0))
      .filter((trial) => !trial.outside && trial.policy === policy && trial.measurements.every(outlived))
      .sort(this.#settings.better);
  }

  /** Of each policy, whether what is best holds on another day. */
  *#hold(): Steps<void> {
    for (const policy of this.#settings.policies)
      yield* this.#holding.of(this.#settings.candidates(this.#good(policy)));
  }

  *#beside(): Steps<void> {
    for (let move = 0; move < MOST_MOVES; move += 1) {
      const sweep = this.sweep(null);
      if (sweep === null) return;
      const memory = this.#script.memory;
      const marks = this.#settings.beside(sweep).filter((each) => each.limit <= memory);
      for (const each of marks) this.#try(each);
      yield this.#points(marks);
    }
  }

  /** The best that runs to its end; null: none does. */
  #best(): Trial | null {
    const [best] = this.#under(this.#limit ?? pages(0))
      .filter((trial) => !trial.outside)
      .sort(this.#settings.better);
    return best?.measurements.every(outlived) ? best : null;
  }

  #field(policy: string): Field {
    const limit = this.#limit ?? pages(0);
    const { high, low } = this.#settings;
    return {
      limit,
      high: allowedUnder(limit, high),
      low: allowedUnder(limit, low),
      oneMark: hasOneMark(policy),
    };
  }

  #withoutMarks = (limit: Pages): Marks => ({ policy: NONE, limit, high: limit, low: limit });

  /**
   * Whether what seemed to have nothing random in it has: the best of the grid, and some of the others, are run
   * with the second seed. If so, all seeds are used from here on.
   */
  *#differAfterAll(): Steps<boolean> {
    const { seeds } = this.#settings;
    if (this.#seeds.length === seeds.length) return false;
    const best = this.#best();
    const some = [...this.#tried.values()].filter((_, i) => i % SAMPLED === 0);
    const sample = best === null ? some : [best, ...some];
    this.#use(seeds.slice(0, 2));
    yield this.#points(sample);
    const differ = !this.#agree(...sample);
    this.#use(differ ? seeds : seeds.slice(0, 1));
    return differ;
  }

  /** All that was tried up to now, with all seeds. */
  *#again(): Steps<void> {
    const without = this.#limit === null ? [] : [this.#withoutMarks(this.#limit)];
    yield this.#points([...without, ...this.#tried.values()]);
  }

  #use(seeds: readonly number[]): void {
    this.#seeds = seeds;
    this.#whole.clear();
  }

  /** Whether all of the seeds in use came to the same, in each of these. */
  #agree(...marks: readonly Marks[]): boolean {
    return marks.every((each) => {
      const texts = (this.#measurements(each) ?? []).map((measurement) => JSON.stringify(measurement));
      return texts.every((text) => text === texts[0]);
    });
  }

  #try(marks: Marks): void {
    this.#tried.set(marksKey(marks), marks);
  }

  #points(marks: readonly Marks[]): Point[] {
    return marks.flatMap((each) => this.#seeds.map((seed) => ({ ...marksOf(each), seed })));
  }

  /** null: not all of its seeds are known. */
  #measurements(marks: Marks): Measurement[] | null {
    const measurements: Measurement[] = [];
    for (const seed of this.#seeds) {
      const measurement = this.#known.get(taskKey({ script: this.#index, point: { ...marks, seed } }));
      if (measurement === undefined) return null;
      measurements.push(measurement);
    }
    return measurements;
  }

  #trial(marks: Marks): Trial | null {
    const key = marksKey(marks);
    const known = this.#whole.get(key);
    if (known !== undefined) return known;
    const measurements = this.#measurements(marks);
    if (measurements === null) return null;
    const outside = marks.limit === this.#limit && !isWithin(this.#field(marks.policy), marks);
    const trial: Trial = { ...marks, measurements, ...(outside && { outside }) };
    this.#whole.set(key, trial);
    return trial;
  }

  #trials(): Trial[] {
    return [...this.#tried.values()].flatMap((marks) => this.#trial(marks) ?? []).sort(byMarks);
  }

  #under(limit: Pages): Trial[] {
    return this.#trials().filter((trial) => trial.limit === limit);
  }
}

/** See Sweep.booting: only memcg's own boot script comes with one for other policies. */
const bootingOf = ({ boot, bootOfOthers }: Job): readonly string[] =>
  boot === null ? ['--bare'] : bootOfOthers === undefined ? ['--boot', boot] : [];

const hasOneMark = (name: string): boolean => {
  const policy = findPolicy(name);
  return policy !== undefined && policy.start !== null && policy.stop === null;
};

const outlived = ({ error, oomKills }: Measurement): boolean => error === null && oomKills === 0;
const calm = (measurement: Measurement): boolean => outlived(measurement) && measurement.stalls === 0;

const byMarks = (a: Marks, b: Marks): number =>
  (a.policy < b.policy ? -1 : a.policy > b.policy ? 1 : 0) ||
  a.limit - b.limit ||
  a.high - b.high ||
  a.low - b.low;

/** The same marks by their shares of another limit. */
const scaledTo = ({ policy, limit: from, high, low }: Marks, limit: Pages): Marks & MarkPair => ({
  policy,
  limit,
  high: pages(Math.floor((high / from) * limit)),
  low: pages(Math.floor((low / from) * limit)),
});

const mistake = (message: string): Refused => ({ is: 'refused', kind: 'mistake', message });
const refused = (message: string): Refused => ({ is: 'refused', kind: 'refused', message });
