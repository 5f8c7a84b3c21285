import { ERRNO_NUMBER } from '../../kernel/errno-number.ts';
import type { Dentries, Dentry, DirectoryEntry } from '../../machine/machine.ts';
import { MAX_OPEN } from '../wire/protocol.ts';
import * as reply from '../wire/reply.ts';
import type { Header, Of } from '../wire/request.ts';
import { ESTALE, type NodeTable } from './node-table.ts';

const { EBADF, ENFILE, ENOTDIR } = ERRNO_NUMBER;

/** An open directory: its entries as they were when it was last read from its beginning. */
interface OpenDirectory {
  readonly node: Dentry;
  entries: readonly DirectoryEntry[];
}

/** The directories that are open, by numbers of their own. */
export class Directories {
  readonly #table: NodeTable;
  readonly #dentries: () => Dentries;
  readonly #open = new Map<number, OpenDirectory>();
  #nextHandle = 1;

  constructor(table: NodeTable, dentries: () => Dentries) {
    this.#table = table;
    this.#dentries = dentries;
  }

  /** They are of a machine that is no more. */
  clear(): void {
    for (const directory of this.#open.values()) directory.entries = [];
  }

  answer(header: Header, body: Of<'opendir' | 'readdir' | 'releasedir'>): Buffer {
    const { unique } = header;
    if (body.op === 'opendir') {
      const node = this.#table.find(header.node);
      if (node === null) return reply.failed(unique, ESTALE);
      if (node.file !== null) return reply.failed(unique, ENOTDIR);
      if (this.#open.size >= MAX_OPEN) return reply.failed(unique, ENFILE);
      const handle = this.#nextHandle++;
      this.#open.set(handle, { node, entries: [] });
      return reply.opened(unique, handle, 0);
    }
    if (body.op === 'releasedir') {
      this.#open.delete(body.handle);
      return reply.done(unique);
    }
    const directory = this.#open.get(body.handle);
    if (directory === undefined) return reply.failed(unique, EBADF);
    if (body.offset === 0) directory.entries = this.#dentries().list(directory.node);
    return reply.entries(unique, directory.entries, body.offset, body.size);
  }
}
