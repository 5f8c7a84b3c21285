import type { Node, Nodes } from '../machine/machine.ts';
import { parentOf } from '../script/paths.ts';
import type { TreeChange } from '../session/operations.ts';
import type { NodeTable } from './node-table.ts';
import { ROOT_ID } from './protocol.ts';
import * as reply from './reply.ts';

/**
 * What the kernel has to be told of a change that did not come through the mount: it
 * believes for ever what it was told. (That a name is not there it never believes.)
 */
export function noticesOf(change: TreeChange, nodes: Nodes, table: NodeTable): Buffer[] {
  switch (change.op) {
    case 'mkdir':
      return ofInode(nodes, table, parentOf(change.path));
    case 'rmdir':
      return [...ofEntry(nodes, table, change.path), ...ofInode(nodes, table, parentOf(change.path))];
    case 'rename':
      return [
        ...ofEntry(nodes, table, change.from),
        ...ofInode(nodes, table, parentOf(change.from)),
        ...ofInode(nodes, table, change.to),
      ];
    default:
      return ofInode(nodes, table, change.path);
  }
}

/** All that it knew of a machine that is no more. */
export const noticesOfAll = (names: readonly string[]): Buffer[] => [
  ...names.map((name) => reply.invalidateEntry(ROOT_ID, name)),
  reply.invalidateInode(ROOT_ID),
];

function ofEntry(nodes: Nodes, table: NodeTable, path: string): Buffer[] {
  const parent = knownAt(nodes, table, parentOf(path));
  return parent === null ? [] : [reply.invalidateEntry(parent, path.slice(path.lastIndexOf('/') + 1))];
}

function ofInode(nodes: Nodes, table: NodeTable, path: string): Buffer[] {
  const id = knownAt(nodes, table, path);
  return id === null ? [] : [reply.invalidateInode(id)];
}

/** Its number; null: the kernel does not know it. */
function knownAt(nodes: Nodes, table: NodeTable, path: string): number | null {
  let node: Node | null = nodes.root;
  for (const name of path.split('/')) {
    if (name !== '' && node !== null) node = nodes.lookup(node, name);
  }
  if (node === null) return null;
  const id = table.idOf(node);
  return table.isKnown(id) ? id : null;
}
