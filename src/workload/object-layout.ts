import { FILE_PAGES } from './record-queue.ts';

/** 20 bytes of table an object, at most half of it full: 0.7 GB. */
const MOST_OBJECTS = 2 ** 24;

/**
 * Where each object of an object trace lies in one file: a run of whole pages
 * of its own, in the order of first appearance. An object that comes back
 * larger than its run gets a new run, as a rewritten object does.
 * A hash table with linear probing, in typed arrays: a Map takes three times the memory.
 */
export class ObjectLayout {
  #low = new Uint32Array(1024);
  #high = new Uint32Array(1024);
  #page = new Float64Array(1024);
  /** Pages of the run; 0: the slot is free. */
  #run = new Uint32Array(1024);
  #objects = 0;
  #end = 0;
  /** Why the last `place` found no room. */
  full = '';

  /** First page of the object with this id (its two halves); null if there is no room, see `full`. */
  place(low: number, high: number, count: number): number | null {
    let slot = this.#slot(low, high);
    if (this.#run[slot] >= count) return this.#page[slot];
    if (this.#end + count > FILE_PAGES) {
      this.full = 'the objects together are larger than the largest file (32 TiB)';
      return null;
    }
    if (this.#run[slot] === 0) {
      if (this.#objects === MOST_OBJECTS) {
        this.full = `there are more than ${MOST_OBJECTS} distinct objects`;
        return null;
      }
      if (++this.#objects * 2 > this.#run.length) {
        this.#grow();
        slot = this.#slot(low, high);
      }
    }
    this.#set(slot, low, high, this.#end, count);
    this.#end += count;
    return this.#page[slot];
  }

  /** The slot of this id, or the free one where it belongs. */
  #slot(low: number, high: number): number {
    const mask = this.#run.length - 1;
    let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    while (this.#run[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #set(slot: number, low: number, high: number, page: number, run: number): void {
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#page[slot] = page;
    this.#run[slot] = run;
  }

  #grow(): void {
    const low = this.#low;
    const high = this.#high;
    const page = this.#page;
    const run = this.#run;
    this.#low = new Uint32Array(run.length * 2);
    this.#high = new Uint32Array(run.length * 2);
    this.#page = new Float64Array(run.length * 2);
    this.#run = new Uint32Array(run.length * 2);
    for (let i = 0; i < run.length; i++) {
      if (run[i] !== 0) this.#set(this.#slot(low[i], high[i]), low[i], high[i], page[i], run[i]);
    }
  }
}
