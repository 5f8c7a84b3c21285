import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Pages } from '../../src/kernel/units.ts';
import { figuresOf } from '../../src/tune/analysis/figures.ts';
import { readPlan } from '../../src/tune/plan/options.ts';
import { ThreadExecutor } from '../../src/tune/run/thread-executor.ts';
import type { Trial } from '../../src/tune/sweep.ts';
import { tune } from '../../src/tune/tune.ts';
import { holdOut } from '../tune/hold-out.ts';
import { jobOf } from '../tune/jobs.ts';
import { FOLDER, recordings } from './recorded.ts';

/**
 * `tsx test/bench/tune-holdout.ts [--grid N] [--points N] [--limit SIZE] [--policy NAME] [--objective GOAL]
 * [SCRIPT...]`: each recommendation is found with three seeds, and set against the best of a grid of N x N marks
 * with three others. Without scripts, for every recorded fixture. Exit 1 when one is more than 5 % worse.
 */

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    grid: { type: 'string', default: '30' },
    points: { type: 'string', default: '150' },
    limit: { type: 'string', default: 'auto' },
    policy: { type: 'string', default: 'rfc' },
    objective: { type: 'string', default: 'no-stalls' },
  },
});
const HELD_OUT = [1001, 1002, 1003];

const read = readPlan({ ...given, high: 'any', low: 'any', seeds: '3', seed: '1' }, '2.6.26');
const { plan, objective } = read;
const job = await jobOf('', { scripts: positionals.length > 0 ? positionals : recordings() });
const executor = new ThreadExecutor(job, availableParallelism());
const planned = await tune({ job, plan, executor, signal: null, progress: () => {} });
for (const [script, each] of planned.entries()) {
  if (each.is !== 'done') throw new Error(each.is === 'refused' ? each.message : 'unfinished');
  const { sweep } = each;
  // Where nothing is random, one seed stands for all.
  const seeds = sweep.agreeingSeeds === undefined ? HELD_OUT : HELD_OUT.slice(0, 1);
  const { holds, ours, top, pairs } = await holdOut(
    { script, sweep, objective, executor },
    Number(given.grid),
    seeds,
  );
  if (!holds) process.exitCode = 1;
  console.log(`${holds ? 'holds' : 'WORSE'}  ${sweep.script.replace(FOLDER, '')}`);
  console.log(`  recommended       ${text(ours)}`);
  console.log(`  best of ${`${pairs} pairs`.padEnd(10)}${text(top)}; held-out seeds: ${seeds.length}`);
}
await executor.close();

function text({ limit, high, low, measurements }: Trial): string {
  const { stalls, cpu, refaults } = figuresOf({ measurements });
  const share = (mark: Pages): string => ((100 * mark) / limit).toFixed(2);
  const marks = `${share(high)} % / ${share(low)} %`.padEnd(19);
  return `${marks} ${stalls} stalls, ${(cpu / 1e6).toFixed(2)} ms of CPU, ${refaults} refaults`;
}
