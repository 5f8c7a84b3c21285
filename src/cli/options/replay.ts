import { type Pages, pages } from '../../kernel/units.ts';
import { policyNamed } from '../../machine/kernels.ts';
import { type MachineOptions, type PolicyName, policyIn } from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import { Mistake } from '../../script/mistake.ts';
import { readErrata, readPolicy, readSeed } from '../../script/options.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import { cgroupPath, shortName } from '../../script/paths.ts';
import type { BootScript } from '../../script/run.ts';
import { STDIN } from '../../script/script-files.ts';
import { readPages, readWhole } from '../../script/values.ts';
import type { Word } from '../../script/words.ts';
import type { TheMachine } from '../../script/world.ts';
import { type AskedReport, readReports } from './reports.ts';
import { checkBooting, optional, orMistake } from './values.ts';

/** The options of `memcg replay` as commander gives them. */
export interface GivenOptions {
  readonly compare?: boolean;
  readonly policy?: string;
  readonly watch?: boolean;
  readonly limit?: string;
  readonly high?: string;
  readonly low?: string;
  readonly json?: boolean;
  readonly events?: string;
  readonly svg?: string;
  readonly html?: string;
  readonly perfetto?: string;
  readonly csv?: string;
  readonly openmetrics?: string;
  readonly seed?: string;
  readonly errata?: string;
  readonly boot?: string;
  readonly bare?: boolean;
  readonly group: string;
  readonly width?: string;
  readonly color: boolean;
}

/** What they mean. */
export interface ReplayOptions {
  readonly compare: boolean;
  /** One run under each of them; empty: as the script says. */
  readonly policies: readonly PolicyName[];
  /** On the dashboard; null: not. */
  readonly watch: { readonly color: boolean } | null;
  /** File for trace events; null: none. */
  readonly events: string | null;
  readonly reports: readonly AskedReport[];
  readonly machine: Partial<MachineOptions>;
  readonly boot: BootScript;
  readonly group: string;
  readonly marks: Marks | null;
  readonly width: number | null;
}

interface Marks {
  readonly low: Pages;
  readonly high: Pages;
  readonly limit: Pages;
}

/** A Mistake's message names the option. */
export function readOptions(given: GivenOptions, scripts: readonly string[]): ReplayOptions | Mistake {
  return orMistake(() => checked(given, scripts));
}

function checked(given: GivenOptions, scripts: readonly string[]): ReplayOptions {
  if (scripts.filter((each) => each === STDIN).length > 1)
    throw new Mistake("standard input ('-') can be read once", 0);
  checkBooting(given);
  const reports = readReports(given, scripts);
  if (given.watch && !process.stdout.isTTY)
    throw new Mistake('--watch takes a terminal: leave it out here', 0);
  if (given.watch && (given.events !== undefined || reports.length > 0))
    throw new Mistake('--watch plays a script, and writes no files: run it again for those', 0);
  const policies = optional('--policy', given.policy, readPolicies) ?? [];
  if (given.compare && policies.length > 0)
    throw new Mistake('--compare and --policy: add none to the policies instead', 0);
  if (given.watch && policies.length > 1) throw new Mistake('--watch plays one run: name one policy', 0);
  const seed = optional('--seed', given.seed, readSeed);
  const errata = optional('--errata', given.errata, readErrata);
  return {
    compare: given.compare ?? false,
    policies,
    events: given.events ?? null,
    watch: given.watch ? { color: given.color } : null,
    reports,
    machine: { ...(seed !== null && { seed }), ...(errata !== null && { errata }) },
    boot: given.bare ? null : (given.boot ?? bootScriptFile),
    group: cgroupPath(given.group),
    marks: readMarks(given),
    width: optional('--width', given.width, (word) => readWhole(word, 20, 1000)),
  };
}

/** Names with commas between, each once. */
function readPolicies({ text, column }: Word): readonly PolicyName[] {
  const policies = text.split(',').map((name) => readPolicy({ text: name, column }));
  const twice = policies.find((name, i) => policies.indexOf(name) !== i);
  if (twice !== undefined) throw new Mistake(`'${twice}' is named twice`, column);
  return policies;
}

function readMarks(given: GivenOptions): Marks | null {
  const limit = optional('--limit', given.limit, readPages);
  const givenHigh = optional('--high', given.high, readPages);
  const givenLow = optional('--low', given.low, readPages);
  if (limit === null) {
    if (givenHigh === null && givenLow === null) return null;
    throw new Mistake('--high and --low go with --limit', 0);
  }
  const high = givenHigh ?? atLeast(givenLow, share(limit, 7 / 8));
  const low = givenLow ?? atMost(high, share(limit, 3 / 4));
  if (low > high || high > limit) {
    throw new Mistake('the marks have an order: --low is at most --high, and --high at most --limit', 0);
  }
  return { low, high, limit };
}

const share = (limit: Pages, part: number): Pages => pages(Math.floor(limit * part));
const atMost = (most: Pages, count: Pages): Pages => (count > most ? most : count);
const atLeast = (least: Pages | null, count: Pages): Pages =>
  least !== null && least > count ? least : count;

/** The commands that set these marks on the default group, in the knobs of the machine's policy. */
export function marksCommands({ marks, group }: ReplayOptions, { options }: TheMachine): Command[] {
  if (marks === null) return [];
  const values = policyNamed(policyIn(options))
    .knobs(marks)
    .map(({ file, value }) => ({
      name: shortName(file),
      value,
      column: 0,
    }));
  return [{ name: 'set', cgroup: group, values }];
}
