import { OPERATOR_WORDS } from '../../script/condition.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { cgroupPath, shortName, shown } from '../../script/paths.ts';
import { VOCABULARY } from '../../script/vocabulary.ts';
import { COMMANDS } from '../commands.ts';
import { CONTROL_FILES } from '../help/file-help.ts';
import { splitLeading } from '../invocation.ts';
import { loadCommand } from '../load-command.ts';
import { type Slot, slotAfter } from './slot.ts';

/** What is on the machine, for as far as there is one. */
export interface Names {
  /** Absolute paths. */
  cgroups(): Promise<readonly string[]>;
  /** Full names of the control files of a cgroup; null when there is no machine. */
  files(cgroup: string): Promise<readonly string[] | null>;
  tasks(): Promise<readonly string[]>;
  sessions(): Promise<readonly string[]>;
}

/** Words of the program that take something to complete. */
const TAKES: Readonly<Record<string, Pick<Slot, 'kind' | 'choices'>>> = {
  stat: { kind: 'cgroup', choices: [] },
  speed: { kind: 'number', choices: ['1', '2', '10', 'max'] },
  step: { kind: 'time', choices: [] },
  completion: { kind: 'text', choices: ['bash', 'zsh', 'fish'] },
};

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
    return [...COMMANDS.map(({ name }) => name), ...VOCABULARY.map(({ word }) => word)];
  }
  if (command === 'help') return topics();
  if (command === 'watch') return ofSlot(slotAfter(['expect', ...behind]), current, group, names);
  const own = COMMANDS.find(({ name }) => name === command);
  if (own === undefined) return ofSlot(slotAfter(rest), current, group, names);
  if (current.startsWith('-')) {
    const { options } = await loadCommand(own.name);
    return options.flatMap(({ long, short }) => [long ?? short ?? []].flat());
  }
  const takes = behind.length === 0 ? TAKES[command] : undefined;
  return takes === undefined ? [] : ofSlot({ ...takes, label: '', options: [] }, current, group, names);
}

const topics = (): string[] => [
  ...COMMANDS.map(({ name }) => name),
  ...VOCABULARY.map(({ word }) => word),
  ...BEHAVIOURS.map(({ word }) => word),
  ...CONTROL_FILES.flatMap(({ name }) => [name, shortName(name)]),
  'files',
];

async function ofSlot(slot: Slot, current: string, group: string, names: Names): Promise<readonly string[]> {
  if (current.startsWith('-') && slot.options.length > 0) return slot.options.map(({ flag }) => flag);
  return [...slot.choices, ...(await ofKind(slot, current, group, names))];
}

async function ofKind(slot: Slot, current: string, group: string, names: Names): Promise<readonly string[]> {
  switch (slot.kind) {
    case 'cgroup':
      return cgroups(current, names);
    case 'file':
      return files(current, group, names);
    case 'condition': {
      const tasks = slot.label.includes('TASK') ? await names.tasks() : [];
      return [...tasks, ...(await files(current, group, names))];
    }
    case 'task':
      return names.tasks();
    case 'assignment':
      return CONTROL_FILES.map(({ name }) => `${shortName(name)}=`);
    case 'behaviour':
      return BEHAVIOURS.map(({ word }) => word);
    case 'command':
      return VOCABULARY.map(({ word }) => word);
    case 'operator':
      return OPERATOR_WORDS.filter((word) => word.startsWith('-') === current.startsWith('-'));
    case 'size':
      return /^\d+$/.test(current) ? ['K', 'M', 'G'].map((unit) => current + unit) : [];
    default:
      return [];
  }
}

async function cgroups(current: string, names: Names): Promise<string[]> {
  const absolute = current.startsWith('/');
  return (await names.cgroups()).map((path) => (absolute ? path : shown(path)));
}

/** `[CGROUP/]NAME`: the files of the default group, the cgroups, and behind a cgroup its files. */
async function files(current: string, group: string, names: Names): Promise<string[]> {
  const slash = current.lastIndexOf('/');
  const head = current.slice(0, slash + 1);
  const cgroup = slash < 0 ? group : cgroupPath(head);
  const there = (await names.files(cgroup)) ?? CONTROL_FILES.map(({ name }) => name);
  const full = current.slice(slash + 1).startsWith('m');
  const below = (await cgroups(current, names)).filter((path) => path !== '/').map((path) => `${path}/`);
  return there
    .flatMap((name) => (full ? [name, shortName(name)] : [shortName(name)]))
    .map((name) => head + name)
    .concat(below);
}
