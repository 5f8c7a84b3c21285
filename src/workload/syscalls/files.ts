import { isOnStorage } from './described.ts';

/** A file that was read or written, by its number. */
interface KnownFile {
  readonly name: string;
  /** Bytes; grows as it is written. */
  length: number;
  /** Descriptions of it that are open. */
  users: number;
  /** It has no path any more: what is cached of it goes with its last user. */
  removed: boolean;
}

/** The files of a recording, by their paths as they change: renamed, removed, made anew. */
export class Files {
  readonly #files: KnownFile[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #sizeOf: (path: string) => number;

  /** `sizeOf`: bytes that a file on the disk has now, 0 where there is none. */
  constructor(sizeOf: (path: string) => number) {
    this.#sizeOf = sizeOf;
  }

  get names(): readonly string[] {
    return this.#files.map(({ name }) => name);
  }

  /** The number of the file at that path; null: it is on no storage. */
  at(path: string): number | null {
    if (!isOnStorage(path)) return null;
    return this.#numbers.get(path) ?? this.#add(path);
  }

  known(path: string): number | undefined {
    return this.#numbers.get(path);
  }

  of(number: number): KnownFile {
    return this.#files[number];
  }

  /** Answers whether nobody has it open: then nothing of it is cached any more. */
  remove(path: string): number | null {
    const number = this.#numbers.get(path);
    if (number === undefined) return null;
    this.#numbers.delete(path);
    const file = this.#files[number];
    file.removed = true;
    return file.users === 0 ? number : null;
  }

  /** Answers the file that stood at `to`, if nobody has it open. */
  rename(from: string, to: string): number | null {
    const number = this.#numbers.get(from);
    if (number === undefined) return this.remove(to);
    const replaced = this.remove(to);
    this.#numbers.delete(from);
    this.#numbers.set(to, number);
    return replaced;
  }

  #add(path: string): number {
    const number = this.#files.length;
    const taken = this.#files.filter(({ name }) => name === path || name.startsWith(`${path}#`)).length;
    const name = taken === 0 ? path : `${path}#${taken + 1}`;
    this.#files.push({ name, length: this.#sizeOf(path), users: 0, removed: false });
    this.#numbers.set(path, number);
    return number;
  }
}
