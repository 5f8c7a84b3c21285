import type { Dentries, Dentry } from '../../machine/machine.ts';
import { ROOT_ID } from '../wire/protocol.ts';

/** Of an inode that is no more. */
export const ESTALE = 116;

interface Known {
  readonly node: Dentry;
  /** How often the kernel has been told of it and has not forgotten it. */
  lookups: number;
}

/** What the kernel holds on to, by the numbers it knows it by. */
export class NodeTable {
  #dentries: Dentries;
  readonly #known = new Map<number, Known>();
  /** What a machine's inode numbers are raised by: no number is used again for another machine. */
  #base = 0;
  #highest = ROOT_ID;

  constructor(dentries: Dentries) {
    this.#dentries = dentries;
  }

  /** null: the kernel should not know it any more. */
  find(id: number): Dentry | null {
    return id === ROOT_ID ? this.#dentries.root : (this.#known.get(id)?.node ?? null);
  }

  /** Its number, which the kernel knows once more often from now on. */
  remember(node: Dentry): number {
    const id = this.idOf(node);
    if (id === ROOT_ID) return id;
    const known = this.#known.get(id);
    if (known === undefined) this.#known.set(id, { node, lookups: 1 });
    else known.lookups += 1;
    if (id > this.#highest) this.#highest = id;
    return id;
  }

  forget(id: number, lookups: number): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    known.lookups -= lookups;
    if (known.lookups <= 0) this.#known.delete(id);
  }

  idOf(node: Dentry): number {
    return node.cgroup.parent === null && node.file === null
      ? ROOT_ID
      : this.#base + this.#dentries.stat(node).ino;
  }

  isKnown(id: number): boolean {
    return id === ROOT_ID || this.#known.has(id);
  }

  get size(): number {
    return this.#known.size;
  }

  /** Goes on with another machine. Answers the names in the root that the kernel knew. */
  changeTo(dentries: Dentries): string[] {
    const { root } = this.#dentries;
    const names = [...this.#known.values()].flatMap(({ node: { cgroup, file } }) => {
      if (cgroup === root.cgroup) return file ?? [];
      return cgroup.parent === root.cgroup && file === null ? cgroup.name : [];
    });
    this.#known.clear();
    this.#dentries = dentries;
    this.#base = this.#highest;
    return names;
  }
}
