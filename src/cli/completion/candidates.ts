import { CONTROL_FILES } from '../../machine/kernels.ts';
import { ALL_POLICIES } from '../../machine/machine.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { OPTION_WORDS } from '../../script/options.ts';
import { shortName } from '../../script/paths.ts';
import { VOCABULARY } from '../../script/vocabulary.ts';
import { COMMAND_NAMES, isCommandName } from '../command-names.ts';
import { CONCEPT_WORDS } from '../help/concepts.ts';
import { splitLeading } from '../invocation.ts';
import { loadCommand } from '../load-command.ts';
import { cgroups, type Names, ofSlot } from './line-candidates.ts';
import { valuesAfter } from './option-values.ts';
import { type Slot, slotAfter } from './slot.ts';

/** Words of the program that take something to complete. */
const TAKES: Readonly<Record<string, Pick<Slot, 'kind' | 'choices'>>> = {
  stat: { kind: 'cgroup', choices: [] },
  top: { kind: 'cgroup', choices: [] },
  speed: { kind: 'number', choices: ['1', '2', '10', 'max'] },
  step: { kind: 'time', choices: [] },
  completion: { kind: 'text', choices: ['bash', 'zsh', 'fish'] },
  sessions: { kind: 'text', choices: ['rm'] },
};
/** They take options of a machine. */
const MACHINES: ReadonlySet<string> = new Set(['up', 'reset', 'shell']);

/**
 * Everything that the word at the cursor can become, in the order of the alphabet. `words` are those
 * between `memcg` and the cursor. None: something that only a person knows, or the path of a file.
 */
export async function candidates(
  words: readonly string[],
  current: string,
  group: string,
  names: Names,
): Promise<string[]> {
  const found = await allCandidates(words, current, group, names);
  // A cgroup that is all there has its files to offer, not itself.
  const more = (each: string): boolean =>
    each.startsWith(current) && !(each === current && each.endsWith('/'));
  return [...new Set(found)].filter(more).sort();
}

async function allCandidates(
  words: readonly string[],
  current: string,
  group: string,
  names: Names,
): Promise<readonly string[]> {
  const before = words.at(-1);
  if (before === '--session') return names.sessions();
  if (before === '-g' || before === '--group') return cgroups(current, names);
  const [, rest] = splitLeading(words);
  const [command, ...behind] = rest;
  if (command === undefined) {
    if (current.startsWith('-')) return ['-g', '--group', '--session', '--json', '--help', '--version'];
    return [...COMMAND_NAMES, ...VOCABULARY.map(({ word }) => word)];
  }
  if (before === '--schema') return (await import('../help/schema-help.ts')).schemaNames();
  if (command === 'help' && !current.startsWith('-')) return topics();
  if (command === 'watch') return ofSlot(slotAfter(['expect', ...behind]), current, group, names);
  if (!isCommandName(command)) return ofSlot(slotAfter(rest), current, group, names);
  if (current.startsWith('-')) {
    const { options } = await loadCommand(command);
    return options.flatMap(({ long, short }) => [long ?? short ?? []].flat());
  }
  const values = valuesAfter(await loadCommand(command), before);
  if (values !== null) return values;
  if (command === 'explore')
    return behind.length === 0 ? (await import('../../explore/scenarios.ts')).SCENARIO_NAMES : [];
  if (command === 'sessions' && behind.length === 1) return names.sessions();
  if (MACHINES.has(command)) return OPTION_WORDS;
  const takes = behind.length === 0 ? TAKES[command] : undefined;
  return takes === undefined ? [] : ofSlot({ ...takes, label: '', options: [] }, current, group, names);
}

const topics = (): string[] => [
  ...COMMAND_NAMES,
  ...VOCABULARY.map(({ word }) => word),
  ...BEHAVIOURS.map(({ word }) => word),
  ...CONTROL_FILES.flatMap(({ name }) => [name, shortName(name)]),
  ...ALL_POLICIES,
  ...CONCEPT_WORDS,
  'files',
];
