import { optionTable } from '../../script/option-table.ts';
import { cgroupPath } from '../../script/paths.ts';
import { readWhole } from '../../script/values.ts';

/** Options that several commands have. */

export const text = ({ text: said }: { readonly text: string }): string => said;

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
