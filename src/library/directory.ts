import { Dirent } from './stats.ts';

/** fs.Dir: a directory that is open, entry by entry in the kernel's order. */
export class Dir {
  readonly path: string;
  readonly #entries: Iterator<Dirent>;
  #closed = false;

  constructor(path: string, entries: readonly { readonly name: string; readonly directory: boolean }[]) {
    this.path = path;
    this.#entries = entries.map(({ name, directory }) => new Dirent(name, path, directory)).values();
  }

  readSync(): Dirent | null {
    this.#mustBeOpen();
    const { done, value } = this.#entries.next();
    return done === true ? null : value;
  }

  async read(): Promise<Dirent | null> {
    return this.readSync();
  }

  closeSync(): void {
    this.#mustBeOpen();
    this.#closed = true;
  }

  async close(): Promise<void> {
    this.closeSync();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Dirent, void> {
    try {
      for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
    } finally {
      this.closeSync();
    }
  }

  #mustBeOpen(): void {
    if (this.#closed)
      throw Object.assign(new Error('Directory handle was closed'), { code: 'ERR_DIR_CLOSED' });
  }
}
