import type { KernelVersion, PolicyName } from '../machine/machine.ts';
import type { Assignment, Command } from '../script/command.ts';
import { Mistake } from '../script/mistake.ts';
import { type FileName, fullName, parentOf, shortName } from '../script/paths.ts';
import { unsaid } from '../script/recorded.ts';
import type { ScriptLines } from '../script/script-files.ts';
import type { Lines } from '../script/source.ts';
import { type Parsed, parseLine } from '../script/vocabulary.ts';
import { andThen } from '../script/world.ts';

/** What a script asks of a real kernel: its tasks and its limits. A script for version 1 is carried over to version 2. */

/** What stands for the marks that no kernel of today has. */
export const STANDINS = ['memory.high', 'reclaim-loop'] as const;
export type Standin = (typeof STANDINS)[number];

export interface Carrying {
  /** Of the script. */
  readonly kernel: KernelVersion;
  readonly standin: Standin | null;
  /** The command line has said what the limit is. */
  readonly limited: boolean;
  readonly isRecording: boolean;
}

const LOW = 'memory.low_wmark_in_bytes';
const HIGH = 'memory.high_wmark_in_bytes';

/** The knob of what stands for a mark; null: none does. */
const MARKS: Readonly<Record<Standin, Readonly<Record<typeof LOW | typeof HIGH, string | null>>>> = {
  'memory.high': { [LOW]: null, [HIGH]: 'memory.high' },
  'reclaim-loop': { [LOW]: 'memory.reclaim_loop.target', [HIGH]: 'memory.reclaim_loop.start' },
};
/** Policies of 6.1 that are its own, or a program beside it. */
const REAL_POLICIES: readonly (PolicyName | undefined)[] = [undefined, 'none', 'memory.high', 'reclaim-loop'];

/** Files of version 1 whose meaning version 2 has under another name. */
const RENAMED: Readonly<Record<string, string>> = {
  'memory.limit_in_bytes': 'memory.max',
  'memory.usage_in_bytes': 'memory.current',
  'memory.max_usage_in_bytes': 'memory.peak',
  tasks: 'cgroup.procs',
};

/** Commands that only look, or are for the emulator: a real kernel is asked for its figures at the end. */
const LOOKS: ReadonlySet<Command['name']> = new Set(
  'ls tree cat get ps print expect fails chmod chown utimes faults'.split(' ') as Command['name'][],
);
const OF_REAL_PIDS: ReadonlySet<Command['name']> = new Set(['adopt', 'proc', 'exec', 'exit']);
const OF_FAULTS: ReadonlySet<Command['name']> = new Set(['fault', 'attempt']);

/** The same lines, each saying what it says to a real 6.1. */
export function carriedLines(inner: ScriptLines, carrying: Carrying): ScriptLines {
  const queue: Lines[] = [];
  const next: ScriptLines['next'] = () => {
    const ready = queue.shift();
    if (ready !== undefined) return ready;
    return andThen(inner.next(), (some) => {
      if (some === null || 'kind' in some) return some;
      queue.push(...oneByOne(some, carrying));
      return next();
    });
  };
  return { next, close: () => inner.close() };
}

function* oneByOne({ first, lines, parsed: known, mistake }: Lines, carrying: Carrying): Generator<Lines> {
  for (const [index, text] of lines.entries()) {
    const parsed = known?.[index] ?? parseLine(text);
    for (const one of carried(parsed, carrying))
      yield { first: first + index, lines: [text], parsed: [one], mistake: null };
  }
  if (mistake !== null) yield { first: first + lines.length, lines: [], mistake };
}

function carried(parsed: Parsed, carrying: Carrying): Parsed[] {
  if (parsed.kind !== 'command') return [];
  try {
    return carriedCommand(parsed.command, carrying).map((command) => ({ ...parsed, command }));
  } catch (error) {
    if (error instanceof Mistake) return [{ kind: 'mistake', mistake: error }];
    throw error;
  }
}

/** What stands for a command. Throws a Mistake for what no real kernel can do. */
function carriedCommand(command: Command, carrying: Carrying): Command[] {
  if (OF_REAL_PIDS.has(command.name))
    throw new Mistake(
      `${command.name} is of a process that has lived elsewhere: a real kernel runs tasks alone`,
      1,
    );
  if (OF_FAULTS.has(command.name))
    throw new Mistake(`${command.name}: a real kernel answers what it answers: leave the line out`, 1);
  if (command.name === 'spawn' && (command.node ?? 0) > 0)
    throw new Mistake(`--node ${command.node}: the guest has no NUMA, its one node is 0`, 1);
  if (command.name === 'machine') return [carriedMachine(command, carrying)];
  if (carrying.kernel === '6.1') return [command];
  if (LOOKS.has(command.name)) return [];
  if (command.name === 'spawn' && carrying.isRecording) return [unsaid(command)];
  switch (command.name) {
    case 'mkdir':
      return command.cgroups.flatMap((path) => withMemory(path, command));
    case 'write': {
      const found = renamed(command.file.name, command.text, carrying);
      return found === null
        ? []
        : [{ ...command, file: { ...command.file, name: found.name }, text: found.text }];
    }
    case 'set':
      return carriedSet(command, carrying);
    case 'wait':
      return command.for === 'condition'
        ? [{ ...command, condition: { ...command.condition, file: watched(command.condition.file) } }]
        : [command];
    default:
      return [command];
  }
}

function carriedMachine(
  { options: { nodes = 1, seed, swap, memory, costs, policy } }: Extract<Command, { name: 'machine' }>,
  { kernel }: Carrying,
): Command {
  if (nodes > 1) throw new Mistake(`nodes=${nodes}: the guest has no NUMA, its one node is 0`, 1);
  if (kernel === '6.1' && !REAL_POLICIES.includes(policy))
    throw new Mistake(`policy=${policy}: no kernel of today has it`, 1);
  const options = {
    kernel: '6.1',
    ...(kernel === '6.1' && policy !== undefined && { policy }),
    ...(seed !== undefined && { seed }),
    ...(swap !== undefined && { swap }),
    ...(memory !== undefined && { memory }),
    ...(costs !== undefined && { costs }),
  } as const;
  return { name: 'machine', options };
}

/** A cgroup of version 2 has a memory controller if all above hand it down. */
function withMemory(path: string, command: Extract<Command, { name: 'mkdir' }>): Command[] {
  const above: string[] = [];
  for (let at = parentOf(path); at !== '/'; at = parentOf(at)) above.unshift(at);
  const enabled = above.flatMap((parent): Command[] => [
    ...(command.parents ? [{ ...command, cgroups: [parent] }] : []),
    {
      name: 'write',
      file: { cgroup: parent, name: 'cgroup.subtree_control', key: null },
      text: '+memory',
    },
  ]);
  return [...enabled, { ...command, cgroups: [path] }];
}

function carriedSet(command: Extract<Command, { name: 'set' }>, carrying: Carrying): Command[] {
  const { cgroup, weak } = command;
  if (weak && carrying.limited) return [];
  const values = command.values.flatMap(({ name, value, column }): Assignment[] => {
    const isMark = [LOW, HIGH].includes(fullName(name));
    // A recording's marks, which say that there are none to speak of.
    if (weak && isMark) return [];
    const found = renamed(name, value, carrying);
    return found === null ? [] : [{ name: found.name, value: found.text, column }];
  });
  return values.map(({ name, value }) => ({
    name: 'write',
    file: { cgroup, name, key: null },
    text: value,
  }));
}

/** A file of version 1 and what is written to it, as version 2 has them; null: it has no part in this run. */
function renamed(
  name: string,
  text: string,
  { standin }: Carrying,
): { readonly name: string; readonly text: string } | null {
  const full = fullName(name);
  const value = text.trim() === '-1' ? 'max' : text;
  if (full === LOW || full === HIGH) {
    if (standin === null) throw new Mistake(noMark(full), 1);
    const standing = MARKS[standin][full];
    return standing === null ? null : { name: standing, text: value };
  }
  const found = RENAMED[full];
  if (found === undefined || full === 'memory.usage_in_bytes') throw new Mistake(noFile(full), 1);
  return { name: found, text: found === 'memory.max' ? value : text };
}

function watched(file: FileName): FileName {
  const full = fullName(file.name);
  const found = RENAMED[full];
  if (found === undefined) throw new Mistake(noFile(full), 1);
  return { ...file, name: found };
}

const noMark = (full: string): string =>
  `${shortName(full)}: no kernel of today has this mark: --policy ${STANDINS.join(' or --policy ')} says what stands for it`;
const noFile = (full: string): string =>
  `${shortName(full)}: 6.1 has nothing that stands for it: leave the line out`;
