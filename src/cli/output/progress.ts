import { shortDuration } from '../../kernel/numbers.ts';

/** Wall time between two looks, ms. */
const EVERY = 100;
const USUAL_WIDTH = 80;

/** One line on a terminal that says how far a run is. */
export class Progress {
  readonly #terminal: NodeJS.WriteStream;
  #shown = false;
  #last = performance.now();

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  /** `now`: virtual time, ns. */
  tell(script: string, now: number): void {
    const wall = performance.now();
    if (!this.#terminal.isTTY || wall - this.#last < EVERY) return;
    this.#last = wall;
    this.#shown = true;
    const text = `${script}: ${shortDuration(now)} of virtual time`;
    this.#terminal.write(`\r\x1b[K${text.slice(0, (this.#terminal.columns || USUAL_WIDTH) - 1)}`);
  }

  /** Takes the line away: something else is about to be printed. */
  clear(): void {
    if (this.#shown) this.#terminal.write('\r\x1b[K');
    this.#shown = false;
  }
}
