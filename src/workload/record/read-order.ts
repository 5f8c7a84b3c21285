/** A run of pages that is read, `times` times over. */
export interface Piece {
  readonly at: number;
  readonly pages: number;
  readonly times: number;
}

/** A smaller file would be read in a thousand rounds. */
const SMALLEST = 256;

/**
 * Which pages a read is of cannot be seen from outside; this is the rule that stands for it. Where it is
 * known how much file memory there is, what makes it larger than ever before is new, and the rest goes
 * round and round in what was there. Where it is not known, everything is new.
 */
export class ReadOrder {
  readonly #smallest: number;
  #length = 0;
  #next = 0;

  /** `smallest`: pages that are taken to be there, however few are known. */
  constructor(smallest = SMALLEST) {
    this.#smallest = smallest;
  }

  /** `known`: pages of file memory that there are, or null. */
  pieces(count: number, known: number | null): Piece[] {
    const pieces: Piece[] = [];
    const room = known === null ? count : Math.max(known, this.#smallest) - this.#length;
    const fresh = Math.max(0, Math.min(count, room));
    if (fresh > 0) pieces.push({ at: this.#length, pages: fresh, times: 1 });
    this.#length += fresh;
    return [...pieces, ...this.#again(count - fresh)];
  }

  #again(count: number): Piece[] {
    const first = Math.min(count, this.#length - this.#next);
    const rounds = Math.floor((count - first) / this.#length);
    const rest = count - first - rounds * this.#length;
    const pieces = [
      { at: this.#next, pages: first, times: 1 },
      { at: 0, pages: this.#length, times: rounds },
      { at: 0, pages: rest, times: 1 },
    ];
    this.#next = rest > 0 || rounds > 0 ? rest : (this.#next + first) % Math.max(1, this.#length);
    return pieces.filter(({ pages, times }) => pages > 0 && times > 0);
  }
}
