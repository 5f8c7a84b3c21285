import type { Moved } from './moved.ts';
import type { OpenFile } from './open-files.ts';

/**
 * A program reads files, not bytes: how many of the bytes that its calls moved were pages that were not in memory
 * before. What storage delivered was not; what is read of an open file that was, and nobody read before, is new to
 * the program as far as that file goes; and what becomes dirty is, but for what an open file can't hold twice.
 */

/** If less of what is first read of a file comes from storage, it was in memory. */
const WARM = 1 / 4;
/** Bytes that tell something. */
const TELLING = 128 * 1024;
/** What is written again must go to storage between: so often between two looks at most. */
const ROUNDS = 4;
/** Files that are remembered. */
const MOST = 1 << 14;

interface Known {
  /** Of its bytes, those that are accounted for. */
  counted: number;
  /** It was in memory before it was read; null: nobody knows yet. */
  warm: boolean | null;
  size: number;
  changed: number;
  /** Of shared memory, and the program's own. */
  shared: boolean;
}

type Seen = OpenFile & { readonly known: Known; readonly isChanged: boolean };

export class FileSet {
  /** Of open files that were in memory before, what was read; of what was written, what was there; bytes. */
  warm = 0;
  rewritten = 0;
  readonly #began: number;
  readonly #files = new Map<string, Known>();
  /** By process: what it had open to write when it was last looked at. */
  readonly #writing = new Map<number, string>();

  /** `began`: ms since 1970; what was changed since then is the program's own. */
  constructor(began: number) {
    this.#began = began;
  }

  /** Bytes of shared memory in files. */
  get shared(): number {
    let sum = 0;
    for (const { shared, size } of this.#files.values()) if (shared) sum += size;
    return sum;
  }

  /** What a process moved since it was looked at last, and what it has open now. */
  saw(pid: number, moved: Moved, open: readonly OpenFile[]): void {
    const files = open.map((file) => this.#seen(file));
    this.#write(pid, moved, files);
    this.#read(moved, files);
  }

  /** A process that is gone. */
  forget(pid: number): void {
    this.#writing.delete(pid);
  }

  #read({ read, fetched }: Moved, files: readonly Seen[]): void {
    let cold = Math.min(read, fetched);
    let rest = read - cold;
    for (const { size, changed, reads, known } of files) {
      // What it wrote itself is there already.
      if (!reads || changed >= this.#began) continue;
      if (known.warm === null && read >= TELLING) known.warm = fetched < read * WARM;
      cold -= count(known, size, cold);
      if (known.warm !== true) continue;
      const fresh = count(known, size, rest);
      rest -= fresh;
      this.warm += fresh;
    }
  }

  #write(pid: number, { dirtied }: Moved, files: readonly Seen[]): void {
    const open = files.filter(({ writes, isTmpfs }) => writes && !isTmpfs);
    const ids = open.map(({ id }) => id).join(' ');
    let left = Math.max(0, dirtied);
    for (const { size, known } of open) left -= count(known, size, left);
    // With others open than before, others may have come and gone between.
    if (ids === this.#writing.get(pid)) {
      const room = open.reduce((sum, { size, isChanged }) => sum + (isChanged ? size : 0), 0);
      this.rewritten += Math.min(left, ROUNDS * room);
    }
    this.#writing.set(pid, ids);
  }

  #seen(file: OpenFile): Seen {
    const { id, size, changed, isTmpfs } = file;
    let known = this.#files.get(id);
    const isChanged = known === undefined || known.changed !== changed;
    if (known === undefined) {
      known = { counted: 0, warm: null, size, changed, shared: false };
      if (this.#files.size < MOST) this.#files.set(id, known);
    }
    known.size = size;
    known.changed = changed;
    known.shared = isTmpfs && changed >= this.#began;
    return { ...file, known, isChanged };
  }
}

/** Accounts for up to so many bytes of a file; answers how many. */
function count(known: Known, size: number, most: number): number {
  const fresh = Math.min(most, Math.max(0, size - known.counted));
  known.counted += fresh;
  return fresh;
}
