import { pages } from '../../kernel/units.ts';
import type { AllowanceName } from '../allowances.ts';
import { Answers, textOf } from '../answers.ts';
import type { Kind } from '../kind.ts';
import { isConfig, type Values, Worker } from './worker.ts';
import { WORKLOADS } from './workload-steps.ts';
import { nearestOf, allowanceFor as withoutSwap } from './workloads.ts';

/** What workloads come to on a machine with 128 MiB of swap. */

const COUNTS = (
  'current peak max high oom_kill swap_current swap_max swap_fail file pgscan pgsteal pgmajfault ' +
  'workingset_refault_anon workingset_activate_anon workingset_restore_anon workingset_refault_file pgrefill pgactivate'
).split(' ');

export const swap61: Kind = {
  name: 'swap',
  about: 'workloads under a limit of 64 MiB with 128 MiB of swap: events, scans, refaults, swap',
  recording: 'linux-6.1/swap.jsonl.gz',
  dialect: '6.1.176',
  fields: ['kernel', 'workload', 'config', 'repeats', 'verdict', ...COUNTS],
  run(lines) {
    const answers = new Answers();
    for (const line of lines) {
      const workload = textOf(line.fields['workload']);
      const config = textOf(line.fields['config']);
      const steps = WORKLOADS[workload];
      if (steps === undefined || !isConfig(config)) {
        answers.skip(line, `${workload} is not run here yet`);
        continue;
      }
      const worker = new Worker(config, false, pages(32_768));
      for (const _ of steps(worker));
      worker.settle();
      const found: Values = { ...worker.stat(), ...worker.events(), ...worker.usage(), ...worker.swap() };
      // Of who is dead it depends on the moment what had been given back already.
      const fields = line.fields['verdict'] === 'killed' ? KILLED : COUNTS;
      for (const field of fields) {
        const recorded = line.fields[field] ?? 0;
        const value = found[field] ?? 0;
        const nearest = nearestOf(Array.isArray(recorded) ? recorded : [recorded], value);
        answers.compare(`${workload} ${config}`, field, nearest, value, () =>
          allowanceFor(workload, field, nearest, value),
        );
      }
    }
    return answers;
  },
};

const KILLED = ['peak', 'max', 'high', 'oom_kill', 'pgscan', 'workingset_refault_anon'];

const BYTES = new Set(['current', 'peak', 'swap_current']);

function allowanceFor(
  workload: string,
  field: string,
  recorded: number,
  found: number,
): AllowanceName | null {
  if (!/anon|seq/.test(workload)) return withoutSwap(workload, field, recorded, found);
  const page = BYTES.has(field) ? 4096 : 1;
  const near = Math.abs(found - recorded) <= Math.max(recorded * 0.1, 128 * page);
  return near && field !== 'oom_kill' ? 'on its way to swap' : null;
}
