import { KERNEL_VERSIONS } from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { optionTable } from '../../script/option-table.ts';
import { readErrata, readKernel, readSeed } from '../../script/options.ts';
import { cgroupPath } from '../../script/paths.ts';
import { STDIN } from '../../script/script-files.ts';
import { readWhole } from '../../script/values.ts';

/** Options that several commands have. */

const text = ({ text: said }: { readonly text: string }): string => said;

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

/** A file that something is written to, and nothing is read from. */
export const file = <const F extends string>(flags: F, about: string) =>
  ({ flags, about, read: text }) as const;

export const JSON_OPTION = {
  flags: '--json',
  about: 'print one JSON object and nothing else',
  read: null,
} as const;

export const group = (about: string) =>
  ({
    flags: '-g, --group <cgroup>',
    about,
    usual: '/default',
    env: 'MEMCG_GROUP',
    read: ({ text: said }: { readonly text: string }) => cgroupPath(said),
  }) as const;

/** Of what is printed. */
export const LOOK = optionTable({
  width: {
    flags: '--width <columns>',
    about: "of the report (if left out, the terminal's)",
    read: (word) => readWhole(word, 20, 1000),
  },
  color: { flags: '--no-color', about: 'print without colours', read: null },
});
