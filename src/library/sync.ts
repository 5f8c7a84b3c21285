import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path/posix';
import { S_IFDIR } from '../fs/inode.ts';
import { encodeText } from '../kernel/text.ts';
import type { Errno } from '../machine/machine.ts';
import {
  bytesOf,
  encodingOf,
  fdOf,
  modeOf,
  type Options,
  optionsOf,
  pathOf,
  positionOf,
  spanOf,
  timeOf,
} from './arguments.ts';
import type { Calls, Target } from './calls.ts';
import { composed } from './composed.ts';
import { constants, flagsOf } from './constants.ts';
import { asOf, codeOf, errnoException, wrongType } from './errors.ts';
import { Dir, Dirent, statsOf } from './stats.ts';

/** The synchronous half of node:fs over a machine's system calls. Arguments are what callers hand over: unchecked. */

/** What is read at once where no length is known: control files have st_size 0. */
const CHUNK = 65_536;

export type SyncFs = ReturnType<typeof syncFs>;

export function syncFs(calls: Calls) {
  const stat = (target: Target, syscall: string, options: unknown) =>
    statsOf(calls.stat(target, syscall), optionsOf(options)['bigint'] === true);

  const statByPath = (syscall: string) => (path: unknown, options?: unknown) => {
    const asked = optionsOf(options);
    try {
      return stat(pathOf(path), syscall, options);
    } catch (error) {
      if (asked['throwIfNoEntry'] === false && codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  };

  const writeAll = (path: unknown, data: unknown, options: unknown, flag: string): void => {
    const { encoding, ...asked } = optionsOf(options);
    const bytes = bytesOf(data, encoding, 'data');
    const own = typeof path !== 'number';
    const fd = own ? calls.open(pathOf(path), flagsOf(asked['flag'], flag)) : fdOf(path);
    try {
      // As write(2) is called for what is left: for no bytes it is not called at all.
      if (bytes.length > 0) calls.write(fd, bytes, null);
      if (asked['flush'] === true) calls.fsync(fd, 'fsync');
    } finally {
      if (own) calls.close(fd);
    }
  };

  const readAll = (fd: number): Buffer => {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const piece = calls.read(fd, CHUNK, null);
      if (piece.length === 0) return Buffer.concat(pieces);
      pieces.push(piece);
    }
  };

  const realpath =
    (syscall: string) =>
    (path: unknown): string => {
      const name = pathOf(path);
      calls.stat(name, syscall);
      return calls.mount.absolute(name);
    };

  const truncateSync = (path: unknown, length?: unknown): void => {
    const fd = calls.open(pathOf(path), constants.O_RDWR);
    try {
      calls.ftruncate(fd, lengthOf(length));
    } finally {
      calls.close(fd);
    }
  };

  return {
    accessSync: (path: unknown, mode?: unknown) => calls.access(pathOf(path), modeOf(mode, constants.F_OK)),
    appendFileSync: (path: unknown, data: unknown, options?: unknown) => writeAll(path, data, options, 'a'),
    chmodSync: (path: unknown, mode: unknown) => calls.chmod(pathOf(path), modeOf(mode, 0), 'chmod'),
    chownSync: (path: unknown, uid: number, gid: number) => calls.chown(pathOf(path), uid, gid, 'chown'),
    closeSync: (fd: unknown) => calls.close(fdOf(fd)),
    existsSync: (path: unknown): boolean => {
      try {
        calls.access(pathOf(path), constants.F_OK);
        return true;
      } catch {
        return false;
      }
    },
    fchmodSync: (fd: unknown, mode: unknown) => calls.chmod(fdOf(fd), modeOf(mode, 0), 'fchmod'),
    fchownSync: (fd: unknown, uid: number, gid: number) => calls.chown(fdOf(fd), uid, gid, 'fchown'),
    fdatasyncSync: (fd: unknown) => calls.fsync(fdOf(fd), 'fdatasync'),
    fstatSync: (fd: unknown, options?: unknown) => stat(fdOf(fd), 'fstat', options),
    fsyncSync: (fd: unknown) => calls.fsync(fdOf(fd), 'fsync'),
    ftruncateSync: (fd: unknown, length?: unknown) => calls.ftruncate(fdOf(fd), lengthOf(length)),
    futimesSync: (fd: unknown, atime: unknown, mtime: unknown) =>
      calls.utimes(fdOf(fd), timeOf(atime), timeOf(mtime), 'futime'),
    lchownSync: (path: unknown, uid: number, gid: number) => calls.chown(pathOf(path), uid, gid, 'lchown'),
    linkSync: (from: unknown, to: unknown) => calls.link(pathOf(from, 'existingPath'), pathOf(to, 'newPath')),
    lstatSync: statByPath('lstat'),
    lutimesSync: (path: unknown, atime: unknown, mtime: unknown) =>
      calls.utimes(pathOf(path), timeOf(atime), timeOf(mtime), 'lutime'),
    mkdirSync: (path: unknown, options?: unknown): string | undefined => {
      const asked = typeof options === 'object' ? optionsOf(options) : { mode: options };
      const mode = modeOf(asked['mode'], 0o777);
      if (asked['recursive'] === true) return makeAll(calls, pathOf(path), mode);
      calls.mkdir(pathOf(path), mode);
      return undefined;
    },
    mkdtempSync: (prefix: unknown, options?: unknown): string | Buffer => {
      const before = pathOf(prefix, 'prefix');
      const path = `${before}${randomBytes(4).toString('base64url')}`;
      asOf('mkdtemp', `${before}XXXXXX`, undefined, () => calls.mkdir(path, 0o700));
      return nameIn(path, encodingOf(optionsOf(options)['encoding']));
    },
    /** The mode would be a new file's: there are none. */
    openSync: (path: unknown, flags?: unknown, mode?: unknown): number => {
      modeOf(mode, 0o666);
      return calls.open(pathOf(path), flagsOf(flags, 'r'));
    },
    opendirSync: (path: unknown): Dir => {
      const name = pathOf(path);
      return new Dir(name, calls.readdir(name, 'opendir'));
    },
    readFileSync: (path: unknown, options?: unknown): string | Buffer => {
      const asked = optionsOf(options);
      const own = typeof path !== 'number';
      const fd = own ? calls.open(pathOf(path), flagsOf(asked['flag'], 'r')) : fdOf(path);
      try {
        const encoding = encodingOf(asked['encoding']);
        // Node asks for the length first, unless it reads text.
        if (encoding === null) calls.stat(fd, 'fstat');
        const bytes = readAll(fd);
        return encoding === null || encoding === 'buffer' ? bytes : bytes.toString(encoding);
      } finally {
        if (own) calls.close(fd);
      }
    },
    readSync: (fd: unknown, buffer: unknown, ...rest: readonly unknown[]): number => {
      const { bytes, position } = spanOf(buffer, ...rest);
      const own = fdOf(fd);
      if (bytes.length === 0) return 0;
      const read = calls.read(own, bytes.length, position);
      bytes.set(read);
      return read.length;
    },
    readdirSync: (path: unknown, options?: unknown) => listing(calls, pathOf(path), optionsOf(options)),
    /** There are no links. */
    readlinkSync: (path: unknown): never => {
      const name = pathOf(path);
      calls.stat(name, 'readlink');
      throw errnoException({ errno: 'EINVAL', why: 'it is no link' }, 'readlink', name);
    },
    realpathSync: Object.assign(realpath('lstat'), { native: realpath('realpath') }),
    renameSync: (from: unknown, to: unknown) => calls.rename(pathOf(from, 'oldPath'), pathOf(to, 'newPath')),
    rmdirSync: (path: unknown) => calls.rmdir(pathOf(path)),
    statSync: statByPath('stat'),
    statfsSync: (path: unknown, options?: unknown) => {
      const { type, bsize, blocks } = calls.statfs(pathOf(path));
      const all = { type, bsize, blocks, bfree: 0, bavail: 0, files: 0, ffree: 0 };
      if (optionsOf(options)['bigint'] !== true) return all;
      return Object.fromEntries(Object.entries(all).map(([name, count]) => [name, BigInt(count)]));
    },
    symlinkSync: (target: unknown, path: unknown) => calls.symlink(pathOf(target, 'target'), pathOf(path)),
    truncateSync: (path: unknown, length?: unknown) =>
      typeof path === 'number' ? calls.ftruncate(fdOf(path), lengthOf(length)) : truncateSync(path, length),
    unlinkSync: (path: unknown) => calls.unlink(pathOf(path)),
    utimesSync: (path: unknown, atime: unknown, mtime: unknown) =>
      calls.utimes(pathOf(path), timeOf(atime), timeOf(mtime), 'utime'),
    writeFileSync: (path: unknown, data: unknown, options?: unknown) => writeAll(path, data, options, 'w'),
    /** (fd, string, position, encoding), or (fd, buffer, offset, length, position). */
    writeSync: (fd: unknown, data: unknown, ...rest: readonly unknown[]): number => {
      const own = fdOf(fd);
      const span =
        typeof data === 'string'
          ? { bytes: bytesOf(data, rest[1], 'buffer'), position: positionOf(rest[0]) }
          : spanOf(data, ...rest);
      calls.write(own, span.bytes, span.position);
      return span.bytes.length;
    },
    ...composed(calls),
  };
}

function lengthOf(length: unknown): number {
  if (length === undefined || length === null) return 0;
  if (typeof length !== 'number') throw wrongType('len', 'of type number', length);
  return Math.max(0, length);
}

/** What readdir answers: names in the order of their bytes, as libuv's scandir sorts them. */
function listing(
  calls: Calls,
  path: string,
  options: Options,
): (string | Buffer | Dirent | Dirent<Buffer>)[] {
  const encoding = encodingOf(options['encoding']);
  const found: (string | Buffer | Dirent | Dirent<Buffer>)[] = [];
  const todo = [''];
  for (let below = todo.shift(); below !== undefined; below = todo.shift()) {
    const parent = below === '' ? path : join(path, below);
    for (const { name, directory } of sorted(calls.readdir(parent, 'scandir'))) {
      if (options['recursive'] === true && directory) todo.push(join(below, name));
      if (options['withFileTypes'] !== true) found.push(nameIn(join(below, name), encoding));
      else if (encoding === 'buffer') found.push(new Dirent(nameBytes(name), parent, directory));
      else found.push(new Dirent(nameBytes(name).toString(encoding ?? 'utf8'), parent, directory));
    }
  }
  return found;
}

const nameBytes = (name: string): Buffer => Buffer.from(encodeText(name));

const nameIn = (name: string, encoding: BufferEncoding | 'buffer' | null): string | Buffer =>
  encoding === 'buffer' ? nameBytes(name) : nameBytes(name).toString(encoding ?? 'utf8');

const sorted = <T extends { readonly name: string }>(entries: readonly T[]): T[] =>
  [...entries].sort((a, b) => Buffer.compare(nameBytes(a.name), nameBytes(b.name)));

/** mkdir with `recursive`, as Node goes about it: the path itself first. Answers the first directory made. */
function makeAll(calls: Calls, path: string, mode: number): string | undefined {
  const toMake = [calls.mount.absolute(path)];
  let first: string | undefined;
  for (let next = toMake.pop(); next !== undefined; next = toMake.pop()) {
    const errno = tried(calls, next, mode);
    if (errno === null) first ??= next;
    else if (errno === 'ENOENT' && next !== '/') toMake.push(next, dirname(next));
    else if (errno !== 'EEXIST') throw errnoException({ errno, why: '' }, 'mkdir', path);
    else if ((calls.stat(next, 'mkdir').mode & S_IFDIR) === 0) {
      const inTheWay = toMake.length > 0 ? 'ENOTDIR' : 'EEXIST';
      throw errnoException({ errno: inTheWay, why: `${next} is a file` }, 'mkdir', path);
    }
  }
  return first;
}

function tried(calls: Calls, path: string, mode: number): Errno | null {
  try {
    calls.mkdir(path, mode);
    return null;
  } catch (error) {
    const errno = codeOf(error);
    if (errno === null) throw error;
    return errno;
  }
}
