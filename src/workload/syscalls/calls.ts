import type { FileAccesses } from './accesses.ts';
import { AddressSpaces } from './address-spaces.ts';
import { described, fdOf, has, number, quotedText } from './described.ts';
import type { StraceReader, SystemCall } from './strace-lines.ts';

/** All the calls that this understands, as strace's `-e trace=` takes them. */
export const TRACED_CALLS: readonly string[] = [
  ...['open', 'openat', 'openat2', 'creat', 'close', 'close_range', 'dup', 'dup2', 'dup3', 'fcntl', 'lseek'],
  ...['read', 'pread64', 'readv', 'preadv', 'preadv2', 'write', 'pwrite64', 'writev', 'pwritev', 'pwritev2'],
  ...['sendfile', 'copy_file_range', 'splice', 'mmap', 'fadvise64', 'truncate', 'ftruncate', 'unlink'],
  ...[
    'unlinkat',
    'rename',
    'renameat',
    'renameat2',
    'fork',
    'vfork',
    'clone',
    'clone3',
    'execve',
    'execveat',
  ],
  ...['chdir', 'fchdir', 'io_uring_setup'],
  ...['brk', 'munmap', 'mremap'],
];

/** Takes the calls that strace tells for what they do to files, and to memory. */
export class TracedCalls implements StraceReader {
  readonly #accesses: FileAccesses;
  readonly memory = new AddressSpaces();

  constructor(accesses: FileAccesses) {
    this.#accesses = accesses;
  }

  begun(pid: number, name: string): void {
    if (CLONES.has(name)) this.#accesses.cloneBegun(pid);
  }

  called(call: SystemCall): void {
    this.#accesses.at(call.time);
    CALLS[call.name]?.(this.#accesses, call);
    MEMORY_CALLS[call.name]?.(this.memory, call);
  }

  exited(pid: number, time: number): void {
    this.#accesses.exited(pid);
    this.memory.exited(pid, time);
  }
}

const CLONES = new Set(['fork', 'vfork', 'clone', 'clone3']);

/** The calls by their names; `args` as strace prints them. */
const CALLS: Readonly<Record<string, (to: FileAccesses, call: SystemCall) => void>> = {
  open: (to, call) => to.open(call, call.args[1] ?? ''),
  openat: (to, call) => to.open(call, call.args[2] ?? ''),
  openat2: (to, call) => to.open(call, call.args[2] ?? ''),
  creat: (to, call) => to.open(call, 'O_TRUNC'),
  close: (to, { pid, args }) => to.close(pid, fdOf(args[0])),
  close_range: (to, { pid, args }) => {
    if (!has(args[2] ?? '', 'CLOSE_RANGE_CLOEXEC')) to.close(pid, number(args[0]), number(args[1]));
  },
  dup: (to, call) => to.duplicate(call, false),
  dup2: (to, call) => to.duplicate(call, false),
  dup3: (to, call) => to.duplicate(call, has(call.args[2] ?? '', 'O_CLOEXEC')),
  fcntl: (to, call) => to.control(call),
  lseek: (to, call) => to.seek(call),
  read: (to, call) => inPlace(to, 'read', call),
  readv: (to, call) => inPlace(to, 'read', call),
  write: (to, call) => inPlace(to, 'write', call),
  writev: (to, call) => inPlace(to, 'write', call),
  pread64: (to, call) => atPosition(to, 'read', call),
  preadv: (to, call) => atPosition(to, 'read', call),
  preadv2: (to, call) => atPosition(to, 'read', call),
  pwrite64: (to, call) => atPosition(to, 'write', call),
  pwritev: (to, call) => atPosition(to, 'write', call),
  pwritev2: (to, call) => atPosition(to, 'write', call),
  sendfile: (to, { pid, args, result }) => {
    to.transfer('read', pid, args[1], given(args[2]), number(result));
    to.transfer('write', pid, args[0], null, number(result));
  },
  copy_file_range: (to, call) => between(to, call),
  splice: (to, call) => between(to, call),
  mmap: (to, { args }) => {
    const path = described(args[4] ?? '')?.path ?? null;
    if (path !== null) to.map(path, number(args[5]), number(args[1]));
  },
  fadvise64: (to, call) => to.advise(call),
  truncate: (to, call) => to.truncatePath(call),
  ftruncate: (to, call) => to.truncateOpen(call),
  unlink: (to, { pid, args }) => to.remove(pid, null, args[0]),
  unlinkat: (to, { pid, args }) => {
    if (!has(args[2] ?? '', 'AT_REMOVEDIR')) to.remove(pid, args[0], args[1]);
  },
  rename: (to, { pid, args }) => to.rename(pid, [null, args[0]], [null, args[1]]),
  renameat: (to, { pid, args }) => to.rename(pid, [args[0], args[1]], [args[2], args[3]]),
  renameat2: (to, { pid, args }) => to.rename(pid, [args[0], args[1]], [args[2], args[3]]),
  fork: (to, call) => to.clone(call, ''),
  vfork: (to, call) => to.clone(call, ''),
  clone: (to, call) => to.clone(call, call.args.join(' ')),
  clone3: (to, call) => to.clone(call, call.args[0] ?? ''),
  execve: (to, call) => to.execute(call, null, call.args[0]),
  execveat: (to, call) => to.execute(call, call.args[0], call.args[1]),
  chdir: (to, { pid, args }) => to.changeDirectory(pid, quotedText(args[0])),
  fchdir: (to, { pid, args }) => to.changeDirectory(pid, described(args[0])?.path ?? null),
  io_uring_setup: (to) => to.notes.add('io_uring was used: what is read and written through it is not seen'),
};

const cloned = (of: AddressSpaces, { pid, args, result }: SystemCall): void =>
  of.cloned(pid, number(result), has(args.join(' '), 'CLONE_VM'));

const MEMORY_CALLS: Readonly<Record<string, (of: AddressSpaces, call: SystemCall) => void>> = {
  brk: (of, call) => of.break(call),
  mmap: (of, call) => of.map(call),
  munmap: (of, call) => of.unmap(call),
  mremap: (of, call) => of.remap(call),
  fork: cloned,
  vfork: (of, { pid, result }) => of.cloned(pid, number(result), true),
  clone: cloned,
  clone3: cloned,
  execve: (of, { pid, time }) => of.executed(pid, time),
  execveat: (of, { pid, time }) => of.executed(pid, time),
};

const inPlace = (to: FileAccesses, kind: 'read' | 'write', { pid, args, result }: SystemCall): void =>
  to.transfer(kind, pid, args[0], null, number(result));

/** The position is the fourth argument; preadv2(2) and pwritev2(2) take -1 for the description's own. */
function atPosition(to: FileAccesses, kind: 'read' | 'write', { pid, args, result }: SystemCall): void {
  const at = number(args[3]);
  to.transfer(kind, pid, args[0], at < 0 ? null : at, number(result));
}

/** From one file into another, each at a position of its own or where it is. */
function between(to: FileAccesses, { pid, args, result }: SystemCall): void {
  to.transfer('read', pid, args[0], given(args[1]), number(result));
  to.transfer('write', pid, args[2], given(args[3]), number(result));
}

/** `[50] => [60]`, and NULL for none. */
const given = (text: string | undefined): number | null => {
  const parts = /^\[(\d+)\]/.exec(text ?? '');
  return parts === null ? null : Number(parts[1]);
};
