import { posix } from 'node:path';

import { described, fdOf, has, number, quotedText, WORKING_DIRECTORY } from './described.ts';
import { type Description, Descriptors } from './descriptors.ts';
import { Files } from './files.ts';
import type { SystemCall } from './strace-lines.ts';

/** What a program did to the cached pages of a file. Bytes; `file`: by the names that it was told with. */
export interface FileAccess {
  /** Microseconds since 1970; never goes backwards. */
  readonly time: number;
  /**
   * `truncate`: the file is `offset` long from now on, and nothing beyond is cached (also of one that is
   * removed); `drop`: what is clean there is to be forgotten (POSIX_FADV_DONTNEED); `map`: mmap(2), or a
   * program that is run.
   */
  readonly kind: 'read' | 'write' | 'truncate' | 'drop' | 'map';
  readonly file: number;
  readonly offset: number;
  readonly size: number;
}

/** What is asked of the machine that the calls are made on. */
export interface RealFiles {
  /** Bytes; 0 where there is no regular file. */
  sizeOf(path: string): number;
  /** Of a descriptor that the first task had from the start; null: not known. */
  inherited(fd: number): { readonly offset: number; readonly append: boolean } | null;
}

/** Follows the descriptors and files of a tree of processes, and tells what they read and write. */
export class FileAccesses {
  readonly #descriptors = new Descriptors((description) => this.#released(description));
  readonly #files: Files;
  readonly #real: RealFiles;
  readonly #tell: (access: FileAccess) => void;
  readonly #directories = new Map<number, string>();
  #time = 0;
  /** Things that it saw and can't follow, in words. */
  readonly notes = new Set<string>();

  constructor(real: RealFiles, directory: string, tell: (access: FileAccess) => void) {
    this.#real = real;
    this.#files = new Files((path) => real.sizeOf(path));
    this.#directory = directory;
    this.#tell = tell;
  }

  readonly #directory: string;

  /** By number. */
  get names(): readonly string[] {
    return this.#files.names;
  }

  /** Tasks that were heard of and have not ended, by their pids. */
  get tasks(): ReadonlySet<number> {
    return this.#descriptors.tasks;
  }

  /** A call has begun that may make a task whose calls are told before this one's end. */
  cloneBegun(pid: number): void {
    this.#descriptors.cloneBegun(pid);
  }

  exited(pid: number): void {
    this.#descriptors.exited(pid);
    this.#directories.delete(pid);
  }

  /** It is so late, microseconds since 1970: what follows happens then. */
  at(time: number): void {
    this.#time = Math.max(this.#time, time);
  }

  open({ pid, result }: SystemCall, flags: string): void {
    const opened = described(result);
    if (opened === null) return;
    const direct = has(flags, 'O_DIRECT');
    if (direct && opened.path !== null) this.notes.add('direct I/O (O_DIRECT) passes the page cache by');
    const file =
      opened.path === null || direct || has(flags, 'O_DIRECTORY') ? null : this.#files.at(opened.path);
    if (file !== null && has(flags, 'O_TRUNC')) this.#truncate(file, 0);
    this.#open(pid, opened.fd, file, 0, has(flags, 'O_APPEND'), has(flags, 'O_CLOEXEC'));
  }

  /** `at`: the position that was given, bytes; null: the description's own, which goes on. */
  transfer(kind: 'read' | 'write', pid: number, descriptor: string, at: number | null, size: number): void {
    const description = this.#find(pid, descriptor);
    if (description === undefined || description.file === null || size <= 0) return;
    const file = this.#files.of(description.file);
    const offset = at ?? (kind === 'write' && description.append ? file.length : description.offset);
    if (at === null) description.offset = offset + size;
    if (kind === 'write') file.length = Math.max(file.length, offset + size);
    this.#access(kind, description.file, offset, size);
  }

  seek({ pid, args, result }: SystemCall): void {
    const description = this.#find(pid, args[0]);
    if (description !== undefined) description.offset = number(result);
  }

  duplicate({ pid, args, result }: SystemCall, closeOnExec: boolean): void {
    const to = described(result);
    const from = described(args[0]);
    if (to === null || from === null) return;
    this.#find(pid, args[0]);
    this.#descriptors.copy(pid, from.fd, to.fd, closeOnExec);
  }

  control(call: SystemCall): void {
    const { pid, args } = call;
    if (args[1]?.startsWith('F_DUPFD')) this.duplicate(call, args[1] === 'F_DUPFD_CLOEXEC');
    else if (args[1] === 'F_SETFD')
      this.#descriptors.setCloseOnExec(pid, fdOf(args[0]), has(args[2] ?? '', 'FD_CLOEXEC'));
  }

  close(pid: number, first: number, last?: number): void {
    this.#descriptors.close(pid, first, last);
  }

  truncateOpen({ pid, args }: SystemCall): void {
    const file = this.#find(pid, args[0])?.file;
    if (file !== undefined && file !== null) this.#truncate(file, number(args[1]));
  }

  truncatePath({ pid, args }: SystemCall): void {
    const path = this.#path(pid, null, args[0]);
    const file = path === null ? null : this.#files.at(path);
    if (file !== null) this.#truncate(file, number(args[1]));
  }

  advise({ pid, args }: SystemCall): void {
    const file = this.#find(pid, args[0])?.file;
    if (file === undefined || file === null || args[3] !== 'POSIX_FADV_DONTNEED') return;
    const offset = number(args[1]);
    this.#access('drop', file, offset, number(args[2]) || Math.max(0, this.#files.of(file).length - offset));
  }

  /** `size`: bytes; null: the whole file. */
  map(path: string, offset: number, size: number | null): void {
    const file = this.#files.at(path);
    if (file !== null) this.#access('map', file, offset, size ?? this.#files.of(file).length);
  }

  remove(pid: number, directory: string | null, path: string): void {
    const removed = this.#path(pid, directory, path);
    const file = removed === null ? null : this.#files.remove(removed);
    if (file !== null) this.#truncate(file, 0);
  }

  rename(pid: number, from: readonly [string | null, string], to: readonly [string | null, string]): void {
    const [old, fresh] = [this.#path(pid, ...from), this.#path(pid, ...to)];
    if (old === null || fresh === null || old === fresh) return;
    const replaced = this.#files.rename(old, fresh);
    if (replaced !== null) this.#truncate(replaced, 0);
  }

  clone({ pid, result }: SystemCall, flags: string): void {
    const child = number(result);
    this.#descriptors.cloned(pid, child, has(flags, 'CLONE_FILES'));
    this.#directories.set(child, this.#directories.get(pid) ?? this.#directory);
  }

  execute({ pid }: SystemCall, directory: string | null, program: string): void {
    this.#descriptors.executed(pid);
    const path = this.#path(pid, directory, program);
    if (path !== null) this.map(path, 0, null);
  }

  changeDirectory(pid: number, path: string | null): void {
    if (path !== null)
      this.#directories.set(pid, posix.resolve(this.#directories.get(pid) ?? this.#directory, path));
  }

  #find(pid: number, text: string | undefined): Description | undefined {
    const named = described(text ?? '');
    if (named === null || named.fd < 0) return undefined;
    const known = this.#descriptors.get(pid, named.fd);
    if (known !== undefined) return known;
    const file = named.path === null ? null : this.#files.at(named.path);
    const inherited = this.#real.inherited(named.fd);
    this.#open(pid, named.fd, file, inherited?.offset ?? 0, inherited?.append ?? false, false);
    return this.#descriptors.get(pid, named.fd);
  }

  #open(
    pid: number,
    fd: number,
    file: number | null,
    offset: number,
    append: boolean,
    closeOnExec: boolean,
  ): void {
    if (file !== null) this.#files.of(file).users += 1;
    this.#descriptors.open(pid, fd, { file, offset, append, users: 0 }, closeOnExec);
  }

  #released({ file }: Description): void {
    if (file === null) return;
    const known = this.#files.of(file);
    known.users -= 1;
    if (known.users === 0 && known.removed) this.#truncate(file, 0);
  }

  #truncate(number: number, length: number): void {
    const file = this.#files.of(number);
    if (length < file.length) this.#access('truncate', number, length, 0);
    file.length = length;
  }

  #access(kind: FileAccess['kind'], file: number, offset: number, size: number): void {
    this.#tell({ time: this.#time, kind, file, offset, size });
  }

  /** `directory`: what a name is relative to, as strace describes it; null: the working directory. */
  #path(pid: number, directory: string | null, text: string): string | null {
    const name = quotedText(text);
    if (name === null) return null;
    const base = directory === null ? null : described(directory);
    if (base !== null && base.fd === WORKING_DIRECTORY && base.path !== null)
      this.#directories.set(pid, base.path);
    return posix.resolve(base?.path ?? this.#directories.get(pid) ?? this.#directory, name);
  }
}
