import type { Operation } from '../../machine/machine.ts';

/** What was done to a machine, in its order: done again, it leads to the same machine. */

export type Deed =
  | { readonly kind: 'operation'; readonly time: number; readonly operation: Operation }
  /** A line of a journal: one operation. */
  | { readonly kind: 'line'; readonly time: number; readonly text: string }
  /** What is in hand is no longer waited for. */
  | { readonly kind: 'interrupt'; readonly time: number };

/** `time`, virtual ns, never goes down; a machine that is there already does the next deed at once. */
export class Tape {
  readonly #deeds: Deed[] = [];

  get length(): number {
    return this.#deeds.length;
  }

  at(index: number): Deed | undefined {
    return this.#deeds[index];
  }

  add(deed: Deed): void {
    this.#deeds.push(deed);
  }
}
