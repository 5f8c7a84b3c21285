import { decodeText } from '../kernel/text.ts';
import { PAGE_SIZE } from '../kernel/units.ts';
import type { Operation } from '../machine/machine.ts';
import { parentOf } from '../script/paths.ts';
import { quote } from '../script/words.ts';

/** What a session has to know of each operation. */

/** Who asks, what for, and when they no longer want it. */
export interface Request {
  readonly subject: string;
  /** Words of the behaviour that the operation begins. */
  readonly behaviour: readonly string[];
  readonly signal: AbortSignal;
}

/** The same operation, but over at once where that may be: others go on meanwhile. */
export function unawaited(operation: Operation): Operation {
  switch (operation.op) {
    case 'run':
      return { ...operation, op: 'start' };
    case 'stop':
    case 'kill':
    case 'proc':
      return { ...operation, wait: false };
    default:
      return operation;
  }
}

/** What changes directories and metadata. */
export type TreeChange = Extract<
  Operation,
  { op: 'mkdir' | 'rmdir' | 'rename' | 'chmod' | 'chown' | 'utimes' }
>;

const TREE_CHANGES: ReadonlySet<string> = new Set<TreeChange['op']>([
  'mkdir',
  'rmdir',
  'rename',
  'chmod',
  'chown',
  'utimes',
]);

export const isTreeChange = (operation: Operation): operation is TreeChange => TREE_CHANGES.has(operation.op);

/** What is refused while tasks are in a cgroup, and must not be for one that has just ended. */
export const asksWhoIsThere = (operation: Operation): boolean =>
  operation.op === 'rmdir' || (operation.op === 'write' && ASKS.test(operation.path));

/** By both versions of cgroups: no controllers are enabled beside processes, and no domain with some gets threads. */
const ASKS = /\/(memory\.force_empty|cgroup\.subtree_control|cgroup\.type)$/;

const ONLY_LETS_GO: ReadonlySet<string> = new Set<Operation['op']>([
  'rmdir',
  'stop',
  'kill',
  'exit',
  'drop',
  'truncate',
  'sync',
  'close',
  'clear-faults',
  'attempt',
]);

/** What a server does that has no room for more: all else may make the machine larger. */
export const onlyLetsGo = ({ op }: Operation): boolean => ONLY_LETS_GO.has(op);

/**
 * The line of the language that does an operation and waits for nothing: what the
 * journal holds. `behaviour` are the words of a behaviour as they were given, with
 * the path of a kept trace. null: an operation that only waits.
 */
export function journalForm(operation: Operation, behaviour: readonly string[]): string | null {
  const words = wordsOf(operation, behaviour);
  return words === null ? null : quote(words);
}

function wordsOf(operation: Operation, behaviour: readonly string[]): string[] | null {
  switch (operation.op) {
    case 'write':
      return writeWords(operation.path, decodeText(operation.data));
    case 'rewrite':
      return ['rewrite', operation.path, decodeText(operation.data)];
    case 'open':
    case 'close':
      return [operation.op, operation.path];
    case 'mkdir':
      return ['mkdir', ...mkdirOptions(operation), operation.path];
    case 'chmod':
      return ['chmod', octal(operation.mode), operation.path];
    case 'chown':
      return ['chown', `${operation.uid}:${operation.gid}`, operation.path];
    case 'utimes':
      return ['utimes', `${operation.atime}`, `${operation.mtime}`, operation.path];
    case 'rmdir':
      return ['rmdir', operation.path];
    case 'rename':
      return ['mv', operation.from, operation.to];
    case 'spawn': {
      const node = operation.node === undefined ? [] : ['--node', `${operation.node}`];
      return [
        'spawn',
        ...node,
        ...optionWords('--rereads', operation.rereads),
        operation.task,
        operation.cgroup,
      ];
    }
    case 'kill': {
      const noWait = operation.signal === 'KILL' ? ['--no-wait'] : [];
      return ['kill', `-${operation.signal}`, ...noWait, operation.task];
    }
    case 'attach':
      return ['attach', operation.task, operation.cgroup];
    case 'renice':
      return ['renice', operation.task, `${operation.nice}`];
    case 'start':
    case 'run':
      return ['start', operation.task, ...behaviour];
    case 'stop':
      return ['stop', '--no-wait', operation.task];
    case 'adopt':
      return adoptWords(operation);
    case 'proc':
      return ['proc', '--no-wait', `${operation.pid}`, ...residentWords(operation.seen)];
    case 'exec':
      return ['exec', `${operation.pid}`, ...optionWords('--name', operation.name)];
    case 'exit':
      return ['exit', `${operation.pid}`];
    case 'drop':
      return ['drop', ...argument(operation.file ?? 'all')];
    case 'sync':
      return ['sync'];
    case 'truncate':
      return ['truncate', ...argument(operation.file), `${operation.pages * 4096}`];
    case 'fault':
      return faultWords(operation);
    case 'clear-faults':
      return ['fault', '--clear', ...(operation.path === null ? [] : [operation.path])];
    case 'attempt':
      return ['attempt', operation.path, operation.access];
    case 'wait-task':
    case 'sleep':
    case 'let-pass':
    case 'wait-until':
      return null;
  }
}

function mkdirOptions({ mode, owner }: Extract<Operation, { op: 'mkdir' }>): string[] {
  return [
    ...(mode === undefined ? [] : ['-m', octal(mode)]),
    ...(owner === undefined ? [] : ['--owner', `${owner.uid}:${owner.gid}`]),
  ];
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0');

/** A lone `-` stands for standard input behind `write`, and for itself behind `set`. */
function writeWords(path: string, text: string): string[] {
  if (text !== '-') return ['write', path, text];
  return ['set', parentOf(path), `${path.slice(path.lastIndexOf('/') + 1)}=-`];
}

const adoptWords = ({ pid, cgroup, name, start, parent, base }: Adopt): string[] => [
  'adopt',
  `${pid}`,
  cgroup,
  ...residentWords(base ?? {}),
  ...optionWords('--name', name),
  ...optionWords('--start', start),
  ...optionWords('--parent', parent),
];

const faultWords = ({ path, errno, on, after, times }: Extract<Operation, { op: 'fault' }>): string[] => [
  'fault',
  path,
  errno,
  ...optionWords('--on', on ?? undefined),
  ...optionWords('--after', after === 0 ? undefined : after),
  ...optionWords('--times', times === 1 ? undefined : (times ?? 'all')),
];

type Adopt = Extract<Operation, { op: 'adopt' }>;

const residentWords = (pages: Partial<Record<string, number>>): string[] =>
  Object.entries(pages).map(([kind, count = 0]) => `${kind}=${count * PAGE_SIZE}`);

const optionWords = (flag: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [flag, `${value}`];

/** A file may be called what looks like an option. */
const argument = (name: string): string[] => (name.startsWith('-') ? ['--', name] : [name]);
