import type { Operation } from '../machine/machine.ts';

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
