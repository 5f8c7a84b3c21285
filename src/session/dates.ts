/** How far what is reckoned from the last change may be off, ms. */
const CLOSE = 10;
const MOST = 1024;
const NS_PER_MS = 1e6;

/** When it was by the wall that virtual time was here: what the machine itself never knows. */
export class Dates {
  readonly #wall: () => number;
  /** Where both were seen together, the earliest first. */
  #seen: { readonly virtual: number; wall: number }[];

  /** `wall` in ms since 1970. */
  constructor(wall: () => number, virtual: number) {
    this.#wall = wall;
    this.#seen = [{ virtual, wall: wall() }];
  }

  /** Something happens now, that somebody may ask the date of. */
  note(virtual: number): void {
    const wall = this.#wall();
    if (Math.abs(this.#reckoned(virtual, this.#seen.length - 1) - wall) <= CLOSE) return;
    const last = this.#seen[this.#seen.length - 1];
    // Time stands still: the date is that of the last change.
    if (last.virtual === virtual) last.wall = wall;
    else this.#seen.push({ virtual, wall });
    if (this.#seen.length > MOST) this.#seen = this.#seen.slice(MOST / 2);
  }

  /** Ms since 1970; of what was before all that was seen, as if both had gone at the same pace. */
  of(virtual: number): number {
    const after = this.#seen.findIndex((each) => each.virtual > virtual);
    const at = after < 0 ? this.#seen.length - 1 : Math.max(0, after - 1);
    return Math.min(this.#reckoned(virtual, at), after > 0 ? this.#seen[after].wall : this.#wall());
  }

  #reckoned(virtual: number, at: number): number {
    const from = this.#seen[at];
    return from.wall + (virtual - from.virtual) / NS_PER_MS;
  }
}
