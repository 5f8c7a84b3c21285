/** Numbers that a seed decides: what a fault does to the disk is a part of the life that is printed and shrunk. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1: Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to and with this. */
  upTo(most: number): number {
    return Math.floor(this.#next() * (most + 1));
  }

  either(): boolean {
    return this.#next() < 0.5;
  }
}
