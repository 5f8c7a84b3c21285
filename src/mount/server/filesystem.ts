import { ERRNO_NUMBER } from '../../kernel/errno-number.ts';
import { isLongerThan } from '../../kernel/text.ts';
import type { Dentries, Dentry, Handle, Operation, Owner, Stat } from '../../machine/machine.ts';
import { join } from '../../script/paths.ts';
import type { LiveMachine } from '../../session/live-machine.ts';
import type { RealTasks } from '../processes/callers.ts';
import { insideIds, writeOfTasks } from '../processes/callers.ts';
import { FOPEN_DIRECT_IO, FOPEN_NOFLUSH, InitFlag, MAJOR, MAX_OPEN, SetAttr } from '../wire/protocol.ts';
import type { Answer } from '../wire/reply.ts';
import * as reply from '../wire/reply.ts';
import type { Header, Of, Request, Times } from '../wire/request.ts';
import { Directories } from './directories.ts';
import { Doer } from './doer.ts';
import { ESTALE, NodeTable } from './node-table.ts';
import { POLLERR, POLLHUP, Polls } from './polls.ts';
import { listsTasks, shownStat, validityOf } from './shown-stat.ts';

/** Errnos of the FUSE server's own, beside those of the machine. */
const ENOSYS = 38;
const EPROTO = 71;
const { EACCES, EBADF, EBUSY, EINVAL, ENAMETOOLONG, ENFILE, ENODEV, ENOENT, ENOTDIR, EPERM } = ERRNO_NUMBER;

const O_ACCMODE = 3;
const O_WRONLY = 1;
const O_TRUNC = 0o1000;
const O_DIRECT = 0o40000;
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const MODE_BITS = 0o7777;
const USUAL_MODE = 0o755;
const RENAME_NOREPLACE = 1;
/** cgroup_common_file_write(): what is longer is refused before it is looked at. */
const MAX_WRITE = 4096;

/** What the kernel is asked to do its own way. */
const INIT_FLAGS =
  InitFlag.ATOMIC_O_TRUNC |
  InitFlag.BIG_WRITES |
  InitFlag.DONT_MASK |
  InitFlag.PARALLEL_DIROPS |
  InitFlag.MAX_PAGES;

export interface FilesystemOptions {
  readonly live: LiveMachine;
  readonly owner: Owner;
  readonly told: () => void;
  readonly realTasks: RealTasks | null;
}

/**
 * Answers requests from a live machine. The kernel walks paths, holds on to inodes and
 * checks permissions (default_permissions); what changes the machine is an operation.
 */
export class Filesystem {
  readonly doer: Doer;
  readonly #owner: Owner;
  readonly #told: () => void;
  readonly #realTasks: RealTasks | null;
  #live: LiveMachine;
  #dentries: Dentries;
  readonly table: NodeTable;
  /** null: of a machine that is no more. */
  readonly #files = new Map<number, Handle | null>();
  readonly #directories: Directories;
  /** Files that the kernel takes for empty, since somebody opened them with O_TRUNC and wrote nothing. */
  readonly #emptied = new Set<number>();
  readonly polls: Polls;
  #nextHandle = 1;

  constructor({ live, owner, told, realTasks }: FilesystemOptions) {
    this.#live = live;
    this.#dentries = live.machine.dentries();
    this.table = new NodeTable(this.#dentries);
    this.doer = new Doer(live, told);
    this.#owner = owner;
    this.#told = told;
    this.#realTasks = realTasks;
    this.polls = new Polls(() => this.#live);
    this.#directories = new Directories(this.table, () => this.#dentries);
  }

  /** Goes on with another machine. Answers the names in the root that the kernel knew. */
  changeTo(live: LiveMachine): string[] {
    this.#live = live;
    this.#dentries = live.machine.dentries();
    this.doer.changeTo(live);
    for (const handle of this.#files.keys()) this.#files.set(handle, null);
    this.#directories.clear();
    this.#emptied.clear();
    this.polls.clear();
    return this.table.changeTo(this.#dentries);
  }

  answer({ header, body }: Request): Answer {
    const { unique } = header;
    if (body === null) return reply.failed(unique, EINVAL);
    switch (body.op) {
      case 'open':
        return this.#open(header, body);
      case 'write':
        return this.#write(header, body);
      case 'read':
        return this.#read(header, body);
      case 'release': {
        const file = this.#files.get(body.handle);
        if (file) this.polls.released(file);
        this.#files.delete(body.handle);
        return reply.done(unique);
      }
      case 'poll':
        return this.#poll(header, body);
      case 'forget':
        for (const { node, lookups } of body.nodes) this.table.forget(node, lookups);
        return null;
      case 'interrupt':
        this.doer.interrupt(body.unique);
        return null;
      case 'fsync':
        // do_fsync(): a control file has no fsync.
        return reply.failed(unique, EINVAL);
      case 'fsyncdir':
      case 'destroy':
        return reply.done(unique);
      case 'statfs':
        return reply.statfs(unique);
      case 'init':
        return init(unique, body);
      case 'opendir':
      case 'readdir':
      case 'releasedir':
        return this.#directories.answer(header, body);
      case 'unknown':
        return reply.failed(unique, ENOSYS);
      default:
        return this.#onNode(header, body);
    }
  }

  #onNode(
    header: Header,
    body: Of<'lookup' | 'unlink' | 'rmdir' | 'getattr' | 'setattr' | 'mkdir' | 'rename'> | Making,
  ): Answer {
    const { unique } = header;
    const node = this.table.find(header.node);
    if (node === null) return reply.failed(unique, ESTALE);
    switch (body.op) {
      case 'lookup': {
        if (this.#isTooLong(body.name)) return reply.failed(unique, ENAMETOOLONG);
        const found = this.#dentries.lookup(node, body.name);
        return found === null ? reply.failed(unique, ENOENT) : this.#entry(unique, found);
      }
      case 'getattr':
        return this.#attr(unique, node);
      case 'setattr':
        return this.#setattr(header, body, node);
      case 'mkdir':
        return this.#mkdir(header, body, node);
      case 'rmdir':
        return this.#rmdir(header, body, node);
      case 'rename':
        return this.#rename(header, body, node);
      case 'create':
        return reply.failed(unique, EACCES);
      case 'mknod': {
        const type = body.mode & S_IFMT;
        return reply.failed(unique, type === 0 || type === S_IFREG ? EACCES : EPERM);
      }
      case 'unlink':
      case 'symlink':
      case 'link':
        return reply.failed(unique, EPERM);
    }
  }

  #entry(unique: number, node: Dentry): Buffer {
    return reply.entry(unique, this.table.remember(node), this.#stat(node), validityOf(node));
  }

  #attr(unique: number, node: Dentry): Buffer {
    return reply.attr(unique, this.#stat(node), validityOf(node));
  }

  #stat(node: Dentry): Stat {
    this.#emptied.delete(this.table.idOf(node));
    return shownStat(node, this.#dentries.stat(node), this.#owner, this.#live);
  }

  #open({ unique, node: id }: Header, { flags }: Of<'open'>): Answer {
    const node = this.table.find(id);
    if (node === null) return reply.failed(unique, ESTALE);
    if ((flags & O_DIRECT) !== 0) return reply.failed(unique, EINVAL);
    if (this.#files.size >= MAX_OPEN) return reply.failed(unique, ENFILE);
    const access = flags & O_ACCMODE;
    if ((flags & O_TRUNC) !== 0) this.#emptied.add(id);
    // The kernel looks the name up again, hears of the size (see sizeOf()), and opens once more.
    else if (access !== O_WRONLY && this.#emptied.has(id)) return reply.failed(unique, ESTALE);
    const open = (): Buffer => {
      const opened = this.#dentries.open(node, access !== O_WRONLY, access !== 0);
      if (!opened.ok) return reply.failed(unique, ERRNO_NUMBER[opened.errno]);
      const handle = this.#nextHandle++;
      this.#files.set(handle, opened.value);
      return reply.opened(unique, handle, FOPEN_DIRECT_IO | FOPEN_NOFLUSH);
    };
    if (!listsTasks(node.file) || access === O_WRONLY) return open();
    return this.#upToDate(node, open);
  }

  #read(header: Header, { handle, offset, size, caches }: Of<'read'>): Answer {
    const { unique } = header;
    const file = this.#files.get(handle);
    if (file === undefined) return reply.failed(unique, EBADF);
    if (file === null) return reply.failed(unique, ENODEV);
    // Pages would keep a text of before, and its length: who splices is told to read, and all do.
    if (caches) return reply.failed(unique, EINVAL);
    const dentries = this.#dentries;
    const path = offset === 0 ? dentries.path(file) : null;
    const act = (): Buffer => {
      const read = dentries.read(file, size, offset);
      if (offset === 0) this.polls.wasRead(file);
      return read.ok ? reply.data(unique, read.value) : reply.failed(unique, ERRNO_NUMBER[read.errno]);
    };
    if (path === null || this.#live.machine.nextFault(path, 'read') === null)
      return this.#upToDate(file, act);
    return this.doer.do(header, { op: 'attempt', path, access: 'read' }, () => this.#upToDate(file, act));
  }

  #poll({ unique }: Header, { handle, wakeUp }: Of<'poll'>): Answer {
    const file = this.#files.get(handle);
    if (file === undefined) return reply.failed(unique, EBADF);
    if (file === null) return reply.polled(unique, POLLERR | POLLHUP);
    return this.#upToDate(file, () => reply.polled(unique, this.polls.poll(file, wakeUp)));
  }

  /** Lets happen what was to happen by now, then makes an answer that tells of it. */
  #upToDate(node: Dentry, act: () => Buffer): Answer {
    const path = this.#dentries.path({ cgroup: node.cgroup, file: null });
    const refreshed =
      path === null || node.file === null ? undefined : this.#realTasks?.refresh?.(path, node.file);
    const tell = (): Buffer => {
      this.#live.catchUpIfDue();
      this.#told();
      return act();
    };
    return refreshed === undefined ? tell() : refreshed.then(tell);
  }

  #write(header: Header, { handle, data }: Of<'write'>): Answer {
    const { unique } = header;
    const file = this.#files.get(handle);
    if (file === undefined || file?.writable === false) return reply.failed(unique, EBADF);
    if (file === null) return reply.failed(unique, ENODEV);
    const path = this.#dentries.path(file);
    if (path === null) return reply.failed(unique, ERRNO_NUMBER[this.#dentries.refusalOfRemoved(file)]);
    // The buffer of the device is used again, and the write may have to wait.
    const copy = Uint8Array.from(data);
    if (this.polls.hasTrigger(file)) return reply.failed(header.unique, EBUSY);
    const taken = listsTasks(file.file) ? this.#taken(header, file, path, copy) : null;
    if (taken !== null) return taken;
    return this.doer.do(header, { op: 'write', path, data: copy }, () => {
      this.#emptied.delete(header.node);
      this.polls.wasWritten(file, copy);
      return reply.written(unique, copy.length);
    });
  }

  /** null: let the machine answer, which knows what fault is due; one that is to come counts what it does not see. */
  #taken(header: Header, file: Handle, path: string, data: Uint8Array): Answer {
    const fault = this.#live.machine.nextFault(path, 'write');
    const taken = fault?.after === 0 ? null : this.#writeTasks(header, file, data);
    if (taken === null || fault === null) return taken;
    return this.doer.do(header, { op: 'attempt', path, access: 'write' }, () => taken);
  }

  #writeTasks(header: Header, { cgroup }: Handle, data: Uint8Array): Answer {
    const { unique, pid } = header;
    const caller = { pid, ...insideIds(this.#owner, header) };
    const named = data.length < MAX_WRITE ? this.#dentries.pidIn(data) : null;
    if (named === null) return null;
    const mayMove = (of: number) => this.#dentries.mayMove({ cgroup, file: null }, of, caller.uid);
    const answer = writeOfTasks(named, caller, cgroup.memcg.path, this.#realTasks, mayMove);
    if (answer === null) return null;
    const tell = (result: Awaited<typeof answer>): Buffer =>
      result?.ok === false
        ? reply.failed(unique, ERRNO_NUMBER[result.errno])
        : reply.written(unique, data.length);
    return answer instanceof Promise ? answer.then(tell) : tell(answer);
  }

  #setattr(header: Header, { valid, mode, uid, gid, times }: Of<'setattr'>, node: Dentry): Answer {
    const path = this.#dentries.path(node);
    const stat = this.#dentries.stat(node);
    const changes: Operation[] = [];
    if (path !== null) {
      if ((valid & SetAttr.MODE) !== 0) changes.push({ op: 'chmod', path, mode: mode & MODE_BITS });
      if ((valid & (SetAttr.UID | SetAttr.GID)) !== 0) {
        const given = insideIds(this.#owner, { uid, gid });
        changes.push({
          op: 'chown',
          path,
          uid: (valid & SetAttr.UID) !== 0 ? given.uid : stat.uid,
          gid: (valid & SetAttr.GID) !== 0 ? given.gid : stat.gid,
        });
      }
      if ((valid & (SetAttr.ATIME | SetAttr.MTIME)) !== 0)
        changes.push({ op: 'utimes', path, ...this.#times(valid, times, stat) });
    }
    // SIZE: every `>` truncates; a control file has no length to change.
    const next = (): Answer => {
      const change = changes.shift();
      return change === undefined ? this.#attr(header.unique, node) : this.doer.do(header, change, next);
    };
    return next();
  }

  #times(valid: number, times: Times, stat: { atime: number; mtime: number }) {
    const now = Math.ceil(this.#live.machine.now);
    const virtual = (seconds: number, ns: number): number => Math.max(0, seconds * 1e9 + ns);
    const pick = (set: number, setNow: number, given: number, old: number): number =>
      (valid & setNow) !== 0 ? now : (valid & set) !== 0 ? given : Math.ceil(old);
    const { ATIME, ATIME_NOW, MTIME, MTIME_NOW } = SetAttr;
    return {
      atime: pick(ATIME, ATIME_NOW, virtual(times.atime, times.atimeNs), stat.atime),
      mtime: pick(MTIME, MTIME_NOW, virtual(times.mtime, times.mtimeNs), stat.mtime),
    };
  }

  #mkdir(header: Header, { mode, umask, name }: Of<'mkdir'>, parent: Dentry): Answer {
    const place = this.#place(parent, name);
    if (typeof place === 'number') return reply.failed(header.unique, place);
    const bits = mode & ~umask & MODE_BITS;
    const owner = insideIds(this.#owner, header);
    const operation: Operation = {
      op: 'mkdir',
      path: place,
      ...(bits !== USUAL_MODE && { mode: bits }),
      ...((owner.uid !== 0 || owner.gid !== 0) && { owner }),
    };
    return this.doer.do(header, operation, () => {
      const made = this.#dentries.lookup(parent, name);
      return made === null ? reply.failed(header.unique, ENOENT) : this.#entry(header.unique, made);
    });
  }

  #rmdir(header: Header, { name }: Of<'rmdir'>, parent: Dentry): Answer {
    const place = this.#place(parent, name);
    if (typeof place === 'number') return reply.failed(header.unique, place);
    return this.doer.do(header, { op: 'rmdir', path: place }, () => reply.done(header.unique));
  }

  #rename(header: Header, { newParent, flags, from, to }: Of<'rename'>, parent: Dentry): Answer {
    const { unique } = header;
    const target = this.table.find(newParent);
    if (target === null) return reply.failed(unique, ESTALE);
    if ((flags & ~RENAME_NOREPLACE) !== 0) return reply.failed(unique, EINVAL);
    const [source, goal] = [this.#place(parent, from), this.#place(target, to)];
    if (typeof source === 'number') return reply.failed(unique, source);
    if (typeof goal === 'number') return reply.failed(unique, goal);
    return this.doer.do(header, { op: 'rename', from: source, to: goal }, () => reply.done(unique));
  }

  #isTooLong(name: string): boolean {
    const { nameMax } = this.#dentries;
    return nameMax !== null && isLongerThan(name, nameMax);
  }

  /** The path of a name in a directory, or the number of what is wrong with it. */
  #place(parent: Dentry, name: string): string | number {
    if (parent.file !== null) return ENOTDIR;
    if (this.#isTooLong(name)) return ENAMETOOLONG;
    // The kernel never asks for these.
    if (name === '.' || name === '..' || name.includes('/')) return EINVAL;
    const directory = this.#dentries.path(parent);
    return directory === null ? ENOENT : join(directory, name);
  }
}

type Making = Of<'mknod' | 'symlink' | 'link' | 'create'>;

function init(unique: number, { major, maxReadahead, flags }: Of<'init'>): Buffer {
  if (major < MAJOR) return reply.failed(unique, EPROTO);
  // To a later major the kernel is told ours, and asks again.
  return reply.initialized(unique, maxReadahead, flags & INIT_FLAGS);
}
