import type { BigIntStats, Dirent as NodeDirent, Stats as NodeStats } from 'node:fs';
import { S_IFDIR, S_IFMT, S_IFREG } from '../fs/inode.ts';
import type { Stat } from '../machine/machine.ts';

/** What stat(2) and readdir(3) answer, in Node's shapes. Times are virtual: the epoch is the machine's boot. */

const NS_PER_MS = 1_000_000;

/** `dev` tells the mount from what is around it. */
export type StatOf = Stat & { readonly dev: number };

class Kind {
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

/** fs.Stats, in the order of its fields. */
export class Stats extends Kind implements NodeStats {
  readonly dev: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev = 0;
  readonly blksize: number;
  readonly ino: number;
  readonly size: number;
  readonly blocks: number;
  readonly atimeMs: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly birthtimeMs: number;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly birthtime: Date;

  constructor(stat: StatOf) {
    super(stat.mode);
    this.dev = stat.dev;
    this.mode = stat.mode;
    this.nlink = stat.nlink;
    this.uid = stat.uid;
    this.gid = stat.gid;
    this.blksize = stat.blksize;
    this.ino = stat.ino;
    this.size = stat.size;
    this.blocks = stat.blocks;
    this.atimeMs = stat.atime / NS_PER_MS;
    this.mtimeMs = stat.mtime / NS_PER_MS;
    this.ctimeMs = stat.ctime / NS_PER_MS;
    this.birthtimeMs = this.ctimeMs;
    this.atime = new Date(this.atimeMs);
    this.mtime = new Date(this.mtimeMs);
    this.ctime = new Date(this.ctimeMs);
    this.birthtime = new Date(this.birthtimeMs);
  }
}

/** The same after `{ bigint: true }`. */
export class BigStats extends Kind implements BigIntStats {
  readonly dev: bigint;
  readonly mode: bigint;
  readonly nlink: bigint;
  readonly uid: bigint;
  readonly gid: bigint;
  readonly rdev = 0n;
  readonly blksize: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly blocks: bigint;
  readonly atimeMs: bigint;
  readonly mtimeMs: bigint;
  readonly ctimeMs: bigint;
  readonly birthtimeMs: bigint;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly birthtimeNs: bigint;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly birthtime: Date;

  constructor(stat: StatOf) {
    super(stat.mode);
    this.dev = BigInt(stat.dev);
    this.mode = BigInt(stat.mode);
    this.nlink = BigInt(stat.nlink);
    this.uid = BigInt(stat.uid);
    this.gid = BigInt(stat.gid);
    this.blksize = BigInt(stat.blksize);
    this.ino = BigInt(stat.ino);
    this.size = BigInt(stat.size);
    this.blocks = BigInt(stat.blocks);
    this.atimeNs = BigInt(Math.floor(stat.atime));
    this.mtimeNs = BigInt(Math.floor(stat.mtime));
    this.ctimeNs = BigInt(Math.floor(stat.ctime));
    this.birthtimeNs = this.ctimeNs;
    this.atimeMs = this.atimeNs / BigInt(NS_PER_MS);
    this.mtimeMs = this.mtimeNs / BigInt(NS_PER_MS);
    this.ctimeMs = this.ctimeNs / BigInt(NS_PER_MS);
    this.birthtimeMs = this.ctimeMs;
    this.atime = new Date(Number(this.atimeMs));
    this.mtime = new Date(Number(this.mtimeMs));
    this.ctime = new Date(Number(this.ctimeMs));
    this.birthtime = new Date(Number(this.birthtimeMs));
  }
}

/** fs.Dirent */
export class Dirent<Name extends string | Buffer = string> extends Kind implements NodeDirent<Name> {
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
