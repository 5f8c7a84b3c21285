import { Duplex } from 'node:stream';
import type { Wire } from '../../../src/session/rpc.ts';
import type { Wall } from '../../../src/session/wall.ts';
import type { Chance } from './chance.ts';

class End extends Duplex implements Wire {
  other: End | null = null;
  readonly #wall: Wall;
  readonly #chance: Chance;

  constructor(wall: Wall, chance: Chance) {
    super();
    this.#wall = wall;
    this.#chance = chance;
  }

  override _read(): void {}

  /** What is written comes in pieces, later. */
  override _write(bytes: Buffer, _: string, done: (error?: Error | null) => void): void {
    const cut = this.#chance.upTo(bytes.length);
    this.#wall.after(0.1, () => {
      for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)])
        if (piece.length > 0 && this.other?.destroyed === false) this.other.push(piece);
      done();
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    done(error);
    if (this.other?.destroyed === false) this.other.destroy();
  }

  destroySoon(): void {
    this.end(() => this.destroy());
  }

  setTimeout(ms: number, act: () => void): void {
    this.#wall.after(ms, act);
  }
}

/** Both ends of a connection whose messages come in pieces. */
export function wires(wall: Wall, chance: Chance): [Wire, Wire] {
  const one = new End(wall, chance);
  const other = new End(wall, chance);
  one.other = other;
  other.other = one;
  return [one, other];
}
