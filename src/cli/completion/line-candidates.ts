import type { Completer } from '../../dashboard/stage/completer.ts';
import { USUAL_FILES } from '../../machine/kernels.ts';
import { OPERATOR_WORDS } from '../../script/condition.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { OPTION_WORDS } from '../../script/options.ts';
import { cgroupPath, shortName, shown } from '../../script/paths.ts';
import { VOCABULARY } from '../../script/vocabulary.ts';
import { splitTyped } from './shell-words.ts';
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

/** Everything that the word at the cursor of a line of the language can become, in the order of the alphabet. */
export async function lineCandidates(
  words: readonly string[],
  current: string,
  group: string,
  names: Names,
): Promise<string[]> {
  const found = await ofSlot(slotAfter(words), current, group, names);
  return [...new Set(found)].filter((each) => each.startsWith(current) && each !== current).sort();
}

/** What can stand there. */
export async function ofSlot(
  slot: Slot,
  current: string,
  group: string,
  names: Names,
): Promise<readonly string[]> {
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
      if (slot.label.startsWith('OPTION')) return OPTION_WORDS;
      return USUAL_FILES.map(({ name }) => `${shortName(name)}=`);
    case 'access':
      return ['read', 'write'];
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

export async function cgroups(current: string, names: Names): Promise<string[]> {
  const absolute = current.startsWith('/');
  return (await names.cgroups()).map((path) => (absolute ? path : shown(path)));
}

/** `[CGROUP/]NAME`: the files of the default group, the cgroups, and behind a cgroup its files. */
async function files(current: string, group: string, names: Names): Promise<string[]> {
  const slash = current.lastIndexOf('/');
  const head = current.slice(0, slash + 1);
  const cgroup = slash < 0 ? group : cgroupPath(head);
  const there = (await names.files(cgroup)) ?? USUAL_FILES.map(({ name }) => name);
  const full = current.slice(slash + 1).startsWith('m');
  const below = (await cgroups(current, names)).filter((path) => path !== '/').map((path) => `${path}/`);
  return there
    .flatMap((name) => (full ? [name, shortName(name)] : [shortName(name)]))
    .map((name) => head + name)
    .concat(below);
}

/** What the last word of a line of the language can become, on the machine that one looks at. */
export const completeLine: Completer = (line, group, names) => {
  const { words, current } = splitTyped(line);
  return lineCandidates(words, current, group, {
    cgroups: async () => names.cgroups(),
    files: async (cgroup) => names.files(cgroup),
    tasks: async () => names.tasks(),
    sessions: async () => [],
  });
};
