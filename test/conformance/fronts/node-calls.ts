import type nodeFs from 'node:fs';
import { type Calls, Inexpressible } from '../../../src/conform/front.ts';
import { done, isErrno, OK, type Result, refuse } from '../../../src/kernel/errno.ts';
import type { CgroupFs } from '../../../src/library/index.ts';
import type { DirectoryEntry, FsStat, Stat } from '../../../src/machine/machine.ts';

type Fs = Pick<typeof nodeFs, keyof CgroupFs & keyof typeof nodeFs>;
type Target = string | number;

/** Runs a call as the one whose call it is. */
export type As = <T>(call: () => T) => T;

/** System calls through node:fs, or what has its shape, on files below a folder. */
export class NodeCalls implements Calls {
  readonly #fs: Fs;
  readonly #at: string;
  readonly #as: As;
  /** Open files whose offset is not known, since a seek that could not be said. */
  readonly #lost = new Set<number>();

  constructor(fs: Fs, at: string, as: As = (call) => call()) {
    this.#fs = fs;
    this.#at = at;
    this.#as = as;
  }

  open(path: string, flags = 0): Result<number> {
    return this.#try(() => this.#fs.openSync(this.#path(path), flags));
  }

  close(fd: number): Result<undefined> {
    return this.#do(() => this.#fs.closeSync(fd));
  }

  read(fd: number, count: number): Result<Uint8Array> {
    if (this.#lost.has(fd)) throw new Inexpressible('a seek through node:fs: where this read begins is lost');
    return this.#read(fd, count, null);
  }

  pread(fd: number, count: number, offset: number): Result<Uint8Array> {
    return this.#read(fd, count, offset);
  }

  write(fd: number, data: Uint8Array): Result<undefined> {
    return this.#do(() => this.#fs.writeSync(fd, data));
  }

  pwrite(fd: number, data: Uint8Array, offset: number): Result<undefined> {
    return this.#do(() => this.#fs.writeSync(fd, data, 0, data.length, offset));
  }

  lseek(fd: number, _offset: number, _whence: 'set' | 'cur'): Result<number> {
    this.#lost.add(fd);
    throw new Inexpressible('a seek: node:fs has none');
  }

  stat(target: Target): Result<Stat> {
    return this.#try(() => {
      const stat =
        typeof target === 'number' ? this.#fs.fstatSync(target) : this.#fs.lstatSync(this.#path(target));
      const { ino, mode, uid, gid, size, nlink, blocks, blksize } = stat;
      const times = { atime: stat.atimeMs * 1e6, mtime: stat.mtimeMs * 1e6, ctime: stat.ctimeMs * 1e6 };
      return { ino, mode, uid, gid, size, nlink, blocks, blksize, ...times };
    });
  }

  statfs(): FsStat {
    throw new Inexpressible('statfs: node:fs does not show how long a name may be');
  }

  /** In the order of getdents(2), which opendir keeps; that . and .. come first is not seen by Node. */
  readdir(target: Target): Result<DirectoryEntry[]> {
    return this.#try(() => {
      const directory = this.#fs.opendirSync(this.#path(target));
      const dots = ['.', '..'].map((name) => ({ name, ino: 0, directory: true }));
      const entries: DirectoryEntry[] = [...dots];
      for (let each = directory.readSync(); each !== null; each = directory.readSync())
        entries.push({ name: each.name, ino: 0, directory: each.isDirectory() });
      directory.closeSync();
      return entries;
    });
  }

  chmod(target: Target, mode: number): Result<undefined> {
    return this.#do(() => this.#fs.chmodSync(this.#path(target), mode));
  }

  chown(target: Target, uid: number | null, gid: number | null): Result<undefined> {
    return this.#do(() => this.#fs.chownSync(this.#path(target), uid ?? -1, gid ?? -1));
  }

  utimes(target: Target, atime: number, mtime: number): Result<undefined> {
    return this.#do(() => this.#fs.utimesSync(this.#path(target), atime / 1e9, mtime / 1e9));
  }

  truncate(target: Target, size: number): Result<undefined> {
    return this.#do(() =>
      typeof target === 'number'
        ? this.#fs.ftruncateSync(target, size)
        : this.#fs.truncateSync(this.#path(target), size),
    );
  }

  fsync(fd: number): Result<undefined> {
    return this.#do(() => this.#fs.fsyncSync(fd));
  }

  mkdir(path: string, mode = 0o777): Result<undefined> {
    return this.#do(() => this.#fs.mkdirSync(this.#path(path), mode));
  }

  rmdir(path: string): Result<undefined> {
    return this.#do(() => this.#fs.rmdirSync(this.#path(path)));
  }

  rename(from: string, to: string): Result<undefined> {
    return this.#do(() => this.#fs.renameSync(this.#path(from), this.#path(to)));
  }

  unlink(path: string): Result<undefined> {
    return this.#do(() => this.#fs.unlinkSync(this.#path(path)));
  }

  symlink(target: string, path: string): Result<undefined> {
    return this.#do(() => this.#fs.symlinkSync(target, this.#path(path)));
  }

  link(from: string, to: string): Result<undefined> {
    return this.#do(() => this.#fs.linkSync(this.#path(from), this.#path(to)));
  }

  at(_fd: number): Result<Calls> {
    throw new Inexpressible('a path from an open directory: node:fs has no *at calls');
  }

  mmap(): never {
    throw new Inexpressible('mmap: node:fs has none');
  }

  poll(): never {
    throw new Inexpressible('poll: node:fs has none');
  }

  setxattr(): never {
    throw new Inexpressible('setxattr: node:fs has none');
  }

  mknod(): never {
    throw new Inexpressible('mknod: node:fs has none');
  }

  #read(fd: number, count: number, position: number | null): Result<Uint8Array> {
    return this.#try(() => {
      const buffer = Buffer.alloc(count);
      return buffer.subarray(0, this.#fs.readSync(fd, buffer, 0, count, position));
    });
  }

  #path(target: Target): string {
    if (typeof target === 'string') return `${this.#at}${target}`;
    throw new Inexpressible('a file by its number where node:fs takes a path');
  }

  #do(call: () => unknown): Result<undefined> {
    const result = this.#try(call);
    return result.ok ? OK : result;
  }

  #try<T>(call: () => T): Result<T> {
    try {
      return done(this.#as(call));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      const errno = code === 'ENOTSUP' ? 'EOPNOTSUPP' : code;
      if (typeof errno === 'string' && isErrno(errno)) return refuse(errno);
      throw error;
    }
  }
}
