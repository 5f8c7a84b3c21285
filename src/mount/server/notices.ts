import type { Dentries, Dentry } from '../../machine/machine.ts';
import { parentOf } from '../../script/paths.ts';
import type { TreeChange } from '../../session/operations.ts';
import { ROOT_ID } from '../wire/protocol.ts';
import * as reply from '../wire/reply.ts';
import type { NodeTable } from './node-table.ts';

/**
 * What the kernel has to be told of a change that did not come through the mount: it
 * believes for ever what it was told. (That a name is not there it never believes.)
 */
export function noticesOf(change: TreeChange, dentries: Dentries, table: NodeTable): Buffer[] {
  switch (change.op) {
    case 'mkdir':
      return ofInode(dentries, table, parentOf(change.path));
    case 'rmdir':
      return [...ofEntry(dentries, table, change.path), ...ofInode(dentries, table, parentOf(change.path))];
    case 'rename':
      return [
        ...ofEntry(dentries, table, change.from),
        ...ofInode(dentries, table, parentOf(change.from)),
        ...ofInode(dentries, table, change.to),
      ];
    default:
      return ofInode(dentries, table, change.path);
  }
}

/** All that it knew of a machine that is no more. */
export const noticesOfAll = (names: readonly string[]): Buffer[] => [
  ...names.map((name) => reply.invalidateEntry(ROOT_ID, name)),
  reply.invalidateInode(ROOT_ID),
];

function ofEntry(dentries: Dentries, table: NodeTable, path: string): Buffer[] {
  const parent = knownAt(dentries, table, parentOf(path));
  return parent === null ? [] : [reply.invalidateEntry(parent, path.slice(path.lastIndexOf('/') + 1))];
}

function ofInode(dentries: Dentries, table: NodeTable, path: string): Buffer[] {
  const id = knownAt(dentries, table, path);
  return id === null ? [] : [reply.invalidateInode(id)];
}

/** Its number; null: the kernel does not know it. */
function knownAt(dentries: Dentries, table: NodeTable, path: string): number | null {
  let node: Dentry | null = dentries.root;
  for (const name of path.split('/')) {
    if (name !== '' && node !== null) node = dentries.lookup(node, name);
  }
  if (node === null) return null;
  const id = table.idOf(node);
  return table.isKnown(id) ? id : null;
}
