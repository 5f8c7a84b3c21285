import { ERRNO_NUMBER } from '../kernel/errno-number.ts';
import { count, shortDuration, size } from '../kernel/numbers.ts';
import { visible } from '../kernel/visible.ts';
import { shown } from '../script/paths.ts';
import { type Plan, PROGRAM_GROUP } from './plan.ts';
import type { Prediction } from './prediction.ts';
import type { Results, RoundResults } from './results.ts';

/** Prediction beside reality: a line for each figure. */

export interface Line {
  /** Absolute path of a cgroup; null: of the whole run. */
  readonly cgroup: string | null;
  readonly figure: string;
  /** null: unknown. */
  readonly predicted: number | null;
  readonly real: number | null;
  /** Predicted less real, as a share of real; null: there is nothing to compare. It is the model's. */
  readonly error: number | null;
  /** Of the program itself, where it was run. */
  readonly program?: OfProgram;
}

/** What a program did whose recording was run, and how far off from that the recording and the prediction are. */
export interface OfProgram {
  readonly real: number | null;
  readonly recording: number | null;
  readonly both: number | null;
}

export interface Comparison {
  readonly lines: readonly Line[];
  /** Tasks that did not live to the end, and that the script did not kill. */
  readonly died: { readonly predicted: readonly string[]; readonly real: readonly string[] };
  /** Why the run ended before its last line. */
  readonly ended: { readonly predicted: string | null; readonly real: string | null };
  /** Every death the same, and the figures of reclaim within BOUND. */
  /** How the program itself ended, as a shell says it; null: none was run. */
  readonly status: number | null;
  readonly holds: boolean;
  readonly verdict: string;
}

/** How far off a figure may be. */
export const BOUND = 0.15;

export interface Figure {
  readonly name: string;
  readonly file: string;
  /** What stands before the numbers of the file that are added up, as regular expressions; none: it is one number. */
  readonly keys: readonly string[];
  /** Whether it decides. */
  readonly decides: boolean;
}

const STAT = 'memory.stat';
const EVENTS = 'memory.events';
/** us for which some task was held up for want of memory. */
const STALLED = 'stalled';
export const FIGURES: readonly Figure[] = [
  { name: 'peak', file: 'memory.peak', keys: [], decides: true },
  {
    name: 'refaults',
    file: STAT,
    keys: ['workingset_refault_file', 'workingset_refault_anon'],
    decides: true,
  },
  { name: 'pages scanned', file: STAT, keys: ['pgscan'], decides: true },
  { name: 'pages stolen', file: STAT, keys: ['pgsteal'], decides: true },
  { name: 'limit events', file: EVENTS, keys: ['max'], decides: false },
  { name: 'high events', file: EVENTS, keys: ['high'], decides: false },
  { name: 'OOM kills', file: EVENTS, keys: ['oom_kill'], decides: true },
  { name: STALLED, file: 'memory.pressure', keys: ['some .* total'], decides: false },
];

/** Why a real kernel's stalls are unknown, where they are; null: they are known. */
export function whyNoStalls(lines: readonly Line[]): string | null {
  if (!lines.some(({ figure, real }) => figure === STALLED && real === null)) return null;
  return (
    'For how long tasks were stalled is unknown: this kernel does not count it (a guest has no PSI, nor has version 1). ' +
    'How often they had to reclaim themselves is known: limit events and high events.'
  );
}

type Files = Readonly<Record<string, string>>;

/** `group`: the cgroup of which a program's figures are. */
export function compared(
  limited: Prediction,
  free: Prediction,
  plan: Plan,
  { rounds }: Results,
  group: string,
): Comparison {
  const [real, realFree] = [roundOf(rounds, 'limited'), roundOf(rounds, 'free')];
  const own = limited.result.cgroups.flatMap(({ path, files }) =>
    path === '/' ? [] : figuresOf(path, files, real.files.get(path) ?? {}),
  );
  // What nobody saw a program read again, its recording can't know.
  const unseen = limited.result.cgroups.some(({ path, stat }) => path === group && stat.refaults === null);
  const times = lineOf(
    null,
    'time, of unlimited',
    ratio(limited.result.virtualNs, free.result.virtualNs),
    ratio(real.elapsed, realFree.elapsed),
  );
  const program = rounds.get('program');
  const lines =
    program === undefined
      ? [...own, times]
      : [
          ...own.map((line) =>
            line.cgroup === group
              ? ofProgram(line, programValue(line, program), unseen && line.figure === 'refaults')
              : line,
          ),
          ofProgram(times, ratio(program.elapsed, roundOf(rounds, 'program-free').elapsed)),
        ];
  const ofScript = new Set(
    limited.steps.flatMap(({ operation }) => (operation.op === 'kill' ? operation.task : [])),
  );
  const died = {
    predicted: limited.result.tasks
      .filter(({ kind, killed, name }) => kind === 'task' && killed && !ofScript.has(name))
      .map(({ name }) => name),
    real: [...real.died.keys()].filter((name) => !ofScript.has(name)),
  };
  const ended = { predicted: limited.result.error?.message ?? null, real: refusal(plan, real) };
  return {
    lines,
    died,
    ended,
    status: program?.program?.status ?? null,
    ...judged(lines, died),
  };
}

function roundOf(rounds: Results['rounds'], name: string): RoundResults {
  const round = rounds.get(name);
  if (round === undefined) throw new Error(`the round ${name} is missing`);
  return round;
}

function programValue({ figure }: Line, { files }: RoundResults): number | null {
  const known = FIGURES.find(({ name }) => name === figure);
  return known === undefined ? null : valueIn(files.get(PROGRAM_GROUP)?.[known.file], known.keys);
}

const ofProgram = (line: Line, real: number | null, unseen = false): Line => ({
  ...line,
  program: {
    real,
    recording: unseen ? null : errorOf(line.real, real),
    both: unseen ? null : errorOf(line.predicted, real),
  },
});

const ratio = (some: number, all: number): number | null => (all > 0 ? some / all : null);

function figuresOf(cgroup: string, predicted: Files, real: Files): Line[] {
  const lines = FIGURES.map(({ name, file, keys }) =>
    lineOf(cgroup, name, valueIn(predicted[file], keys), valueIn(real[file], keys)),
  );
  // Nothing happened in it.
  return lines.some(({ predicted: some, real: other }) => some || other) ? lines : [];
}

/** A number, or the sum of those behind these keys; null: it is not there. */
export function valueIn(text: string | undefined, keys: readonly string[]): number | null {
  if (text === undefined) return null;
  if (keys.length === 0) return Number(text);
  const values = keys.map((key) => new RegExp(`^${key}[ =](\\d+)$`, 'm').exec(text)?.[1]);
  return values.every((value) => value === undefined)
    ? null
    : values.reduce((sum, value) => sum + Number(value ?? 0), 0);
}

const lineOf = (
  cgroup: string | null,
  figure: string,
  predicted: number | null,
  real: number | null,
): Line => ({ cgroup, figure, predicted, real, error: errorOf(predicted, real) });

/** The first less the second, as a share of the second. */
export function errorOf(value: number | null, real: number | null): number | null {
  if (value === null || real === null) return null;
  if (real === 0) return value === 0 ? 0 : null;
  return value / real - 1;
}

/** A step that was refused, or the first thing that went wrong for a task that lived. */
function refusal({ lines }: Plan, { refused, failures }: RoundResults): string | null {
  if (refused !== null) return `${lines[refused.line - 1] ?? ''}: ${errnoOf(refused.errno)}`;
  const [failed] = failures;
  return failed === undefined ? null : `${failed[0]}: ${errnoOf(failed[1])}`;
}

const errnoOf = (number: number): string =>
  Object.entries(ERRNO_NUMBER).find(([, each]) => each === number)?.[0] ?? `errno ${number}`;

/** So few pages are off by what a CPU holds back. */
const FEW = 64;

function judged(lines: readonly Line[], died: Comparison['died']): Pick<Comparison, 'holds' | 'verdict'> {
  const decisive = lines.filter(
    ({ figure, predicted, real }) =>
      predicted !== null &&
      real !== null &&
      FIGURES.some(({ name, decides }) => decides && name === figure) &&
      Math.abs(predicted - real) > (figure === 'peak' ? FEW * 4096 : FEW),
  );
  const sameDeaths = [...died.predicted].sort().join(' ') === [...died.real].sort().join(' ');
  if (!sameDeaths)
    return {
      holds: false,
      verdict: `The prediction is wrong: ${who(died.predicted)} was to die, and ${who(died.real)} did.`,
    };
  const worst = decisive.reduce<Line | null>((most, line) => (off(line) > off(most) ? line : most), null);
  const deaths = died.real.length === 0 ? 'no task died' : `${who(died.real)} died`;
  if (worst === null || off(worst) <= BOUND)
    return {
      holds: true,
      verdict: `The prediction holds: ${deaths}, as it said, and ${worst === null ? `no figure is off by more than ${FEW} pages` : `what is furthest off is ${named(worst)}`}.`,
    };
  return { holds: false, verdict: `The prediction is off: ${deaths}, as it said, but ${named(worst)}.` };
}

const who = (names: readonly string[]): string => names.join(' and ') || 'nobody';
const off = (line: Line | null): number =>
  line === null ? -1 : line.error === null ? Infinity : Math.abs(line.error);
const named = ({ cgroup, figure, predicted, real, error }: Line): string =>
  `${figure} of ${visible(shown(cgroup ?? '/'))}, ${textOf(figure, predicted)} for ${textOf(figure, real)}${error === null ? '' : ` (${percent(error)})`}`;

export function textOf(figure: string, value: number | null): string {
  if (value === null) return 'unknown';
  if (figure === 'peak') return size(value);
  if (figure === STALLED) return shortDuration(value * 1000);
  return figure.startsWith('time') ? `x${value.toFixed(2)}` : count(value);
}

export const percent = (share: number): string => {
  const value = share * 100;
  return value === 0
    ? '0 %'
    : `${value > 0 ? '+' : '-'}${Math.abs(value) < 0.05 ? '<0.1' : Math.abs(value).toFixed(1)} %`;
};
