import {
  ALL_POLICIES,
  allOptions,
  DEFAULT_COSTS,
  ERRATA,
  ERRATA_SETS,
  type Erratum,
  KERNEL_VERSIONS,
  type KernelVersion,
  type MachineOptions,
  optionMistake,
  type PolicyName,
} from '../machine/machine.ts';
import { Mistake } from './mistake.ts';
import { suggestion } from './nearest.ts';
import { type Kind, word } from './signature.ts';
import { readPages, readTime, readWhole } from './values.ts';
import type { Word } from './words.ts';

/** `key=value` for the machine: `machine cpus=2 memory=1G cost.scan=80ns`. */

export interface Given {
  readonly key: string;
  readonly column: number;
  readonly options: Partial<MachineOptions>;
}

const onOff = (each: Word): boolean => {
  if (each.text === 'on' || each.text === 'off') return each.text === 'on';
  throw new Mistake(`'${each.text}' is neither on nor off`, each.column);
};

const READERS: Readonly<Record<string, (value: Word) => Partial<MachineOptions>>> = {
  cpus: (value) => ({ cpus: readWhole(value, 0, Number.MAX_SAFE_INTEGER) }),
  memory: (value) => ({ memory: readPages(value) }),
  swap: (value) => ({ swap: readPages(value) }),
  nodes: (value) => ({ nodes: readWhole(value, 0, Number.MAX_SAFE_INTEGER) }),
  seed: (value) => ({ seed: readSeed(value) }),
  kernel: (value) => ({ kernel: readKernel(value) }),
  policy: (value) => ({ policy: readPolicy(value) }),
  wmarks: (value) => ({ wmarks: onOff(value) }),
  psi: (value) => ({ psi: onOff(value) }),
  extras: (value) => ({ extras: onOff(value) }),
  reclaimd: (value) => ({ reclaimd: onOff(value) }),
  errata: (value) => ({ errata: readErrata(value) }),
};

/** How an option of a machine begins, and whole where there are a few. */
export const OPTION_WORDS: readonly string[] = [
  ...Object.keys(READERS).map((name) => `${name}=`),
  ...KERNEL_VERSIONS.map((name) => `kernel=${name}`),
  ...ALL_POLICIES.map((name) => `policy=${name}`),
  ...ERRATA.map((name) => `errata=${name}`),
];

export const readSeed = (value: Word): number => readWhole(value, 0, 0xffffffff);

export function readKernel(value: Word): KernelVersion {
  const known = KERNEL_VERSIONS.find((each) => each === value.text);
  if (known !== undefined) return known;
  throw new Mistake(`'${value.text}' is no kernel (${KERNEL_VERSIONS.join(', ')})`, value.column);
}

export function readPolicy(value: Word): PolicyName {
  const known = ALL_POLICIES.find((each) => each === value.text);
  if (known !== undefined) return known;
  const near = suggestion(value.text, ALL_POLICIES);
  throw new Mistake(`'${value.text}' is no policy (${ALL_POLICIES.join(', ')})${near}`, value.column);
}

/** Names with commas between; `posted` and `recorded` stand for several. */
export function readErrata(value: Word): readonly Erratum[] {
  const chosen = new Set<Erratum>();
  if (value.text === '' || value.text === 'none') return [];
  for (const name of value.text.split(',')) {
    const known = ERRATA.find((each) => each === name);
    const several =
      known !== undefined ? [known] : Object.hasOwn(ERRATA_SETS, name) ? ERRATA_SETS[name] : undefined;
    if (several === undefined) {
      const names = [...ERRATA, ...Object.keys(ERRATA_SETS)];
      throw new Mistake(
        `'${name}' is no erratum (${names.join(', ')})${suggestion(name, names)}`,
        value.column,
      );
    }
    for (const each of several) chosen.add(each);
  }
  return ERRATA.filter((each) => chosen.has(each));
}

const COST = 'cost.';

export const OPTION: Kind<Given> = word('assignment', ({ text, column }) => {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Mistake(`'${text}' is not OPTION=VALUE, as in memory=1G`, column);
  const key = text.slice(0, equals);
  const value = { text: text.slice(equals + 1), column: column + equals + 1 };
  return { key, column, options: readOption({ text: key, column }, value) };
});

function readOption(key: Word, value: Word): Partial<MachineOptions> {
  const options = optionsOf(key, value);
  // Which policies there are depends on the kernel, which another word may say.
  const { policy: _, ...apart } = options;
  const mistake = optionMistake(allOptions(apart));
  if (mistake !== null) throw new Mistake(mistake, value.column);
  return options;
}

function optionsOf(key: Word, value: Word): Partial<MachineOptions> {
  if (key.text.startsWith(COST)) {
    const name = key.text.slice(COST.length);
    if (Object.hasOwn(DEFAULT_COSTS, name)) return { costs: { [name]: readTime(value) } };
  } else if (Object.hasOwn(READERS, key.text)) {
    return READERS[key.text](value);
  }
  const keys = [...Object.keys(READERS), ...Object.keys(DEFAULT_COSTS).map((name) => COST + name)];
  throw new Mistake(`a machine has no option '${key.text}'${suggestion(key.text, keys)}`, key.column);
}

/** All that were given, as one. */
export function optionsFrom(given: readonly Given[]): Partial<MachineOptions> {
  const keys = new Set<string>();
  let options: Partial<MachineOptions> = {};
  for (const each of given) {
    if (keys.has(each.key)) throw new Mistake(`'${each.key}' is given twice`, each.column);
    keys.add(each.key);
    options = withOptions(options, each.options);
  }
  return options;
}

/** The later options win; single costs are put together. */
export function withOptions(
  options: Partial<MachineOptions>,
  later: Partial<MachineOptions>,
): Partial<MachineOptions> {
  const costs = { ...options.costs, ...later.costs };
  return { ...options, ...later, ...(Object.keys(costs).length > 0 && { costs }) };
}
