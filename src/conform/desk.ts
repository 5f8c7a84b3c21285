import { encodeText } from '../kernel/text.ts';
import type { Result } from '../machine/machine.ts';
import { resultName, returned } from './answers.ts';
import type { Calls, Front } from './front.ts';
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
  readonly operator: Operator;
  readonly root: Calls;
  readonly user: Calls;
  readonly #kept = new Map<string, number>();

  constructor(front: Front) {
    this.operator = new Operator(front);
    this.root = front.calls({});
    this.user = front.calls({ uid: 1000, gid: 1000 });
  }

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
  open(path: string, flags: number, calls: Calls = this.root): Found {
    const fd = calls.open(path, flags);
    if (fd.ok) calls.close(fd.value);
    return this.answer(fd);
  }

  read(fd: number, count: number, at: number | null = null): Found {
    const bytes = at === null ? this.root.read(fd, count) : this.root.pread(fd, count, at);
    if (!bytes.ok) return this.answer(bytes);
    return { ...this.answer(bytes, bytes.value.length), data: decoder.decode(bytes.value) };
  }

  write(fd: number, text: string, at: number | null = null, calls: Calls = this.root): Found {
    const data = encodeText(text);
    const begun = at === null ? calls.write(fd, data) : calls.pwrite(fd, data, at);
    return this.answer(this.operator.finish(begun), data.length);
  }

  /** Opens for that alone. */
  writeTo(path: string, text: string, calls: Calls = this.root): Found {
    if (!this.operator.front.hasDescriptors && calls === this.root) {
      const data = encodeText(text);
      return this.answer(this.operator.write(path, data), data.length);
    }
    const fd = calls.open(path, 1);
    if (!fd.ok) return this.answer(fd);
    const found = this.write(fd.value, text, null, calls);
    calls.close(fd.value);
    return found;
  }

  readFrom(path: string, calls: Calls = this.root): Found {
    if (!this.operator.front.hasDescriptors && calls === this.root) {
      const read = this.operator.front.read(path);
      if (!read.ok) return this.answer(read);
      return { ...this.answer(read, read.value.length), data: read.value };
    }
    const fd = calls.open(path, 0);
    if (!fd.ok) return this.answer(fd);
    const found = this.read(fd.value, 4096);
    calls.close(fd.value);
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
