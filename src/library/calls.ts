import { MAY_EXEC, permission, S_IFDIR, type Stat } from '../fs/inode.ts';
import type { Credentials } from '../fs/types.ts';
import { done, OK, type Result, refuse } from '../kernel/errno.ts';
import type { FsStat, Vfs } from '../machine/machine.ts';
import { errnoException } from './errors.ts';
import type { MountPoint } from './mount-point.ts';
import type { StatOf } from './stats.ts';

/** The machine's file descriptors begin here, so that none is taken for one of the process's own. */
const FIRST_FD = 1_000_000;
/** st_dev of the mount, and of what is around it. */
const DEV = 0x1b;
const DEV_AROUND = 0x19;

export interface Entry {
  readonly name: string;
  readonly directory: boolean;
}

/** A path, or a file descriptor. */
export type Target = string | number;

/** System calls by paths of the program; what is refused is thrown as Node throws it. */
export class Calls {
  readonly #reach: () => Vfs;
  readonly #who: Credentials;
  readonly mount: MountPoint;
  readonly #finish: (begun: Result<undefined> | null) => Result<undefined>;

  constructor(
    reach: () => Vfs,
    who: Credentials,
    mount: MountPoint,
    finish: (begun: Result<undefined> | null) => Result<undefined>,
  ) {
    this.#reach = reach;
    this.#who = who;
    this.mount = mount;
    this.#finish = finish;
  }

  /** The machine may be another from call to call. */
  get #vfs(): Vfs {
    return this.#reach();
  }

  open(path: string, flags: number): number {
    return FIRST_FD + this.#at(path, 'open', (inside) => this.#vfs.open(inside, flags));
  }

  close(fd: number): void {
    value(this.#vfs.close(fd - FIRST_FD), 'close');
  }

  read(fd: number, count: number, position: number | null): Uint8Array {
    const own = fd - FIRST_FD;
    return value(
      position === null ? this.#vfs.read(own, count) : this.#vfs.pread(own, count, position),
      'read',
    );
  }

  /** Takes all bytes. */
  write(fd: number, data: Uint8Array, position: number | null): void {
    const own = fd - FIRST_FD;
    const begun = position === null ? this.#vfs.write(own, data) : this.#vfs.pwrite(own, data, position);
    value(this.#finish(begun), 'write');
  }

  stat(target: Target, syscall: string): StatOf {
    if (typeof target === 'number') return { ...value(this.#vfs.stat(target - FIRST_FD), syscall), dev: DEV };
    return this.#at(
      target,
      syscall,
      (inside) => withDev(this.#vfs.stat(inside)),
      () => done(AROUND),
    );
  }

  statfs(path: string): FsStat {
    return this.#at(path, 'statfs', (inside) => {
      const there = this.#vfs.stat(inside);
      return there.ok ? done(this.#vfs.statfs()) : there;
    });
  }

  /** access(2): F_OK is 0. */
  access(path: string, mode: number): void {
    this.#at(
      path,
      'access',
      (inside) => {
        const stat = this.#vfs.stat(inside);
        return stat.ok ? mayAccess(stat.value, mode, this.#who) : stat;
      },
      () => mayAccess(AROUND, mode, this.#who),
    );
  }

  /** Without . and .., in the kernel's order. */
  readdir(path: string, syscall: string): Entry[] {
    return this.#at<Entry[]>(
      path,
      syscall,
      (inside) => {
        const listed = this.#vfs.readdir(inside);
        return listed.ok ? done(listed.value.filter(({ name }) => name !== '.' && name !== '..')) : listed;
      },
      (holds) => done([{ name: holds, directory: true }]),
    );
  }

  mkdir(path: string, mode: number): void {
    this.#at(
      path,
      'mkdir',
      (inside) => this.#vfs.mkdir(inside, mode),
      () => refuse('EEXIST'),
    );
  }

  rmdir(path: string): void {
    const begin = (inside: string): Result<undefined> => this.#finish(this.#vfs.rmdir(inside));
    this.#at(path, 'rmdir', begin, () => refuse('EBUSY', 'the mount point is below it'));
  }

  unlink(path: string): void {
    this.#at(
      path,
      'unlink',
      (inside) => this.#vfs.unlink(inside),
      () => refuse('EISDIR'),
    );
  }

  rename(from: string, to: string): void {
    this.#two(from, to, 'rename', (source, target) => this.#vfs.rename(source, target));
  }

  link(from: string, to: string): void {
    this.#two(from, to, 'link', (source, target) => this.#vfs.link(source, target));
  }

  symlink(target: string, path: string): void {
    const place = this.mount.find(path);
    const elsewhere = place.where === 'nowhere' ? refuse('ENOENT') : refuse('EEXIST');
    const result = place.where === 'inside' ? this.#vfs.symlink(target, place.path) : elsewhere;
    value(result, 'symlink', target, path);
  }

  chmod(target: Target, mode: number, syscall: string): void {
    this.#change(target, syscall, (own) => this.#vfs.chmod(own, mode));
  }

  chown(target: Target, uid: number, gid: number, syscall: string): void {
    const id = (given: number): number | null => (given === -1 || given === 0xffff_ffff ? null : given);
    this.#change(target, syscall, (own) => this.#vfs.chown(own, id(uid), id(gid)));
  }

  /** Times in ns since boot. */
  utimes(target: Target, atime: number, mtime: number, syscall: string): void {
    this.#change(target, syscall, (own) => this.#vfs.utimes(own, atime, mtime));
  }

  ftruncate(fd: number, size: number): void {
    value(this.#vfs.truncate(fd - FIRST_FD, size), 'ftruncate');
  }

  fsync(fd: number, syscall: string): void {
    value(this.#vfs.fsync(fd - FIRST_FD), syscall);
  }

  #change(target: Target, syscall: string, change: (own: Target) => Result<undefined>): void {
    if (typeof target === 'number') value(change(target - FIRST_FD), syscall);
    else this.#at(target, syscall, change, () => refuse('EACCES', this.#alone()));
  }

  #two(
    from: string,
    to: string,
    syscall: string,
    act: (from: string, to: string) => Result<undefined>,
  ): void {
    const [source, target] = [this.mount.find(from), this.mount.find(to)];
    const elsewhere = [source, target].some(({ where }) => where === 'nowhere') ? 'ENOENT' : 'EXDEV';
    const bothInside = source.where === 'inside' && target.where === 'inside';
    value(bothInside ? act(source.path, target.path) : refuse(elsewhere), syscall, from, to);
  }

  #alone(): string {
    return `there is nothing here but what leads to ${this.mount.outside('/')}`;
  }

  /** `above`: what is to be done on the way to the mount point; left out: it is refused. */
  #at<T>(
    path: string,
    syscall: string,
    inside: (path: string) => Result<T>,
    above: ((holds: string) => Result<T>) | null = null,
  ): T {
    const place = this.mount.find(path);
    if (place.where === 'inside') return value(inside(place.path), syscall, path);
    if (place.where === 'above')
      return value(above === null ? refuse('EACCES', this.#alone()) : above(place.holds), syscall, path);
    const creates = syscall === 'mkdir' && place.parent;
    throw errnoException(creates ? refuse('EACCES', this.#alone()) : refuse('ENOENT'), syscall, path);
  }
}

function value<T>(result: Result<T>, syscall: string, path?: string, dest?: string): T {
  if (result.ok) return result.value;
  throw errnoException(result, syscall, path, dest);
}

/** Uid 0 may do all but run what nobody may. */
function mayAccess(stat: Stat, mode: number, who: Credentials): Result<undefined> {
  const runnable = (stat.mode & 0o111) !== 0 || (stat.mode & S_IFDIR) !== 0;
  if ((mode & MAY_EXEC) !== 0 && !runnable) return refuse('EACCES', 'nobody may run it');
  return mode === 0 ? OK : permission(stat, mode, who);
}

const withDev = (stat: Result<Stat>): Result<StatOf> => (stat.ok ? done({ ...stat.value, dev: DEV }) : stat);

const AROUND: StatOf = {
  dev: DEV_AROUND,
  ino: 1,
  mode: S_IFDIR | 0o755,
  nlink: 3,
  uid: 0,
  gid: 0,
  size: 0,
  atime: 0,
  mtime: 0,
  ctime: 0,
  blocks: 0,
  blksize: 4096,
};
