import { type Pages, pages } from '../../kernel/units.ts';
import { ALL_POLICIES, type MachineOptions, type PolicyName, policyMistake } from '../../machine/machine.ts';
import { foreignMark, type GivenMarks } from '../../script/given-marks.ts';
import { Mistake } from '../../script/mistake.ts';
import { type Given, type OptionValues, optionTable, readTable } from '../../script/option-table.ts';
import { readPolicy } from '../../script/options.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import type { BootScript } from '../../script/run.ts';
import { STDIN } from '../../script/script-files.ts';
import { checkOnce, readPages } from '../../script/values.ts';
import type { Word } from '../../script/words.ts';
import type { Speed } from '../../session/protocol.ts';
import { BOOT, checkBooting } from './booting.ts';
import { type AskedReport, readReports } from './reports.ts';
import { file, group, JSON_OPTION, LOOK } from './shared.ts';
import { orMistake, speedIn } from './values.ts';

export const REPLAY_OPTIONS = optionTable({
  compare: {
    flags: '--compare',
    about: 'run each again without background reclaim, and set the two side by side',
    read: null,
  },
  policy: {
    flags: '--policy <list>',
    about: `who reclaims in the background: one or several of ${ALL_POLICIES.join(', ')}; several are set side by side`,
    read: readPolicies,
  },
  watch: {
    flags: '--watch',
    about: 'play it on the dashboard: then the report comes when one leaves that',
    read: null,
  },
  speed: {
    flags: '--speed <n>',
    about: 'with --watch: so many virtual seconds a second, such as 0.1, or max',
    read: readSpeed,
  },
  paused: { flags: '--paused', about: 'with --watch: begin with time standing still', read: null },
  limit: {
    flags: '--limit <list>',
    about:
      'set the marks of the default group before the first line: the limit (70%: of the peak without one; several, as 32M,64M, are run at once and set side by side),',
    read: readLimits,
  },
  high: { flags: '--high <size>', about: 'high (if left out, 7/8 of the limit)', read: readPages },
  low: { flags: '--low <size>', about: 'and low (if left out, 3/4 of the limit)', read: readPages },
  json: JSON_OPTION,
  events: file('--events <file>', 'write every trace event to a file, as JSON lines'),
  svg: file('--svg <file>', 'draw a picture of all the runs; - is standard output, in place of the text'),
  html: file(
    '--html <file>',
    'write a page with charts to zoom, and marks to move, which needs nothing beside itself',
  ),
  perfetto: file('--perfetto <file>', 'write the runs as a trace for ui.perfetto.dev'),
  csv: file('--csv <file>', 'write usage, marks and events over time as comma-separated values'),
  openmetrics: file('--openmetrics <file>', 'write them as OpenMetrics text, times since 1970'),
  ...BOOT,
  group: group('the default group'),
  ...LOOK,
});

/** As commander gives them. */
export type GivenReplay = Given<typeof REPLAY_OPTIONS>;
type Values = OptionValues<typeof REPLAY_OPTIONS>;

/** What they mean. */
export interface ReplayOptions extends Pick<Values, 'compare' | 'events' | 'group' | 'width'> {
  /** One run under each of them; empty: as the script says. */
  readonly policies: readonly PolicyName[];
  /** On the dashboard; null: not. */
  readonly watch: { readonly color: boolean; readonly speed: Speed | null; readonly paused: boolean } | null;
  readonly reports: readonly AskedReport[];
  readonly machine: Partial<MachineOptions>;
  readonly boot: BootScript;
  readonly marks: GivenMarks | null;
  /** Makes the marks of what the group uses at most without a limit; null: they are known already. */
  readonly marksAtPeak: ((peak: Pages) => GivenMarks | Mistake) | null;
  /** One run under each of them; empty: no more than one was named. */
  readonly limits: readonly Limited[];
}

export type Limited = Pick<ReplayOptions, 'marks' | 'marksAtPeak'>;

interface Share {
  /** Of a peak that is not known yet. */
  readonly percent: number;
}

/** A Mistake's message names the option. */
export const readReplay = (given: GivenReplay, scripts: readonly string[]): ReplayOptions | Mistake =>
  orMistake(() => checked(readTable(REPLAY_OPTIONS, given), scripts));

function checked(values: Values, scripts: readonly string[]): ReplayOptions {
  const { compare, events, group, width, watch, speed, paused, color, bare, boot, kernel, seed, errata } =
    values;
  if (scripts.filter((each) => each === STDIN).length > 1)
    throw new Mistake("standard input ('-') can be read once", 0);
  checkBooting(values);
  const reports = readReports(values, scripts);
  if (watch && !process.stdout.isTTY) throw new Mistake('--watch takes a terminal: leave it out here', 0);
  if (watch && (events !== null || reports.length > 0))
    throw new Mistake('--watch plays a script, and writes no files: run it again for those', 0);
  if (!watch && (speed !== null || paused)) throw new Mistake('--speed and --paused go with --watch', 0);
  const policies = values.policy ?? [];
  if (compare && policies.length > 0)
    throw new Mistake('--compare and --policy: add none to the policies instead', 0);
  // Without --kernel a script may say which it is.
  const notHere = policies
    .map((policy) => (kernel === null ? null : policyMistake(policy, kernel)))
    .find((mistake) => mistake !== null);
  if (notHere !== undefined) throw new Mistake(`--policy: ${notHere}`, 0);
  const foreign = kernel === null ? null : foreignMark({ kernel }, policies, values.high ?? values.low);
  if (foreign !== null) throw foreign;
  const several = (values.limit ?? []).length > 1;
  if (several && (compare || policies.length > 1))
    throw new Mistake('--limit of several sizes sets those side by side: one policy, and no --compare', 0);
  if (several && watch) throw new Mistake('--watch plays one run: name one limit', 0);
  if (watch && policies.length > 1) throw new Mistake('--watch plays one run: name one policy', 0);
  return {
    compare,
    events,
    group,
    width,
    policies,
    watch: watch ? { color, speed, paused } : null,
    reports,
    machine: {
      ...(kernel !== null && { kernel }),
      ...(seed !== null && { seed }),
      ...(errata !== null && { errata }),
    },
    boot: bare ? null : (boot ?? bootScriptFile),
    ...readMarks(values),
  };
}

function readSpeed({ text, column }: Word): Speed {
  const speed = speedIn(text);
  if (speed === null) throw new Mistake(`'${text}' is neither a number above 0 nor max`, column);
  return speed;
}

/** A share of the peak is what people say of a recording; the kernel's own files take bytes alone. */
export function readLimit(word: Word): Pages | Share {
  if (!word.text.endsWith('%')) return readPages(word);
  const percent = /^\d{1,4}(\.\d{1,3})?%$/.test(word.text) ? Number.parseFloat(word.text) : 0;
  if (percent === 0)
    throw new Mistake(`'${word.text}' is no share: write a number above 0 and %, as in 70%`, word.column);
  return { percent };
}

/** With commas between, each once. */
function readLimits({ text, column }: Word): readonly (Pages | Share)[] {
  const words = text.split(',');
  checkOnce(words, column);
  return words.map((word) => readLimit({ text: word, column }));
}

/** Names with commas between, each once. */
function readPolicies({ text, column }: Word): readonly PolicyName[] {
  const policies = text.split(',').map((name) => readPolicy({ text: name, column }));
  checkOnce(policies, column);
  return policies;
}

function readMarks(values: Values): Limited & Pick<ReplayOptions, 'limits'> {
  const { high, low } = values;
  const limits = (values.limit ?? []).map((limit) => limitedTo(limit, values));
  const [first] = limits;
  if (first === undefined && (high !== null || low !== null))
    throw new Mistake('--high and --low go with --limit', 0);
  return { ...(first ?? { marks: null, marksAtPeak: null }), limits: limits.length > 1 ? limits : [] };
}

function limitedTo(limit: Pages | Share, values: Values): Limited {
  if (typeof limit === 'number') return { marks: marksOf(limit, values), marksAtPeak: null };
  const marksAtPeak = (peak: Pages) => orMistake(() => marksOf(share(peak, limit.percent / 100), values));
  return { marks: null, marksAtPeak };
}

function marksOf(limit: Pages, { high: givenHigh, low: givenLow }: Pick<Values, 'high' | 'low'>): GivenMarks {
  const high = givenHigh ?? atLeast(givenLow, share(limit, 7 / 8));
  const low = givenLow ?? atMost(high, share(limit, 3 / 4));
  if (low > high || high > limit) {
    throw new Mistake('the marks have an order: --low is at most --high, and --high at most --limit', 0);
  }
  return { low, high, limit, given: givenHigh ?? givenLow };
}

const share = (limit: Pages, part: number): Pages => pages(Math.floor(limit * part));
const atMost = (most: Pages, count: Pages): Pages => (count > most ? most : count);
const atLeast = (least: Pages | null, count: Pages): Pages =>
  least !== null && least > count ? least : count;
