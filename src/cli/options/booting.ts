import { KERNEL_VERSIONS } from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { optionTable } from '../../script/option-table.ts';
import { readErrata, readKernel, readSeed } from '../../script/options.ts';
import { STDIN } from '../../script/script-files.ts';
import { text } from './shared.ts';

/** Options of those who boot a machine: who boots none is not to read one to have its own options. */

export const BOOT = optionTable({
  kernel: {
    flags: '--kernel <version>',
    about: `which kernel the machine runs: ${KERNEL_VERSIONS.join(' or ')}`,
    read: readKernel,
  },
  seed: { flags: '--seed <n>', about: "of the machine's random numbers", read: readSeed },
  errata: {
    flags: '--errata <list>',
    about: 'errors of the posted patch to put back: names, posted or recorded (`memcg help errata`)',
    read: readErrata,
  },
  boot: { flags: '--boot <file>', about: "another boot script than memcg's own", read: text },
  bare: { flags: '--bare', about: 'boot without a boot script', read: null },
});

/** Throws a Mistake where `--boot` and `--bare` can't be meant. */
export function checkBooting({ boot, bare }: { readonly boot: string | null; readonly bare: boolean }): void {
  if (boot === STDIN) throw new Mistake('--boot takes a file', 0);
  if (bare && boot !== null) throw new Mistake('--bare boots without a script, --boot with one', 0);
}
