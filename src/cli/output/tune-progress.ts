import { duration } from '../../kernel/numbers.ts';

/** Wall time between two looks, ms. */
const EVERY = 100;
const USUAL_WIDTH = 80;
const BAR = 24;
/** Earlier than this nobody can tell how long it takes, ms. */
const TELLING = 1000;

/** A line on a terminal: how much of a sweep is done, and how long the rest takes. */
export class TuneProgress {
  readonly #terminal: NodeJS.WriteStream;
  readonly #began = performance.now();
  #last = 0;
  #shown = false;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  /** `quick`: of those done, so many were known before and took no time. */
  tell(done: number, expected: number, quick: number): void {
    const now = performance.now();
    if (!this.#terminal.isTTY || now - this.#last < EVERY) return;
    this.#last = now;
    this.#shown = true;
    const share = done / expected;
    const bar = '█'.repeat(Math.round(share * BAR)).padEnd(BAR, '░');
    const text = `${bar} ${done}/${expected} runs${left(now - this.#began, done - quick, expected - done)}`;
    this.#terminal.write(`\r\x1b[K${text.slice(0, (this.#terminal.columns || USUAL_WIDTH) - 1)}`);
  }

  /** Takes the line away: something else is about to be printed. */
  clear(): void {
    if (this.#shown) this.#terminal.write('\r\x1b[K');
    this.#shown = false;
  }
}

function left(passed: number, ran: number, rest: number): string {
  if (passed < TELLING || ran === 0) return '';
  return `, about ${duration(Math.max(1, Math.ceil(((passed / ran) * rest) / 1000)) * 1e9)} left`;
}
