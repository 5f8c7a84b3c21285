import { type Nanoseconds, ns } from '../kernel/units.ts';
import type { Speed } from './protocol.ts';

const NS_PER_MS = 1e6;

/** Where virtual time should be by the wall. */
export class PacedClock {
  readonly #wall: () => number;
  #speed: Speed = 1;
  #paused = false;
  #wallThen: number;
  #virtualThen: number;

  /** `wall` in ms. */
  constructor(wall: () => number, virtual: number) {
    this.#wall = wall;
    this.#wallThen = wall();
    this.#virtualThen = virtual;
  }

  get speed(): Speed {
    return this.#speed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** `max` goes at the wall's pace while nothing is to be done. */
  get #pace(): number {
    return this.#paused ? 0 : this.#speed === 'max' ? 1 : this.#speed;
  }

  /** Whole ns. */
  get target(): Nanoseconds {
    return ns(Math.floor(this.#virtualThen + (this.#wall() - this.#wallThen) * this.#pace * NS_PER_MS));
  }

  /** How long until virtual time should be there, ms; Infinity while it is paused. */
  until(virtual: number): number {
    if (this.#pace === 0) return Infinity;
    const wall = this.#wallThen + (virtual - this.#virtualThen) / (this.#pace * NS_PER_MS);
    return Math.max(0, wall - this.#wall());
  }

  /** Goes on from here: virtual time is this now. */
  anchor(virtual: number): void {
    this.#wallThen = this.#wall();
    this.#virtualThen = virtual;
  }

  setSpeed(speed: Speed, virtual: number): void {
    this.anchor(virtual);
    this.#speed = speed;
  }

  setPaused(paused: boolean, virtual: number): void {
    this.anchor(virtual);
    this.#paused = paused;
  }
}
