import type { Costs, Erratum, KernelVersion, MachineOptions, PolicyName } from '../machine/machine.ts';
import { allOptions, optionMistake } from '../machine/machine.ts';
import { parseLine } from '../script/vocabulary.ts';
import { quote } from '../script/words.ts';

/** What a program says of the machine that it wants, in the words of the language's `machine`. */

/** Bytes, or digits with k, M, G or T: `64M`. */
export type Size = number | string;
/** A number with ns, us, ms, s, m or h: `1.5s`. */
export type Time = string;

export interface BootOptions {
  /** Where the machine's files are among the program's paths, absolute; if left out `/`. */
  readonly at?: string;
  /** The boot script's path; null: none. If left out memcg's own: a group /default with limit, high and low. */
  readonly boot?: string | null;
  /** The group that lines mean which name none; if left out `/default`. */
  readonly group?: string;
  readonly cpus?: number;
  readonly memory?: Size;
  readonly swap?: Size;
  /** NUMA nodes. */
  readonly nodes?: number;
  /** Of the machine's random numbers, uint32. */
  readonly seed?: number;
  /** If left out 2.6.26; 6.1 has cgroup version 2. */
  readonly kernel?: KernelVersion;
  /** Who reclaims in the background; if left out `rfc`, memcontd of the series, and on 6.1 `none`. */
  readonly policy?: PolicyName;
  /** false: the kernel without the series, with no watermarks and no memcontd. */
  readonly wmarks?: boolean;
  /** false: a kernel without pressure stall information; 2.6.26 is one. */
  readonly psi?: boolean;
  /** memory.reclaim_stat and the other files that are memcg's own. */
  readonly extras?: boolean;
  /** false: writes are answered as before, and nobody reclaims in the background. */
  readonly reclaimd?: boolean;
  /** Errors of the patches as posted, by name, or the set `posted` or `recorded`. */
  readonly errata?: readonly (Erratum | 'posted' | 'recorded')[];
  /** What things cost in virtual time, where it is not to be the usual. */
  readonly costs?: Partial<Record<keyof Costs, Time>>;
}

/** The machine's part of them. Throws a RangeError that names what is wrong. */
export function machineOptions({ at, boot, group, costs, ...rest }: BootOptions): Partial<MachineOptions> {
  const words = [
    ...Object.entries(rest).map(([name, value]) => [name, wordOf(value)] as const),
    ...Object.entries(costs ?? {}).map(([name, value]) => [`cost.${name}`, value] as const),
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  if (words.length === 0) return {};
  const parsed = parseLine(quote(['machine', ...words]));
  const options =
    parsed.kind === 'command' && parsed.command.name === 'machine' ? parsed.command.options : null;
  const mistake =
    options === null
      ? parsed.kind === 'mistake'
        ? parsed.mistake.message
        : 'no options of a machine'
      : optionMistake(allOptions(options));
  if (mistake !== null || options === null) throw new RangeError(`bootMachine: ${mistake}`);
  return options;
}

function wordOf(value: number | string | boolean | readonly string[] | undefined): string | undefined {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(',');
  return value === undefined ? undefined : `${value}`;
}
