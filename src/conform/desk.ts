import { encodeText } from '../kernel/text.ts';
import { ERRATA_SETS, type Result, type Vfs } from '../machine.ts';
import { resultName, returned } from './answers.ts';
import type { Value } from './kind.ts';
import { Operator } from './operator.ts';

/** What an operation on files answered, by the names of the recording. */
export type Found = Readonly<Record<string, Value>>;

export const CHILD = '/child';
/** The directory and files that uid 1000 was given. */
export const OWN = '/own';

const decoder = new TextDecoder('latin1');

/** Where operations on files are done: one machine, one open file at a time beside those kept by name. */
export class Desk {
  readonly operator = new Operator(ERRATA_SETS['recorded']);
  readonly root: Vfs = this.operator.vfs();
  readonly user: Vfs = this.operator.vfs({ uid: 1000, gid: 1000 });
  readonly #kept = new Map<string, number>();

  /** Opens a file, and keeps it open under a name. */
  keep(name: string, path: string, flags: number): Found {
    const fd = this.root.open(path, flags);
    if (fd.ok) this.#kept.set(name, fd.value);
    return this.answer(fd);
  }

  kept(name: string): number {
    return this.#kept.get(name) ?? -1;
  }

  /** What is made for one case, and gone after it. */
  with<T>(paths: readonly string[], use: () => T): T {
    for (const path of paths) this.root.mkdir(path);
    const value = use();
    for (const path of [...paths].reverse()) this.rmdir(path);
    return value;
  }

  rmdir(path: string): Result<undefined> {
    return this.operator.finish(this.root.rmdir(path));
  }

  answer(result: Result<unknown>, count = 0): Found {
    return { result: resultName(result), ret: returned(result, count) };
  }

  /** Opens, and closes if that went well. */
  open(path: string, flags: number, vfs: Vfs = this.root): Found {
    const fd = vfs.open(path, flags);
    if (fd.ok) vfs.close(fd.value);
    return this.answer(fd);
  }

  read(fd: number, count: number, at: number | null = null): Found {
    const bytes = at === null ? this.root.read(fd, count) : this.root.pread(fd, count, at);
    if (!bytes.ok) return this.answer(bytes);
    return { ...this.answer(bytes, bytes.value.length), data: decoder.decode(bytes.value) };
  }

  write(fd: number, text: string, at: number | null = null, vfs: Vfs = this.root): Found {
    const data = encodeText(text);
    const begun = at === null ? vfs.write(fd, data) : vfs.pwrite(fd, data, at);
    return this.answer(this.operator.finish(begun), data.length);
  }

  /** Opens for that alone. */
  writeTo(path: string, text: string, vfs: Vfs = this.root): Found {
    const fd = vfs.open(path, 1);
    if (!fd.ok) return this.answer(fd);
    const found = this.write(fd.value, text, null, vfs);
    vfs.close(fd.value);
    return found;
  }

  readFrom(path: string, vfs: Vfs = this.root): Found {
    const fd = vfs.open(path, 0);
    if (!fd.ok) return this.answer(fd);
    const found = this.read(fd.value, 4096);
    vfs.close(fd.value);
    return found;
  }

  seek(fd: number, offset: number, whence: 'set' | 'cur'): Found {
    const to = this.root.lseek(fd, offset, whence);
    return this.answer(to, to.ok ? to.value : 0);
  }

  text(path: string): string {
    return this.operator.read(path);
  }
}
