import { encodeText } from '../../src/kernel/text.ts';
import { ns } from '../../src/kernel/units.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import { DEFAULT_OBJECTIVE } from '../../src/tune/analysis/objective.ts';
import { gatherJob, type JobSources } from '../../src/tune/gather-job.ts';
import type { Job } from '../../src/tune/job.ts';
import { ANY_HIGH, ANY_LOW } from '../../src/tune/plan/axis.ts';
import { planBy } from '../../src/tune/plan/options.ts';
import type { PlanSettings } from '../../src/tune/plan/plan.ts';
import type { Executor } from '../../src/tune/run/executor.ts';
import { runPoint } from '../../src/tune/run/run-point.ts';
import type { Measurement, Task } from '../../src/tune/sweep.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';

/** Small jobs for tests. */

export const sources = (script: string, others: Partial<JobSources> = {}): JobSources => ({
  scripts: ['-'],
  stdin: encodeText(script),
  traces: traceOpener,
  boot: bootScriptFile,
  group: '/default',
  options: {},
  warmup: ns(0),
  ...others,
});

export async function jobOf(script: string, others: Partial<JobSources> = {}): Promise<Job> {
  const job = await gatherJob(sources(script, others));
  if ('kind' in job) throw new Error(job.message);
  return job;
}

export const SETTINGS: PlanSettings = {
  policies: ['rfc'],
  limit: null,
  limits: null,
  high: ANY_HIGH,
  low: ANY_LOW,
  points: 20,
  seeds: [1, 2],
  same: false,
  needsRereads: false,
  ...planBy(DEFAULT_OBJECTIVE),
  // Whether marks hold on another day has tests of its own, and takes many runs.
  candidates: () => ({ marks: [], isRelative: false }),
};

export const measurementOf = async (job: Job, task: Task): Promise<Measurement> =>
  (await runPoint(job, task)).measurement;

/** Runs points one after the other, in this thread; `order`: of a round. */
export const inThisThread = (
  job: Job,
  order: <T>(tasks: readonly T[]) => readonly T[] = (tasks) => tasks,
): Executor => ({
  async run(tasks, onFinished, signal) {
    for (const task of order(tasks)) {
      if (signal?.aborted) return;
      onFinished({ ...task, measurement: await measurementOf(job, task) });
    }
  },
  async close() {},
});

/** Reads 24M through the page cache, in bursts, beside 4M of memory of its own. */
export const READER = `
spawn reader
run reader alloc 4M
run reader stream data.img 8M
wait 10ms
run reader stream data.img 16M --at 8M
wait 10ms
`;

/** Draws random numbers: which pages it touches. */
export const TOUCHER = `
spawn toucher
run toucher map data.img 12M
run toucher touch all --pattern random --times 2
run toucher stream other.img 12M
run toucher touch all --pattern zipf=0.9
`;
