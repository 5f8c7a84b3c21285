/** States of one chunk of keys. */
const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;
/** The slots are full to between these parts: a state takes 4 bytes for each of its words, and 5 to 7 more. */
const FULL = 0.85;
const GROWTH = 1.35;

/**
 * All states that were seen, by number in the order in which they came: keys in chunks, and open addressing
 * (linear probing) over an Int32Array of their numbers and 1.
 */
export class StateTable {
  readonly #words: number;
  readonly #chunks: Int32Array[] = [];
  #slots = new Int32Array(1 << 10);
  size = 0;

  constructor(words: number) {
    this.#words = words;
  }

  get bytes(): number {
    return this.#chunks.length * CHUNK * this.#words * 4 + this.#slots.byteLength;
  }

  /** The number of a state, which is new if it is the size before. */
  add(key: Int32Array): number {
    const slot = this.#find(key);
    if (this.#slots[slot] !== 0) return this.#slots[slot] - 1;
    const number = this.size;
    if ((number & (CHUNK - 1)) === 0) this.#chunks.push(new Int32Array(CHUNK * this.#words));
    this.#chunks[number >>> CHUNK_BITS].set(key, (number & (CHUNK - 1)) * this.#words);
    this.#slots[slot] = number + 1;
    this.size += 1;
    if (this.size > this.#slots.length * FULL) this.#grow();
    return number;
  }

  /** The number of a state; -1: it was never added. */
  numberOf(key: Int32Array): number {
    return this.#slots[this.#find(key)] - 1;
  }

  read(number: number, key: Int32Array): void {
    const chunk = this.#chunks[number >>> CHUNK_BITS];
    const from = (number & (CHUNK - 1)) * this.#words;
    for (let word = 0; word < this.#words; word += 1) key[word] = chunk[from + word];
  }

  #find(key: Int32Array): number {
    const slots = this.#slots;
    let slot = this.#home(key);
    for (let held = slots[slot]; held !== 0 && !this.#equal(held - 1, key); held = slots[slot]) {
      slot += 1;
      if (slot === slots.length) slot = 0;
    }
    return slot;
  }

  #equal(number: number, key: Int32Array): boolean {
    const chunk = this.#chunks[number >>> CHUNK_BITS];
    const from = (number & (CHUNK - 1)) * this.#words;
    for (let word = 0; word < this.#words; word += 1) if (chunk[from + word] !== key[word]) return false;
    return true;
  }

  #home(key: Int32Array): number {
    let hash = 0x9e3779b1;
    for (let word = 0; word < this.#words; word += 1) {
      hash = Math.imul(hash ^ key[word], 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    return Math.floor(((hash >>> 0) * this.#slots.length) / 0x100000000);
  }

  #grow(): void {
    this.#slots = new Int32Array(Math.ceil(this.#slots.length * GROWTH));
    const key = new Int32Array(this.#words);
    for (let number = 0; number < this.size; number += 1) {
      this.read(number, key);
      let slot = this.#home(key);
      while (this.#slots[slot] !== 0) slot = slot + 1 === this.#slots.length ? 0 : slot + 1;
      this.#slots[slot] = number + 1;
    }
  }
}
