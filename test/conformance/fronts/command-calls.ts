import { type Calls, Inexpressible } from '../../../src/conform/front.ts';
import type { Operation, Result } from '../../../src/machine/machine.ts';
import { cgroupPath } from '../../../src/script/paths.ts';

/** No line of the language says this. */
const unsaid = (what: string) => (): never => {
  throw new Inexpressible(`${what}: no command does it`);
};

/** System calls that a line of the language stands for. */
export class CommandCalls implements Calls {
  readonly #do: (operation: Operation) => Result<undefined>;

  readonly open = unsaid('open');
  readonly close = unsaid('close');
  readonly read = unsaid('read of an open file');
  readonly pread = unsaid('pread');
  readonly write = unsaid('write to an open file');
  readonly pwrite = unsaid('pwrite');
  readonly lseek = unsaid('lseek');
  readonly stat = unsaid('stat');
  readonly statfs = unsaid('statfs');
  readonly readdir = unsaid('readdir');
  readonly chmod = unsaid('chmod');
  readonly chown = unsaid('chown');
  readonly utimes = unsaid('utimes');
  readonly truncate = unsaid('truncate of a control file');
  readonly fsync = unsaid('fsync');
  readonly mmap = unsaid('mmap');
  readonly poll = unsaid('poll');
  readonly setxattr = unsaid('setxattr');
  readonly unlink = unsaid('unlink');
  readonly symlink = unsaid('symlink');
  readonly link = unsaid('link');
  readonly mknod = unsaid('mknod');
  readonly at = unsaid('a path from an open directory');

  constructor(act: (operation: Operation) => Result<undefined>) {
    this.#do = act;
  }

  mkdir(path: string): Result<undefined> {
    return this.#do({ op: 'mkdir', path: normal(path) });
  }

  rmdir(path: string): Result<undefined> {
    return this.#do({ op: 'rmdir', path: normal(path) });
  }

  rename(from: string, to: string): Result<undefined> {
    return this.#do({ op: 'rename', from: normal(from), to: normal(to) });
  }
}

function normal(path: string): string {
  if (cgroupPath(path) === path) return path;
  throw new Inexpressible('a path with . or .. or a slash at its end: the language takes them out');
}
