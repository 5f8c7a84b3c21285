import { mkdir, rename } from '../fs/cgroup.ts';
import { close, handleOf, lseek, O_RDONLY, open, read, type Whence, write } from '../fs/handle.ts';
import {
  type AttributeChange,
  inodeOf,
  MAY_READ,
  MAY_WRITE,
  permission,
  S_IFDIR,
  S_IFMT,
  S_IFREG,
  type Stat,
  setAttributes,
  statOf,
} from '../fs/inode.ts';
import { create, link, lookup, makeSpecial, unlink } from '../fs/namei.ts';
import { type DirectoryEntry, directoryEntries } from '../fs/readdir.ts';
import { type Cgroup, type Credentials, SUPERUSER } from '../fs/types.ts';
import { done, OK, type Result, refuse } from '../kernel/errno.ts';
import { begin, handOf, rmdir } from './perform.ts';
import type { MachineState } from './state.ts';

/** Whose system calls these are; what is left out is uid 0's, by the task `sh`, from the root. */
export interface Caller {
  readonly uid?: number;
  readonly gid?: number;
  readonly groups?: readonly number[];
  readonly umask?: number;
  /** The task of the machine that calls: what 0 means when it is written to `tasks`. */
  readonly pid?: number;
}

/** What statfs(2) answers. */
export interface FsStat {
  readonly type: number;
  readonly bsize: number;
  readonly blocks: number;
  readonly namelen: number;
}

/** fs/libfs.c: simple_statfs(). */
const STATFS = { bsize: 4096, blocks: 0, namelen: 255 };
/** DEFAULT_POLLMASK: always POLLIN and POLLOUT. */
const POLLIN = 1;
const POLLOUT = 4;
const XATTR_TRUSTED = 'trusted.';

/**
 * System calls on the cgroup filesystem, with the kernel's answers. A path that
 * does not begin with / goes out from `at`. Open files are part of the machine's
 * state. Where `null` is answered the call takes virtual time: run() until done.
 */
export class Vfs {
  readonly #state: MachineState;
  readonly #caller: Caller;
  readonly #who: Credentials;

  constructor(state: MachineState, caller: Caller, cwd: Cgroup | null = null) {
    const { uid = 0, gid = 0, groups = [], umask = SUPERUSER.umask } = caller;
    this.#state = state;
    this.#caller = caller;
    this.#who = { uid, gid, groups, umask, cwd };
  }

  /** openat(2)'s relatives: relative paths go out from that open directory. */
  at(fd: number): Result<Vfs> {
    const handle = handleOf(this.#state.fs, fd);
    if (!handle.ok) return handle;
    const { cgroup, file } = handle.value;
    if (file !== null) return refuse('ENOTDIR', `${file} is a file`);
    return done(new Vfs(this.#state, this.#caller, cgroup));
  }

  /** `flags` are Linux's O_*. Answers the file descriptor. */
  open(path: string, flags: number = O_RDONLY): Result<number> {
    return open(this.#state.fs, path, flags, this.#who);
  }

  close(fd: number): Result<undefined> {
    return close(this.#state.fs, fd);
  }

  /** At most `count` bytes from the offset on; none at the end. */
  read(fd: number, count: number): Result<Uint8Array> {
    return read(this.#state.fs, fd, count, null);
  }

  pread(fd: number, count: number, offset: number): Result<Uint8Array> {
    return read(this.#state.fs, fd, count, offset);
  }

  /** OK: all bytes were taken. */
  write(fd: number, data: Uint8Array): Result<undefined> | null {
    return this.#write(fd, data, null);
  }

  pwrite(fd: number, data: Uint8Array, offset: number): Result<undefined> | null {
    return this.#write(fd, data, offset);
  }

  lseek(fd: number, offset: number, whence: Whence): Result<number> {
    return lseek(this.#state.fs, fd, offset, whence);
  }

  /** A path, or an open file. */
  stat(target: string | number): Result<Stat> {
    const found = this.#find(target);
    return found.ok ? done(statOf(this.#state.fs, found.value.cgroup, found.value.file)) : found;
  }

  statfs(): FsStat {
    return { type: this.#state.fs.controller.traits.magic, ...STATFS };
  }

  /** As getdents(2) lists it: `.` and `..`, sub-directories newest first, then the files. */
  readdir(target: string | number): Result<DirectoryEntry[]> {
    const found = this.#find(target);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    if (file !== null) return refuse('ENOTDIR', `${file} is a file`);
    const { fs } = this.#state;
    if (typeof target === 'string') {
      const allowed = permission(cgroup.inode, MAY_READ, this.#who);
      if (!allowed.ok) return allowed;
    }
    // vfs_readdir(): file_accessed().
    cgroup.inode.atime = fs.mm.sched.now;
    return done(directoryEntries(fs, cgroup));
  }

  chmod(target: string | number, mode: number): Result<undefined> {
    return this.#change(target, { mode });
  }

  /** null leaves what it is. */
  chown(target: string | number, uid: number | null, gid: number | null): Result<undefined> {
    return this.#change(target, { ...(uid !== null && { uid }), ...(gid !== null && { gid }) });
  }

  /** Times in ns since boot. */
  utimes(target: string | number, atime: number, mtime: number): Result<undefined> {
    return this.#change(target, { atime, mtime });
  }

  /** Changes the size that stat() shows, and nothing else: what is written is not kept as text. */
  truncate(target: string | number, size: number): Result<undefined> {
    if (size < 0) return refuse('EINVAL', 'a length is not negative');
    const found = this.#find(target);
    if (!found.ok) return found;
    const { cgroup, file, writable } = found.value;
    if (file === null) return refuse(writable === null ? 'EISDIR' : 'EINVAL', 'a cgroup has no length');
    if (writable === false) return refuse('EINVAL', 'the file is not open for writing');
    const { fs } = this.#state;
    const allowed = writable === null ? permission(inodeOf(fs, cgroup, file), MAY_WRITE, this.#who) : OK;
    return allowed.ok ? setAttributes(fs, cgroup, file, { size }, SUPERUSER) : allowed;
  }

  /** do_fsync(): control files have none, directories have nothing to do. */
  fsync(fd: number): Result<undefined> {
    const handle = handleOf(this.#state.fs, fd);
    if (!handle.ok) return handle;
    return handle.value.file === null ? OK : refuse('EINVAL', 'a control file is on no disk');
  }

  mmap(fd: number): Result<undefined> {
    const handle = handleOf(this.#state.fs, fd);
    return handle.ok ? refuse('ENODEV', 'control files can not be mapped') : handle;
  }

  /** The events, of those asked for, that are there. */
  poll(fd: number, events: number): Result<number> {
    const handle = handleOf(this.#state.fs, fd);
    return handle.ok ? done(events & (POLLIN | POLLOUT)) : handle;
  }

  /** vfs_setxattr(), without an LSM. */
  setxattr(target: string | number, name: string): Result<undefined> {
    const found = this.#find(target);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    if (name.startsWith(XATTR_TRUSTED) && this.#who.uid !== 0)
      return refuse('EPERM', 'trusted.* is for uid 0');
    const allowed = permission(inodeOf(this.#state.fs, cgroup, file), MAY_WRITE, this.#who);
    return allowed.ok ? refuse('EOPNOTSUPP', 'there are no extended attributes here') : allowed;
  }

  mkdir(path: string, mode = 0o777): Result<undefined> {
    return mkdir(this.#state.fs, path, mode, this.#who);
  }

  rmdir(path: string): Result<undefined> | null {
    this.#mustBeIdle();
    return rmdir(this.#state, path, this.#who);
  }

  rename(from: string, to: string): Result<undefined> {
    return rename(this.#state.fs, from, to, this.#who);
  }

  unlink(path: string): Result<undefined> {
    return unlink(this.#state.fs, path, this.#who);
  }

  symlink(target: string, path: string): Result<undefined> {
    if (target === '') return refuse('ENOENT', 'an empty path names nothing');
    return makeSpecial(this.#state.fs, path, this.#who);
  }

  link(from: string, to: string): Result<undefined> {
    return link(this.#state.fs, from, to, this.#who);
  }

  /** `mode` with the type of S_IFMT; none is a regular file. */
  mknod(path: string, mode: number): Result<undefined> {
    const type = mode & S_IFMT;
    if (type === S_IFDIR) return refuse('EPERM', 'mkdir makes directories');
    const regular = type === 0 || type === S_IFREG;
    return regular ? create(this.#state.fs, path, this.#who) : makeSpecial(this.#state.fs, path, this.#who);
  }

  #write(fd: number, data: Uint8Array, at: number | null): Result<undefined> | null {
    this.#mustBeIdle();
    const state = this.#state;
    const { pid } = this.#caller;
    const task = pid === undefined ? state.sh : state.mm.tasksByPid.get(pid);
    if (task === undefined) return refuse('ESRCH', `no task has the pid ${pid}`);
    const answer = write(state.fs, fd, data, at, { task, uid: this.#who.uid });
    return 'wait' in answer ? begin(state, handOf(answer)) : answer;
  }

  #mustBeIdle(): void {
    if (this.#state.hand !== null) throw new Error('an operation is in hand: run() until it is done');
    this.#state.answer = null;
  }

  #change(target: string | number, change: AttributeChange): Result<undefined> {
    const found = this.#find(target);
    if (!found.ok) return found;
    return setAttributes(this.#state.fs, found.value.cgroup, found.value.file, change, this.#who);
  }

  /** `writable` is null for a path. */
  #find(target: string | number): Result<{ cgroup: Cgroup; file: string | null; writable: boolean | null }> {
    if (typeof target === 'number') return handleOf(this.#state.fs, target);
    const found = lookup(this.#state.fs, target, this.#who);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    return done({ cgroup, file: file?.name ?? null, writable: null });
  }
}
