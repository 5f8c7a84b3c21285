import { type Allow, Answers, numberOf, textOf } from './answers.ts';
import { DIALECT, type Kind, type RecordedLine } from './kind.ts';
import { type Measures, runWorkload, WORKLOADS, type Workload } from './workload-tasks.ts';

/**
 * Workloads under a limit of 64 MiB with one pair of marks or another. What is
 * held: who wins each comparison, and the limit failures.
 */

const FIELDS = (
  'kernel conf rep ncpu limit high low setup_ok exit failcnt max_usage usage_at_exit usage_1s ' +
  'failcnt_1s pgpgin pgpgout cache rss over_high wakeups sleeps passes zero_passes reclaimed_pages ' +
  'passes_at_exit reclaimed_at_exit daemon_cpu_us_at_exit daemon_cpu_us_1s daemon_ticks_at_exit ' +
  'work_cpu_us work_majflt work_inblock elapsed_ms elapsed_total_ms workload disk'
).split(' ');

export const workloads: Kind = {
  name: 'workloads',
  about: 'workloads under a limit: the winner of every comparison of marks, limit failures, page-ins, passes',
  recording: 'dynamics.jsonl',
  dialect: DIALECT,
  fields: FIELDS,
  run(lines) {
    const answers = new Answers();
    const runs = group(lines, answers);
    for (const run of runs) compareRun(run, answers);
    for (const [index, run] of runs.entries()) {
      for (const other of runs.slice(index + 1)) compareWinners(run, other, answers);
    }
    return answers;
  },
};

/** The repeats of one configuration, and what the emulator made of it. */
interface Run {
  readonly workload: Workload;
  readonly conf: string;
  readonly cpus: number;
  readonly lines: readonly RecordedLine[];
  readonly found: Measures;
}

function group(lines: readonly RecordedLine[], answers: Answers): Run[] {
  const groups = new Map<string, RecordedLine[]>();
  for (const line of lines) {
    const workload = textOf(line.fields['workload']);
    if (!isWorkload(workload)) {
      answers.skip(line, `nobody knows the workload ${workload}`);
      continue;
    }
    const name = `${workload}/${textOf(line.fields['conf'])}/${line.fields['ncpu']}`;
    groups.set(name, [...(groups.get(name) ?? []), line]);
  }
  return [...groups.values()].map(runOf);
}

const isWorkload = (name: string): name is Workload => (WORKLOADS as readonly string[]).includes(name);

function runOf(lines: readonly RecordedLine[]): Run {
  const { fields } = lines[0];
  const limit = numberOf(fields['limit']);
  // `none` is recorded as marks at the limit: the thread exists and never runs.
  const mark = (name: string): number => (numberOf(fields[name]) < 0 ? limit : numberOf(fields[name]));
  const workload = textOf(fields['workload']) as Workload;
  const cpus = numberOf(fields['ncpu']);
  const found = runWorkload(workload, cpus, { limit, high: mark('high'), low: mark('low') });
  return { workload, conf: textOf(fields['conf']), cpus, lines, found };
}

const nameOf = ({ workload, conf, cpus }: Run): string =>
  `${workload} ${conf}, ${cpus === 1 ? 'one CPU' : `${cpus} CPUs`}`;
const repeats = (run: Run, field: string): number[] => run.lines.map((line) => numberOf(line.fields[field]));

function compareRun(run: Run, answers: Answers): void {
  for (const field of ['setup_ok', 'exit']) {
    answers.compare(nameOf(run), field, run.lines[0].fields[field] ?? null, run.found[field]);
  }
  compareRange(run, 'failcnt', answers, failuresAllowed(run));
  compareRange(run, 'pgpgin', answers, (a, b) => (within(a, b, 1.02) ? 'two hundredths' : null));
  for (const field of [
    'max_usage',
    'usage_1s',
    'over_high',
    'wakeups',
    'sleeps',
    'passes',
    'reclaimed_pages',
  ]) {
    compareRange(run, field, answers, () => 'workload timing');
  }
}

/** Equal to one of the repeats or between them, or what `allow` allows beside the nearest. */
function compareRange(run: Run, field: string, answers: Answers, allow: Allow): void {
  const recorded = repeats(run, field);
  const found = Number(run.found[field]);
  const least = Math.min(...recorded);
  const most = Math.max(...recorded);
  const nearest = Math.min(most, Math.max(least, found));
  answers.compare(nameOf(run), field, nearest, found, allow);
}

/** 0 where the kernel had 0 on reads; 2 % for reads without marks; a factor of two for the others. */
function failuresAllowed(run: Run): Allow {
  const reads = run.workload !== 'write256';
  return (recorded, found) => {
    if (reads && Number(recorded) === 0) return null;
    const unmarked = run.conf === 'none' || run.conf.includes('high=limit');
    if (reads && unmarked) return within(recorded, found, 1.02) ? 'two hundredths' : null;
    return within(recorded, found, 2) ? 'workload timing' : null;
  };
}

const within = (a: unknown, b: unknown, factor: number): boolean =>
  Number(a) <= Number(b) * factor && Number(b) <= Number(a) * factor;

/** A comparison has a winner where the repeats of the two do not overlap. */
function compareWinners(run: Run, other: Run, answers: Answers): void {
  if (run.workload !== other.workload || run.cpus !== other.cpus) return;
  for (const field of ['failcnt', 'pgpgin']) {
    const winner = winnerOf(run, other, repeats(run, field), repeats(other, field));
    if (winner === null) continue;
    const found = winnerOf(run, other, [Number(run.found[field])], [Number(other.found[field])]);
    const name = `${run.workload}: ${run.conf} against ${other.conf}`;
    answers.compare(name, `least ${field}`, winner, found, () =>
      field === 'pgpgin' && isNarrow(run, other) ? 'two hundredths' : null,
    );
  }
}

function winnerOf(run: Run, other: Run, a: readonly number[], b: readonly number[]): string | null {
  if (Math.max(...a) < Math.min(...b)) return run.conf;
  return Math.max(...b) < Math.min(...a) ? other.conf : null;
}

/** Page-ins that differ by less than the reader's own start and metadata do. */
function isNarrow(run: Run, other: Run): boolean {
  const all = [...repeats(run, 'pgpgin'), ...repeats(other, 'pgpgin')];
  return Math.max(...all) - Math.min(...all) <= 50;
}
