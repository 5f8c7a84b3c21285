import { type Pages, pages } from '../../kernel/units.ts';
import type { AllowanceName } from '../allowances.ts';
import { Answers, textOf } from '../answers.ts';
import type { Kind, RecordedLine, Value } from '../kind.ts';
import type { Values } from './ground.ts';
import { isConfig, Worker } from './worker.ts';
import { WORKLOADS } from './workload-steps.ts';

/** What workloads come to under one limit or another, of 6.1: a value, or the least and the greatest of the repeats. */

const COUNTS = (
  'current peak max high oom_kill file anon kernel_bytes pgscan pgsteal pgrefill pgactivate pgdeactivate ' +
  'workingset_refault_file workingset_activate_file workingset_restore_file workingset_nodereclaim ' +
  'inactive_file active_file inactive_anon active_anon'
).split(' ');

export const workloads61: Kind = {
  name: 'workloads',
  about: 'workloads under a limit of 64 MiB: events, scans, refaults, activations, usage',
  recording: 'linux-6.1/workloads.jsonl.gz',
  dialect: '6.1.176',
  fields: ['kernel', 'workload', 'config', 'repeats', 'verdict', ...COUNTS],
  run(lines) {
    return compareWorkloads(lines, {
      swap: pages(0),
      fields: () => COUNTS,
      found: (worker) => worker.all(),
      allowanceFor,
    });
  },
};

/** How one kind of recording is held to what is run. */
interface Judge {
  readonly swap: Pages;
  /** That are compared of a line. */
  fields(line: RecordedLine): readonly string[];
  /** Of a worker that is done. */
  found(worker: Worker): Values;
  allowanceFor(workload: string, field: string, recorded: number, found: number): AllowanceName | null;
}

/** Runs each line's workload, and compares. */
export function compareWorkloads(lines: readonly RecordedLine[], judge: Judge): Answers {
  const answers = new Answers();
  for (const line of lines) {
    const workload = textOf(line.fields['workload']);
    const config = textOf(line.fields['config']);
    const steps = WORKLOADS[workload];
    if (steps === undefined || !isConfig(config)) {
      answers.skip(line, `${workload} is not run here yet`);
      continue;
    }
    if (line.fields['verdict'] === 'timeout') {
      answers.skip(line, 'it was cut off by the clock');
      continue;
    }
    const worker = new Worker(config, false, judge.swap);
    for (const _ of steps(worker));
    worker.settle();
    const found = judge.found(worker);
    for (const field of judge.fields(line)) {
      const recorded = line.fields[field] ?? 0;
      const value = found[field] ?? 0;
      const nearest = Array.isArray(recorded) ? nearestOf(recorded, value) : recorded;
      answers.compare(`${workload} ${config}`, field, nearest, value, () =>
        judge.allowanceFor(workload, field, Number(nearest), value),
      );
    }
  }
  return answers;
}

/** In a range: the least and the greatest. */
export function nearestOf(range: readonly Value[], value: number): number {
  const [least, most] = range.map(Number);
  return Math.min(Math.max(value, least ?? value), most ?? least ?? value);
}

const BYTES = new Set(
  'current peak file anon kernel_bytes inactive_file active_file inactive_anon active_anon'.split(' '),
);

/** What memory.stat says of lists and of moves between them. */
const OF_LISTS = /^pg(refill|activate|deactivate)$|^(in)?active_/;

/** Two pages of kernel memory, a batch of pages, or so much of the recorded count. */
export function allowanceFor(
  workload: string,
  field: string,
  recorded: number,
  found: number,
): AllowanceName | null {
  const page = BYTES.has(field) ? 4096 : 1;
  const off = Math.abs(found - recorded);
  const within = (share: number): boolean => off <= Math.max(recorded * share, 64 * page);
  if (field === 'kernel_bytes') return off <= 2 * page ? 'two pages of kernel memory' : null;
  if (workload.startsWith('write')) return within(0.05) ? 'dirty pages' : null;
  if (workload.startsWith('anon') && field === 'high')
    return found * 2 >= recorded ? 'batches at the limit' : null;
  if (workload.startsWith('anon') || workload === 'churn8') return within(0.005) ? 'first page table' : null;
  return within(OF_LISTS.test(field) ? 0.02 : 0.005) ? 'late statistics' : null;
}
