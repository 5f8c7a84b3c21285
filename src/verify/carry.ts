import type { KernelVersion } from '../machine/machine.ts';
import type { Assignment, Command } from '../script/command.ts';
import { Mistake } from '../script/mistake.ts';
import { type FileName, fullName, parentOf, shortName } from '../script/paths.ts';
import { unsaid } from '../script/recorded.ts';
import type { ScriptLines } from '../script/script-files.ts';
import type { Lines } from '../script/source.ts';
import { bytesIn } from '../script/values.ts';
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
  /** Where marks are that name no cgroup. */
  readonly group: string;
  /** Marks that loops go by, by cgroup: filled as the lines are read. */
  readonly loops: Map<string, LoopMarks>;
}

/** Bytes. */
export interface LoopMarks {
  readonly high: number;
  readonly low: number;
}

const LOW = 'memory.low_wmark_in_bytes';
const HIGH = 'memory.high_wmark_in_bytes';

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
  if (command.name === 'machine') return [carriedMachine(command)];
  if (carrying.kernel === '6.1') return [command];
  if (LOOKS.has(command.name)) return [];
  if (command.name === 'spawn' && carrying.isRecording) return [unsaid(command)];
  switch (command.name) {
    case 'mkdir':
      return command.cgroups.flatMap((path) => withMemory(path, command));
    case 'write': {
      const found = renamed(command.file.cgroup, command.file.name, command.text, carrying);
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

function carriedMachine({
  options: { nodes = 1, seed, swap, memory, costs },
}: Extract<Command, { name: 'machine' }>): Command {
  if (nodes > 1) throw new Mistake(`nodes=${nodes}: the guest has no NUMA, its one node is 0`, 1);
  const options = {
    kernel: '6.1',
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
    const found = renamed(cgroup, name, value, carrying);
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
  cgroup: string | null,
  name: string,
  text: string,
  carrying: Carrying,
): { readonly name: string; readonly text: string } | null {
  const full = fullName(name);
  const unlimited = text.trim() === '-1';
  if (full === LOW || full === HIGH) {
    if (carrying.standin === null) throw new Mistake(noMark(full), 1);
    if (carrying.standin === 'reclaim-loop') noteMark(cgroup ?? carrying.group, full, text, carrying);
    return full === HIGH && carrying.standin === 'memory.high'
      ? { name: 'memory.high', text: unlimited ? 'max' : text }
      : null;
  }
  const found = RENAMED[full];
  if (found === undefined || full === 'memory.usage_in_bytes') throw new Mistake(noFile(full), 1);
  return { name: found, text: found === 'memory.max' && unlimited ? 'max' : text };
}

function noteMark(cgroup: string, full: string, text: string, { loops }: Carrying): void {
  const value = Number(bytesIn(text.trim()) ?? Infinity);
  const marks = loops.get(cgroup) ?? { high: Infinity, low: 0 };
  loops.set(cgroup, full === HIGH ? { ...marks, high: value } : { ...marks, low: value });
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
