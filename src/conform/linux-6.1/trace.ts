import { Answers, numberOf, textOf } from '../answers.ts';
import type { Kind, RecordedLine, Value } from '../kind.ts';
import { isConfig, Worker } from './worker.ts';
import { WORKLOADS } from './workload-steps.ts';

/** Usage, lists and counts after every page, or every MiB, of 6.1. */

export const trace61: Kind = {
  name: 'trace',
  about: 'page by page and MiB by MiB: usage, lists, kernel memory, scans, refaults, activations',
  recording: 'linux-6.1/trace.jsonl.gz',
  dialect: '6.1.176',
  fields: 'kernel workload config first max high oom_kill peak verdict rows'.split(' '),
  run(lines) {
    const answers = new Answers();
    for (const line of lines) {
      const config = textOf(line.fields['config']);
      const steps = WORKLOADS[textOf(line.fields['workload'])];
      if (steps === undefined || !isConfig(config)) answers.skip(line, 'nobody knows this workload');
      else compare(line, new Worker(config, line.fields['first'] === 1), steps, answers);
    }
    return answers;
  },
};

/** The columns of a row behind its number, and what is in bytes there. */
const COLUMNS = (
  'current pgscan pgsteal workingset_refault_file workingset_activate_file workingset_restore_file ' +
  'workingset_nodereclaim file inactive_file active_file workingset_refault_anon anon inactive_anon active_anon ' +
  'slab kernel'
).split(' ');
const IN_PAGES = new Set('current file inactive_file active_file anon inactive_anon active_anon'.split(' '));

function compare(
  line: RecordedLine,
  worker: Worker,
  steps: (worker: Worker) => Generator<number>,
  answers: Answers,
): void {
  const name = `${textOf(line.fields['workload'])} ${textOf(line.fields['config'])}`;
  const anonymous = name.startsWith('trace-anon');
  const rows = rowsOf(line.fields['rows']);
  for (const step of steps(worker)) {
    // Each row was read after a forced flush.
    worker.settle();
    worker.flush();
    const values = worker.all();
    const recorded = rows[step]?.slice(1, 1 + COLUMNS.length) ?? [];
    const found = COLUMNS.map((column) => (values[column] ?? 0) / (IN_PAGES.has(column) ? 4096 : 1));
    answers.compare(name, `after step ${step}`, recorded, found, () =>
      anonymous && isNear(recorded, found, 64, 8192) ? 'first page table' : null,
    );
  }
  const { max = 0, high = 0, oom_kill: killed = 0, peak = 0 } = worker.all();
  answers.compare(name, 'max', line.fields['max'] ?? null, max);
  answers.compare(name, 'high', line.fields['high'] ?? null, high);
  answers.compare(name, 'oom_kill', line.fields['oom_kill'] ?? null, killed);
  answers.compare(name, 'peak', line.fields['peak'] ?? null, peak);
}

/** Columns as differences from row to row. */
function rowsOf(columns: Value | undefined): number[][] {
  const rows: number[][] = [];
  if (!Array.isArray(columns)) return rows;
  for (const column of columns) {
    let sum = 0;
    if (!Array.isArray(column)) continue;
    for (const [i, difference] of column.entries()) {
      sum += numberOf(difference);
      rows[i] ??= [];
      rows[i].push(sum);
    }
  }
  return rows;
}

/** Every count within so many pages, or 0.5 %; slab and kernel within so many bytes. */
const isNear = (
  recorded: readonly number[],
  found: readonly number[],
  count: number,
  bytes: number,
): boolean =>
  found.every((value, i) => {
    const most =
      COLUMNS[i] === 'slab' || COLUMNS[i] === 'kernel' ? bytes : Math.max(count, recorded[i] / 200);
    return Math.abs(value - (recorded[i] ?? 0)) <= most;
  });
