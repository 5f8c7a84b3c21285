import { type Frozen, piecesOf } from './frozen.ts';
import type { Memory } from './observed.ts';
import type { Position } from './player.ts';

/** A machine at one instant of a recording. */
export interface State {
  readonly time: number;
  /** Wall time that the machine had run up to here, ms. */
  readonly work: number;
  readonly position: Position;
  readonly frozen: Frozen;
  readonly memory: Memory;
}

/** A trace event as an object: roughly, bytes. */
const EVENT_SIZE = 160;

/** States in the order of time, within so many bytes: when there are more, the older they are the wider apart. */
export class States {
  readonly #most: number;
  #states: State[] = [];
  /** How many states hold a block. */
  readonly #held = new Map<Uint8Array, number>();
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  get length(): number {
    return this.#states.length;
  }

  get last(): State | null {
    return this.#states.at(-1) ?? null;
  }

  get first(): State | null {
    return this.#states[0] ?? null;
  }

  /** Later than all others. */
  add(state: State): void {
    this.#states.push(state);
    this.#hold(state, 1);
    while (this.#size > this.#most && this.#states.length > 2) this.#remove(this.#leastMissed());
  }

  /** The last one at or before this time; null: the recording begins later. */
  before(time: number): State | null {
    return this.#states.findLast((state) => state.time <= time) ?? null;
  }

  /** The first and the last stay. Missed least is the one in the smallest gap for its age. */
  #leastMissed(): number {
    const now = this.#states[this.#states.length - 1].work;
    let least = 1;
    let score = Infinity;
    for (let i = 1; i < this.#states.length - 1; i += 1) {
      const gap = this.#states[i + 1].work - this.#states[i - 1].work;
      const age = now - this.#states[i].work;
      if (gap / (age + 1) >= score) continue;
      score = gap / (age + 1);
      least = i;
    }
    return least;
  }

  #remove(index: number): void {
    const [state] = this.#states.splice(index, 1);
    this.#hold(state, -1);
  }

  #hold({ frozen, memory }: State, by: 1 | -1): void {
    for (const piece of piecesOf(frozen)) {
      const held = (this.#held.get(piece) ?? 0) + by;
      if (held === 0) this.#held.delete(piece);
      else this.#held.set(piece, held);
      if (held === 0) this.#size -= piece.byteLength;
      else if (by === 1 && held === 1) this.#size += piece.byteLength;
    }
    const counts = memory.counts.reduce((sum, { values }) => sum + values.byteLength, 0);
    this.#size += by * (memory.events.length * EVENT_SIZE + counts);
  }
}
