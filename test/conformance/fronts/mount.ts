import { spawnSync } from 'node:child_process';
import nodeFs from 'node:fs';
import { type Calls, Inexpressible } from '../../../src/conform/front.ts';
import { scanPid } from '../../../src/fs/cgroup-files.ts';
import { done, type Result, refuse } from '../../../src/kernel/errno.ts';
import type { Caller, MachineOptions, Operation } from '../../../src/machine/machine.ts';
import { CommandFront } from './command.ts';
import { type As, NodeCalls } from './node-calls.ts';
import type { SyncSession } from './sync-session.ts';
import { fileOperation, readWhole } from './whole-files.ts';

/** Files by node:fs on a mount of the session, everything else by lines to it. */
export class MountFront extends CommandFront {
  override readonly hasDescriptors = true;
  readonly isMount = true;
  readonly #root: MountCalls;
  readonly #directory: string;

  constructor(
    session: SyncSession,
    directory: string,
    errata: MachineOptions['errata'],
    options: Partial<MachineOptions> = {},
  ) {
    super(session, errata, options);
    this.#directory = directory;
    this.#root = new MountCalls(nodeFs, directory);
  }

  override do(operation: Operation): Result<undefined> {
    return fileOperation(this.#root, operation) ?? super.do(operation);
  }

  override read(path: string): Result<string> {
    return readWhole(this.#root, path);
  }

  override calls({ uid = 0, gid = 0, pid }: Caller): Calls {
    if (pid !== undefined) return new TaskCalls(nodeFs, this.#directory);
    return uid === 0 ? this.#root : new MountCalls(nodeFs, this.#directory, as(uid, gid));
  }
}

/** Calls as another user. */
const as =
  (uid: number, gid: number): As =>
  (call) => {
    if (process.getuid?.() !== 0) throw new Inexpressible('another user: only uid 0 can be one');
    process.setegid?.(gid);
    process.seteuid?.(uid);
    try {
      return call();
    } finally {
      process.seteuid?.(0);
      process.setegid?.(0);
    }
  };

/** What of node:fs's calls does not reach a mounted file system as it was said. */
class MountCalls extends NodeCalls {
  /** By a program that shares the open file, and so its position. */
  override lseek(fd: number, offset: number, whence: 'set' | 'cur'): Result<number> {
    if (offset >= 2 ** 40) throw new Inexpressible('a seek past 2^40: Linux has no such bound for a mount');
    const script = 'print sysseek(STDIN, $ARGV[0], $ARGV[1])';
    const args = ['-e', script, '--', String(offset), whence === 'set' ? '0' : '1'];
    const { stdout } = spawnSync('perl', args, { stdio: [fd, 'pipe', 'inherit'], encoding: 'utf8' });
    return stdout === '' ? refuse('EINVAL') : done(Number.parseInt(stdout, 10));
  }

  override at(fd: number): Result<Calls> {
    return done(new MountCalls(nodeFs, `/proc/self/fd/${fd}/`));
  }

  override write(fd: number, data: Uint8Array): Result<undefined> {
    if (data.length === 0)
      throw new Inexpressible('a write of no bytes: Linux does not pass it on to a mount');
    return super.write(fd, data);
  }

  override rename(from: string, to: string): Result<undefined> {
    if (from === '/') throw new Inexpressible('the root renamed: a mount point belongs to what is around it');
    return super.rename(from, to);
  }
}

/** As an emulated task would call: who calls is a real process, which 0 would stand for. */
class TaskCalls extends MountCalls {
  override write(fd: number, data: Uint8Array): Result<undefined> {
    if (scanPid(data) === 0)
      throw new Inexpressible('an emulated task that writes 0: through a mount the writer is a real process');
    return super.write(fd, data);
  }
}
