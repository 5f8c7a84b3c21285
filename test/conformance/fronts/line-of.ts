import { PAGE_SIZE } from '../../../src/kernel/units.ts';
import type { Operation } from '../../../src/machine/machine.ts';
import { quote } from '../../../src/script/words.ts';
import { journalForm } from '../../../src/session/operations.ts';

/** The line of the language that does an operation of the recordings, and waits for its end if it `waits`. */
export function lineOf(operation: Operation, waits: boolean): string {
  const line = journalForm(operation, behaviourOf(operation));
  if (line === null) throw new Error(`no line does ${operation.op}`);
  if (!waits) return line;
  return operation.op === 'run' ? line.replace(/^start /, 'run ') : line.replace(' --no-wait', '');
}

function behaviourOf(operation: Operation): readonly string[] {
  if (operation.op !== 'run' && operation.op !== 'start') return [];
  const { behaviour } = operation;
  const size = (pages: number): string => `${pages * PAGE_SIZE}`;
  if (behaviour.kind === 'alloc') return ['alloc', size(behaviour.pages)];
  if (behaviour.kind === 'stream')
    return ['stream', behaviour.file, size(behaviour.pages), '--bs', size(behaviour.block)];
  throw new Error(`no recording does ${quote([behaviour.kind])}`);
}
