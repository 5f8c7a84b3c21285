import type { Pages } from '../../kernel/units.ts';
import { Mistake } from '../../script/mistake.ts';
import { type Given, optionTable, readTable } from '../../script/option-table.ts';
import { readTime } from '../../script/values.ts';
import type { Word } from '../../script/words.ts';
import { STANDINS, type Standin } from '../../verify/carry.ts';
import { PLACES, type Place } from '../../verify/verify.ts';
import { readLimit } from './replay.ts';
import { group, JSON_OPTION, LOOK } from './shared.ts';
import { orMistake } from './values.ts';

export const VERIFY_OPTIONS = optionTable({
  limit: {
    flags: '--limit <size>',
    about: "the default group's limit, in the script's place (70%: of the peak without one)",
    read: readLimit,
  },
  policy: {
    flags: '--policy <name>',
    about: `what stands for marks that no kernel of today has: ${STANDINS.join(' or ')}`,
    read: readStandin,
  },
  on: {
    flags: '--on <place>',
    about:
      'where the real kernel runs: uml is a guest, a process; host is this machine, in a cgroup below your own',
    usual: 'uml',
    read: readPlace,
  },
  command: {
    flags: '--command <line>',
    about: 'the program that was recorded, which is run too: by sh, in a copy of this folder',
    read: ({ text }) => text,
  },
  within: {
    flags: '--within <time>',
    about: 'how long each real run may take',
    usual: '10m',
    read: readTime,
  },
  json: JSON_OPTION,
  group: group('the default group'),
  ...LOOK,
});

export type GivenVerify = Given<typeof VERIFY_OPTIONS>;

export interface VerifyOptions {
  readonly limit: Pages | { readonly percent: number } | null;
  readonly standin: Standin | null;
  readonly command: string | null;
  readonly on: Place;
  /** ms. */
  readonly within: number;
  readonly group: string;
  readonly width: number | null;
}

/** A Mistake's message names the option. */
export const readVerify = (given: GivenVerify): VerifyOptions | Mistake =>
  orMistake(() => {
    const { limit, policy, command, on, within, group: named, width } = readTable(VERIFY_OPTIONS, given);
    return { limit, standin: policy, command, on, within: within / 1e6, group: named, width };
  });

const oneOf =
  <T extends string>(what: string, names: readonly T[]) =>
  ({ text, column }: Word): T => {
    const name = names.find((each) => each === text);
    if (name !== undefined) return name;
    throw new Mistake(`'${text}' is no ${what} (${names.join(', ')})`, column);
  };

function readStandin(word: Word): Standin {
  return oneOf('policy that a real kernel can be given', STANDINS)(word);
}

function readPlace(word: Word): Place {
  return oneOf('place', PLACES)(word);
}
