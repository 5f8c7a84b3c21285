import type { Operation } from '../machine/machine.ts';

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
