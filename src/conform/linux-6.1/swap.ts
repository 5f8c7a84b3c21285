import { pages } from '../../kernel/units.ts';
import type { AllowanceName } from '../allowances.ts';
import type { Kind } from '../kind.ts';
import { compareWorkloads, allowanceFor as withoutSwap } from './workloads.ts';

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
    return compareWorkloads(lines, {
      swap: pages(32_768),
      // Of who is dead it depends on the moment what had been given back already.
      fields: ({ fields }) => (fields['verdict'] === 'killed' ? KILLED : COUNTS),
      found: (worker) => ({ ...worker.all(), ...worker.swap() }),
      allowanceFor,
    });
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
