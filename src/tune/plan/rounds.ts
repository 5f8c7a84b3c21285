import { duration, pageSize } from '../../kernel/numbers.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import { hasOneMark, type KernelVersion } from '../../machine/kernels.ts';
import { REREADS_UNKNOWN } from '../../report/rereads.ts';
import { shown } from '../../script/paths.ts';
import { STDIN } from '../../script/script-files.ts';
import { roomiest } from '../analysis/robust.ts';
import { type Job, type JobScript, kernelOf } from '../job.ts';
import { NONE } from '../run/point-marks.ts';
import {
  type Marks,
  type Measurement,
  marksKey,
  type Sweep,
  type Task,
  type Trial,
  taskKey,
} from '../sweep.ts';
import { type Axis, allowedUnder } from './axis.ts';
import { Bounds } from './bounds.ts';
import { type Cell, cellsOf } from './cells.ts';
import { around, coarseGrid, type Field, isWithin, type MarkPair } from './grid.ts';
import { Holding } from './holding.ts';
import {
  AUTO_SHARES,
  autoLimit,
  limitsAsked,
  limitsWithin,
  narrowed,
  outlived,
  outlivesOtherDays,
  type Span,
  SURVEYED_ROOMS,
} from './limits.ts';
import type { Planned, PlanSettings, Refused } from './plan.ts';
import { Tried } from './tried.ts';
import { Writing } from './writing.ts';

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

/** Yields the runs of each round; goes on when all of them are known. */
type Steps<T> = Generator<readonly Task[], T, void>;

/** The rounds of one sweep: of a script, or of several recordings of one program. */
export class Rounds {
  readonly #job: Job;
  readonly #scripts: readonly JobScript[];
  readonly #memory: Pages;
  readonly #settings: PlanSettings;
  readonly #known: (task: Task) => Measurement | undefined;
  readonly #tried: Tried;
  /** Of other days. */
  readonly #cells: readonly Cell[];
  readonly #holding: Holding;
  readonly #kernel: KernelVersion;
  readonly #writing: Writing;
  #peak: Pages | null = null;
  #limit: Pages | null = null;
  #limits: readonly Pages[] = [];
  /** null: all run to their end. */
  #bounds: Bounds | null = null;

  constructor(
    job: Job,
    scripts: readonly number[],
    settings: PlanSettings,
    known: ReadonlyMap<string, Measurement>,
  ) {
    this.#job = job;
    this.#scripts = scripts.map((script) => job.scripts[script]);
    this.#memory = pages(Math.min(...this.#scripts.map(({ memory }) => memory)));
    this.#kernel = kernelOf(job);
    this.#settings = settings;
    const isOutside = (marks: Marks): boolean =>
      marks.limit === this.#limit && !isWithin(this.#field(marks.policy), marks);
    const knownAt = (task: Task): Measurement | undefined => known.get(taskKey(task));
    this.#known = knownAt;
    this.#tried = new Tried(scripts, settings.seeds.slice(0, 2), knownAt, isOutside);
    this.#cells = cellsOf(scripts, settings.seeds);
    this.#holding = new Holding(settings, this.#cells, knownAt);
    this.#writing = new Writing(settings, this.#kernel, knownAt);
  }

  /** Runs of all rounds, about. */
  get expected(): number {
    const { policies, points } = this.#settings;
    return this.#tried.cells.length * (policies.length * points + OTHERS);
  }

  *all(): Steps<Planned> {
    const refused = (yield* this.#unlimited()) ?? (yield* this.#findLimit());
    if (refused !== null) return refused;
    this.#bounds = this.#boundsHere();
    const contradiction = yield* this.#grid();
    if (contradiction !== null) return contradiction;
    if (yield* this.#differAfterAll()) yield* this.#again();
    yield* this.#closeIn();
    yield* this.#hold();
    yield* this.#smallest();
    yield* this.#beside();
    yield* this.#writing.of(() => this.sweep(null), this.#tried.cells);
    const sweep = this.sweep(null);
    if (sweep === null) throw new Error('a sweep that is done has all its runs');
    return { is: 'done', sweep };
  }

  /** A round's tasks, each with the time after which it is stopped. */
  bounded = (tasks: readonly Task[]): readonly Task[] => this.#bounds?.of(tasks) ?? tasks;

  /** How it goes without a limit and without marks tells when a run is not worth its end. */
  #boundsHere(): Bounds | null {
    const [unlimited, without] = [this.#memory, this.#limit ?? pages(0)].map((limit) =>
      this.#tried.trial(this.#withoutMarks(limit)),
    );
    const runs = this.#scripts.length * this.#settings.seeds.length;
    return unlimited && without && new Bounds(this.#settings, { unlimited, without, runs }, this.#known);
  }

  /** As sentences name it. */
  get #name(): string {
    const [{ name }, ...others] = this.#scripts;
    if (others.length > 0) return `one of the ${this.#scripts.length} recordings`;
    return name === STDIN ? 'the script' : name;
  }

  /** Of what is known up to now; null: not even how it goes without background reclaim. */
  sweep(partial: string | null): Sweep | null {
    const { warmup, group } = this.#job;
    const { seeds } = this.#settings;
    if (this.#peak === null || this.#limit === null) return null;
    const without = this.#tried.trial(this.#withoutMarks(this.#limit));
    if (without === null) return null;
    return {
      script: this.#scripts.map(({ name }) => name).join(', '),
      scripts: this.#scripts.map(({ name }) => name),
      kernel: this.#kernel,
      group,
      policy: this.#scripts[0].policy,
      booting: bootingOf(this.#job),
      sha256: this.#scripts.map(({ sha256 }) => sha256).join(', '),
      peak: this.#peak,
      limit: this.#limit,
      autoLimit: this.#settings.limit === null && this.#settings.limits === null,
      limits: this.#limits.flatMap((limit) => this.#tried.trial(this.#withoutMarks(limit)) ?? []),
      seeds: this.#tried.seeds,
      ...(this.#tried.seeds.length < seeds.length && { agreeingSeeds: seeds.length }),
      warmup,
      without,
      trials: this.#tried.trials(),
      held: this.#holding.held(),
      written: this.#writing.written(),
      partial,
    };
  }

  *#unlimited(): Steps<Refused | null> {
    const memory = this.#memory;
    const marks = { policy: NONE, limit: memory, high: memory, low: memory };
    yield this.#tried.points([marks]);
    const measurements = this.#tried.measurements(marks) ?? [];
    const peak = pages(Math.max(...measurements.map((each) => each.peak)));
    const name = this.#name;
    const { group, warmup } = this.#job;
    const elapsed = Math.min(...measurements.map((each) => each.elapsed));
    const error = measurements.find((each) => each.error !== null)?.error ?? null;
    if (error !== null) return refused(`${name} fails without any limit: ${error}`);
    if (measurements.some((each) => each.peak === 0))
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
  *#findLimit(): Steps<Refused | null> {
    const peak = this.#peak ?? pages(0);
    const { limit: given, limits: several } = this.#settings;
    if (several !== null) return yield* this.#survey(several, peak);
    if (given !== null && peak <= given)
      return mistake(
        `${this.#name} never reaches ${pageSize(given)}: its peak is ${pageSize(peak)}. ` +
          'Set --limit below that, or to auto',
      );
    const limits = given === null ? AUTO_SHARES.map((share) => autoLimit(peak, share)) : [given];
    let least: Pages | null = null;
    for (const limit of new Set(limits)) {
      this.#limit = limit;
      yield this.#tried.points([this.#withoutMarks(limit)]);
      if (!this.#tried.measurements(this.#withoutMarks(limit))?.every(outlived)) continue;
      least ??= limit;
      if (given !== null || (yield* outlivesOtherDays(this.#cells, this.#withoutMarks(limit), this.#known)))
        break;
      this.#limit = least;
    }
    this.#chooseSeeds();
    return null;
  }

  /** What each of several limits buys, under a few marks; the rest is about one of them. */
  *#survey(asked: Axis, peak: Pages): Steps<Refused | null> {
    this.#limits = limitsAsked(asked, peak);
    if (this.#limits.length === 0)
      return mistake(
        `${this.#name} never reaches any of these limits: its peak is ${pageSize(peak)}. Set --limit below that, or to auto`,
      );
    const marks = this.#limits.flatMap((limit) =>
      this.#settings.policies.flatMap((policy) =>
        SURVEYED_ROOMS.map((room): Marks => {
          const high = pages(Math.floor(limit * (1 - room)));
          const low = hasOneMark(policy, this.#kernel) ? high : pages(Math.floor(limit * (1 - 1.5 * room)));
          return { policy, limit, high, low };
        }),
      ),
    );
    for (const each of marks) this.#tried.add(each);
    yield this.#tried.points([...this.#limits.map(this.#withoutMarks), ...marks]);
    const without = this.#limits.flatMap((limit) => this.#tried.trial(this.#withoutMarks(limit)) ?? []);
    this.#limit = this.#settings.mainLimit(without, this.#tried.trials());
    this.#chooseSeeds();
    return null;
  }

  /** One will do where the first two came to the same. */
  #chooseSeeds(): void {
    if (!this.#tried.agree(this.#withoutMarks(this.#memory), this.#withoutMarks(this.#limit ?? pages(0))))
      this.#tried.use(this.#settings.seeds);
    else this.#tried.use(this.#settings.seeds.slice(0, 1));
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
    for (const each of marks) this.#tried.add(each);
    yield this.#tried.points(this.#all());
    return null;
  }

  *#closeIn(): Steps<void> {
    for (;;) {
      const marks = this.#settings.policies.flatMap((policy) => this.#promising(policy));
      if (marks.length === 0) return;
      for (const each of marks) this.#tried.add(each);
      yield this.#tried.points(marks);
    }
  }

  /** What is to be tried next around the best of a policy that are not looked around yet, as far as points go. */
  #promising(policy: string): Marks[] {
    const field = this.#field(policy);
    const trials = this.#tried.under(field.limit).filter((trial) => trial.policy === policy);
    const found = new Map<string, Marks>();
    let looked = 0;
    for (const trial of [...trials].sort(this.#settings.better)) {
      const fresh = around(trial, trials, field)
        .map((pair) => ({ policy, limit: field.limit, ...pair }))
        .filter((marks) => !this.#tried.has(marks));
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
      for (const each of limits.flat()) this.#tried.add(each);
      yield this.#tried.points(limits.flat());
      span = narrowed(
        span,
        limits.map((tried) => ({
          limit: tried[0].limit,
          calm: tried.some((each) => this.#tried.measurements(each)?.every(calm)),
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
    return this.#tried
      .under(this.#limit ?? pages(0))
      .filter((trial) => !trial.outside && trial.policy === policy && trial.measurements.every(outlived))
      .sort(this.#settings.better);
  }

  /** Of each policy, whether what is best holds on another day. */
  *#hold(): Steps<void> {
    const none = this.#withoutMarks(this.#limit ?? pages(0));
    const without = this.#tried.trial(none);
    if (without === null) return;
    for (const policy of this.#settings.policies) {
      const { marks, isRelative } = this.#settings.candidates(this.#good(policy), without);
      yield* this.#holding.of(marks, isRelative ? none : null);
    }
  }

  *#beside(): Steps<void> {
    for (let move = 0; move < MOST_MOVES; move += 1) {
      const sweep = this.sweep(null);
      if (sweep === null) return;
      const memory = this.#memory;
      const marks = this.#settings.beside(sweep).filter((each) => each.limit <= memory);
      for (const each of marks) this.#tried.add(each);
      yield this.#tried.points(marks);
    }
  }

  /** The best that runs to its end; null: none does. */
  #best(): Trial | null {
    const [best] = this.#tried
      .under(this.#limit ?? pages(0))
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
      oneMark: hasOneMark(policy, this.#kernel),
    };
  }

  #withoutMarks = (limit: Pages): Marks => ({ policy: NONE, limit, high: limit, low: limit });

  /**
   * Whether what seemed to have nothing random in it has: the best of the grid, and some of the others, are run
   * with the second seed. If so, all seeds are used from here on.
   */
  *#differAfterAll(): Steps<boolean> {
    const { seeds } = this.#settings;
    if (this.#tried.seeds.length === seeds.length) return false;
    const best = this.#best();
    const some = this.#tried.all().filter((_, i) => i % SAMPLED === 0);
    const sample = best === null ? some : [best, ...some];
    this.#tried.use(seeds.slice(0, 2));
    yield this.#tried.points(sample);
    const differ = !this.#tried.agree(...sample);
    this.#tried.use(differ ? seeds : seeds.slice(0, 1));
    return differ;
  }

  /** All that was tried up to now, with all seeds. */
  *#again(): Steps<void> {
    yield this.#tried.points(this.#all());
  }

  /** All that was tried up to now, and no marks at all under each limit that was asked for. */
  #all(): Marks[] {
    const limits = new Set(this.#limit === null ? [] : [this.#limit, ...this.#limits]);
    return [...[...limits].map(this.#withoutMarks), ...this.#tried.all()];
  }
}

/** See Sweep.booting: only memcg's own boot script comes with one for other policies. */
const bootingOf = ({ boot, bootOfOthers }: Job): readonly string[] =>
  boot === null ? ['--bare'] : bootOfOthers === undefined ? ['--boot', boot] : [];

const calm = (measurement: Measurement): boolean => outlived(measurement) && measurement.stalls === 0;

/** The same marks by their shares of another limit. */
const scaledTo = ({ policy, limit: from, high, low }: Marks, limit: Pages): Marks & MarkPair => ({
  policy,
  limit,
  high: pages(Math.floor((high / from) * limit)),
  low: pages(Math.floor((low / from) * limit)),
});

const mistake = (message: string): Refused => ({ is: 'refused', kind: 'mistake', message });
const refused = (message: string): Refused => ({ is: 'refused', kind: 'refused', message });
