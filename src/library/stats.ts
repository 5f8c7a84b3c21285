import type { BigIntStats, Dirent as NodeDirent, Stats as NodeStats } from 'node:fs';
import { S_IFDIR, S_IFMT, S_IFREG } from '../fs/inode.ts';
import type { Stat } from '../machine/machine.ts';

/** What stat(2) and readdir(3) answer, in Node's shapes. Times are virtual: the epoch is the machine's boot. */

const NS_PER_MS = 1_000_000;

/** `dev` tells the mount from what is around it. */
export type StatOf = Stat & { readonly dev: number };

class Stats {
  readonly #type: number;

  constructor(mode: number) {
    this.#type = mode & S_IFMT;
  }

  isFile(): boolean {
    return this.#type === S_IFREG;
  }
  isDirectory(): boolean {
    return this.#type === S_IFDIR;
  }
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return false;
  }
  isSymbolicLink(): boolean {
    return false;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}

/** fs.Stats, in the order of its fields; after `{ bigint: true }` its numbers are big. */
export function statsOf(stat: StatOf, big: boolean): NodeStats | BigIntStats {
  const { atime, mtime, ctime } = stat;
  const as = (value: number): number | bigint => (big ? BigInt(value) : value);
  const ms = (time: number): number | bigint =>
    big ? BigInt(Math.floor(time)) / BigInt(NS_PER_MS) : time / NS_PER_MS;
  const times = (suffix: string, make: (time: number) => unknown): object =>
    Object.fromEntries(
      Object.entries({ atime, mtime, ctime, birthtime: ctime }).map(([name, time]) => [
        name + suffix,
        make(time),
      ]),
    );
  return Object.assign(new Stats(stat.mode), {
    dev: as(stat.dev),
    mode: as(stat.mode),
    nlink: as(stat.nlink),
    uid: as(stat.uid),
    gid: as(stat.gid),
    rdev: as(0),
    blksize: as(stat.blksize),
    ino: as(stat.ino),
    size: as(stat.size),
    blocks: as(stat.blocks),
    ...times('Ms', ms),
    ...(big && times('Ns', (time) => BigInt(Math.floor(time)))),
    ...times('', (time) => new Date(Number(ms(time)))),
  }) as unknown as NodeStats | BigIntStats;
}

/** fs.Dirent */
export class Dirent<Name extends string | Buffer = string> extends Stats implements NodeDirent<Name> {
  readonly name: Name;
  readonly parentPath: string;
  readonly path: string;

  constructor(name: Name, parentPath: string, directory: boolean) {
    super(directory ? S_IFDIR : S_IFREG);
    this.name = name;
    this.parentPath = parentPath;
    this.path = parentPath;
  }
}

/** fs.Dir: a directory that is open, entry by entry in the kernel's order. */
export class Dir {
  readonly path: string;
  readonly #entries: Iterator<Dirent>;
  #closed = false;

  constructor(path: string, entries: readonly { readonly name: string; readonly directory: boolean }[]) {
    this.path = path;
    this.#entries = entries.map(({ name, directory }) => new Dirent(name, path, directory)).values();
  }

  readSync(): Dirent | null {
    this.#mustBeOpen();
    const { done, value } = this.#entries.next();
    return done === true ? null : value;
  }

  async read(): Promise<Dirent | null> {
    return this.readSync();
  }

  closeSync(): void {
    this.#mustBeOpen();
    this.#closed = true;
  }

  async close(): Promise<void> {
    this.closeSync();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Dirent, void> {
    try {
      for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
    } finally {
      this.closeSync();
    }
  }

  #mustBeOpen(): void {
    if (this.#closed)
      throw Object.assign(new Error('Directory handle was closed'), { code: 'ERR_DIR_CLOSED' });
  }
}
