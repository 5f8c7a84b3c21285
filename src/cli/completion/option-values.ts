import type { Command } from 'commander';
import { ERRATA, ERRATA_SETS, POLICIES } from '../../machine/kernels.ts';
import { KERNEL_VERSIONS } from '../../machine/machine.ts';

/** Of options that several commands have. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--kernel': KERNEL_VERSIONS,
  '--policy': POLICIES,
  '--errata': [...ERRATA, ...Object.keys(ERRATA_SETS)],
  '--objective': ['no-stalls', 'p99<=', 'cpu<=', 'refaults', 'elapsed'],
  '--limit': ['auto', '70%'],
};

/** What can stand behind this word if it is an option of the command that takes a value; null: it is none. */
export function valuesAfter(command: Command, word: string | undefined): readonly string[] | null {
  const option = command.options.find(({ long, short }) => word === long || word === short);
  if (option === undefined || !option.required) return null;
  return option.argChoices ?? VALUES[option.long ?? ''] ?? [];
}
