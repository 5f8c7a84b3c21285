import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { size } from '../kernel/numbers.ts';

/**
 * The host's memory that a server may take. It is the server's own, and no part of the machine: what it refuses is
 * in the journal as refused, and a replay measures nothing.
 */

const MOST = 4 * 2 ** 30;
/** Of the heap that V8 would end the process beyond. */
const OF_HEAP = 0.8;
const PATIENCE = 16;

/** A quarter of the host's memory, or of what this process is held to. */
const usual = (): number =>
  Math.min(MOST, Math.floor(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 4));

/** Bytes of this process, as the host counts them. */
const ownBytes = (): number => {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > OF_HEAP * limit ? Infinity : process.memoryUsage.rss();
};

export class Budget {
  readonly bytes: number;
  readonly #measure: () => number;
  readonly #patience: number;
  #lookedAt = -Infinity;
  #spent = false;

  /** `patience`: between two looks, ms; to look takes some 10 us. */
  constructor(bytes: number = usual(), measure: () => number = ownBytes, patience = PATIENCE) {
    this.#patience = patience;
    this.bytes = bytes;
    this.#measure = measure;
  }

  /** Nothing more may grow. */
  get isSpent(): boolean {
    const now = performance.now();
    if (now - this.#lookedAt >= this.#patience) {
      this.#lookedAt = now;
      this.#spent = this.#measure() > this.bytes;
    }
    return this.#spent;
  }

  toString(): string {
    return `the server has taken the ${size(this.bytes)} of the host's memory that it may`;
  }
}

/** What to do when it is spent. */
export const WAY_ON =
  'end tasks and remove what is no longer needed, then `memcg down`: the next command restores what is left; or give it more with `memcg up --host-memory SIZE`';
