import { availableParallelism } from 'node:os';
import { type Nanoseconds, ns } from '../../kernel/units.ts';
import { DEFAULT_OPTIONS, type MachineOptions } from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { readErrata } from '../../script/options.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import { cgroupPath } from '../../script/paths.ts';
import { readTime, readWhole } from '../../script/values.ts';
import type { Objective } from '../../tune/analysis/objective.ts';
import { ANYWHERE, type PlanWords, readPlan } from '../../tune/plan/options.ts';
import type { PlanSettings } from '../../tune/plan/plan.ts';
import { parseAddress, type RedisAddress } from '../../tune/queue/address.ts';
import { parseShare, type Share } from '../../tune/run/share.ts';
import type { GivenTune } from '../commands/tune.ts';
import { type AskedReport, readReports } from './reports.ts';
import { checkBooting, optional, orMistake } from './values.ts';

/** What the options of `memcg tune` mean. */
export interface TuneOptions {
  readonly words: PlanWords;
  readonly plan: PlanSettings;
  readonly objective: Objective;
  /** Else a script that asks for another policy than the patch's is refused. */
  readonly policyGiven: boolean;
  readonly jobs: number;
  /** Keeps finished runs; null: nowhere. */
  readonly out: string | null;
  readonly share: Share | null;
  readonly queue: RedisAddress | null;
  readonly machine: Partial<MachineOptions>;
  readonly boot: string | null;
  readonly bootOfOthers: string | undefined;
  readonly group: string;
  readonly warmup: Nanoseconds;
  readonly reports: readonly AskedReport[];
  readonly json: boolean;
  readonly width: number | null;
  readonly color: boolean;
}

const MOST_JOBS = 1024;

/** A Mistake's message names the option. */
export function readTuneOptions(given: GivenTune, scripts: readonly string[]): TuneOptions | Mistake {
  return orMistake(() => checked(given, scripts));
}

function checked(given: GivenTune, scripts: readonly string[]): TuneOptions {
  const named = given.merge ? 'name the folders of the shares' : 'name a script, or - for standard input';
  if (scripts.length === 0) throw new Mistake(`nothing to tune: ${named}`, 0);
  const twice = scripts.find((name, i) => scripts.indexOf(name) !== i);
  if (twice !== undefined) throw new Mistake(`'${twice}' is named twice`, 0);
  checkBooting(given);
  if (given.shard !== undefined && given.out === undefined)
    throw new Mistake('--shard goes with --out: what a share finds out is kept there', 0);
  if (given.merge && given.shard !== undefined) throw new Mistake('--shard does not go with --merge', 0);
  const words: PlanWords = {
    limit: given.limit ?? 'auto',
    high: given.high ?? ANYWHERE,
    low: given.low ?? ANYWHERE,
    points: given.points ?? '150',
    policy: given.policy ?? DEFAULT_OPTIONS.policy,
    objective: given.objective ?? 'no-stalls',
    seeds: given.seeds ?? '3',
    seed: given.seed ?? '1',
  };
  const read = sound(readPlan(words));
  const errata = optional('--errata', given.errata, readErrata);
  return {
    words,
    ...read,
    policyGiven: given.policy !== undefined,
    jobs: optional('--jobs', given.jobs, (word) => readWhole(word, 1, MOST_JOBS)) ?? availableParallelism(),
    out: given.out ?? null,
    share: given.shard === undefined ? null : sound(parseShare(given.shard)),
    queue: given.queue === undefined ? null : sound(parseAddress(given.queue)),
    machine: errata === null ? {} : { errata },
    boot: given.bare ? null : (given.boot ?? bootScriptFile()),
    bootOfOthers: given.bare || given.boot !== undefined ? undefined : bootScriptFile({ policy: 'none' }),
    group: cgroupPath(given.group),
    warmup: optional('--warmup', given.warmup, readTime) ?? ns(0),
    reports: readReports(given, given.merge ? [] : scripts),
    json: given.json ?? false,
    width: optional('--width', given.width, (word) => readWhole(word, 20, 1000)),
    color: given.color,
  };
}

function sound<T>(value: T | Mistake): T {
  if (value instanceof Mistake) throw value;
  return value;
}
