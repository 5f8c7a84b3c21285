import { V } from './state.ts';
import type { StateTable } from './state-table.ts';
import type { Move, System } from './system.ts';

/**
 * The states that were found, and where all moves lead from them. The end is a state where all but daemons have
 * ended, or that is broken.
 */
export class Graph {
  readonly #system: System;
  readonly #table: StateTable;
  readonly #symmetry: boolean;
  readonly #state: Int32Array;
  readonly #after: Int32Array;
  readonly #key: Int32Array;
  readonly #moves: Move[] = [];

  constructor(system: System, table: StateTable, symmetry: boolean) {
    this.#system = system;
    this.#table = table;
    this.#symmetry = symmetry;
    this.#state = new Int32Array(system.initial.length);
    this.#after = new Int32Array(system.initial.length);
    this.#key = new Int32Array(system.layout.words);
  }

  leadsToTheEnd(from: number): boolean {
    const seen = new Set([from]);
    const todo = [from];
    for (let number = todo.pop(); number !== undefined; number = todo.pop()) {
      if (this.#isEnd(number)) return true;
      for (const move of this.#system.moves(this.#state, this.#moves)) {
        const next = this.#successor(move);
        if (next < 0 || seen.has(next)) continue;
        seen.add(next);
        todo.push(next);
      }
    }
    return false;
  }

  /**
   * The first state from which no way leads to the end; -1: there is none. So it is what never ends under any fair
   * schedule; a thread that merely may be put off for ever is not found.
   */
  trapped(): number {
    const leads = new Uint8Array(this.#table.size);
    for (let changed = true; changed; ) {
      changed = false;
      for (let number = this.#table.size - 1; number >= 0; number -= 1) {
        if (leads[number] === 1) continue;
        const ends = this.#isEnd(number);
        const moves = ends ? [] : this.#system.moves(this.#state, this.#moves);
        if (!ends && !moves.some((move) => leads[this.#successor(move)] === 1)) continue;
        leads[number] = 1;
        changed = true;
      }
    }
    return leads.indexOf(0);
  }

  #isEnd(number: number): boolean {
    this.#table.read(number, this.#key);
    this.#system.layout.unpack(this.#key, this.#state);
    return this.#system.isDone(this.#state) || this.#state[V.broken] !== 0;
  }

  /** -1: it was not found, since steps were taken together. */
  #successor(move: Move): number {
    this.#after.set(this.#state);
    this.#system.take(this.#after, move);
    if (this.#symmetry) this.#system.canonicalise(this.#after);
    this.#system.layout.pack(this.#after, this.#key);
    return this.#table.numberOf(this.#key);
  }
}
