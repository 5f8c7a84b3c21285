import { PAGE_SIZE } from '../../kernel/units.ts';
import { AROUND } from './pagemap.ts';

/** Of a mapping that nobody looked at before it was gone at most so much counts as touched, bytes: a library's text. */
const MOST_UNSEEN = 2 << 20;

/**
 * How much of files is in memory because somebody has mapped it. Processes of a family map the same files as a rule, so of
 * each file it is the most that one of them had; what was mapped stays in the page cache when its process has ended.
 */
export class MappedFiles {
  readonly #bytes = new Map<string, number>();
  readonly #windows = new Map<string, { readonly seen: Set<number>; readonly size: number }>();
  readonly #sizeOf: (path: string) => number;
  /** Mapped since somebody looked, and before that. */
  #fresh = new Map<string, number>();
  #waiting = new Map<string, number>();
  /** Of all of them, touched; and what is in the page cache then if nobody else has put it there: with what is read round it. */
  total = 0;
  cached = 0;

  /** `sizeOf`: bytes of a file, 0 where nobody knows. */
  constructor(sizeOf: (path: string) => number) {
    this.#sizeOf = sizeOf;
  }

  /** A call has mapped so many bytes of a file: how many of them are touched is seen at the next look, or never. */
  map(path: string, bytes: number): void {
    if (!this.#bytes.has(path)) this.#fresh.set(path, Math.max(bytes, this.#fresh.get(path) ?? 0));
  }

  /** One process has so many bytes of that file in memory. */
  saw(path: string, bytes: number): void {
    const before = this.#bytes.get(path) ?? 0;
    this.#bytes.set(path, Math.max(bytes, before));
    this.total += Math.max(0, bytes - before);
  }

  /** One process has a page of it in each of these windows. */
  sawWindows(path: string, windows: ReadonlySet<number>): void {
    let known = this.#windows.get(path);
    if (known === undefined) {
      known = { seen: new Set(), size: this.#sizeOf(path) };
      this.#windows.set(path, known);
    }
    for (const window of windows) known.seen.add(window);
  }

  /** All who live were looked at. What was mapped before the look before, and is in none of them, was touched unseen. */
  looked(): void {
    for (const [path, bytes] of this.#waiting)
      if (!this.#bytes.has(path)) this.saw(path, Math.min(bytes, MOST_UNSEEN));
    this.#waiting = this.#fresh;
    this.#fresh = new Map();
    this.cached = 0;
    for (const [path, bytes] of this.#bytes) {
      const { seen, size } = this.#windows.get(path) ?? NO_WINDOWS;
      this.cached += Math.max(bytes, Math.min(size, seen.size * AROUND * PAGE_SIZE));
    }
  }
}

const NO_WINDOWS = { seen: new Set(), size: 0 };
