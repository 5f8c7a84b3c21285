import { decodeText } from '../kernel/text.ts';
import type { Operation } from '../machine.ts';
import { parentOf } from '../script/paths.ts';
import { quote } from '../script/words.ts';

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
    case 'mkdir':
      return ['mkdir', operation.path];
    case 'rmdir':
      return ['rmdir', operation.path];
    case 'rename':
      return ['mv', operation.from, operation.to];
    case 'spawn': {
      const node = operation.node === undefined ? [] : ['--node', `${operation.node}`];
      return ['spawn', ...node, operation.task, operation.cgroup];
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
    case 'drop':
      return ['drop', ...argument(operation.file ?? 'all')];
    case 'sync':
      return ['sync'];
    case 'truncate':
      return ['truncate', ...argument(operation.file), `${operation.pages * 4096}`];
    case 'wait-task':
    case 'sleep':
    case 'let-pass':
    case 'wait-until':
      return null;
  }
}

/** A lone `-` stands for standard input behind `write`, and for itself behind `set`. */
function writeWords(path: string, text: string): string[] {
  if (text !== '-') return ['write', path, text];
  return ['set', parentOf(path), `${path.slice(path.lastIndexOf('/') + 1)}=-`];
}

/** A file may be called what looks like an option. */
const argument = (name: string): string[] => (name.startsWith('-') ? ['--', name] : [name]);
