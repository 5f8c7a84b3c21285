import { duration } from '../../kernel/numbers.ts';
import { wallTime } from '../../script/wall-time.ts';
import { isTerminal } from './print.ts';

/** Wall time between two looks, ms. */
const EVERY = 100;
const USUAL_WIDTH = 80;

/** One line on a terminal that says how far something is. */
export class Progress {
  readonly #terminal = isTerminal(2) ? process.stderr : null;
  #shown = false;
  #last = wallTime();

  tell(text: () => string): void {
    const now = wallTime();
    if (this.#terminal === null || now - this.#last < EVERY) return;
    this.#last = now;
    this.#shown = true;
    this.#terminal.write(`\r\x1b[K${text().slice(0, (this.#terminal.columns || USUAL_WIDTH) - 1)}`);
  }

  /** Takes the line away: something else is about to be printed. */
  clear(): void {
    if (this.#shown) this.#terminal?.write('\r\x1b[K');
    this.#shown = false;
  }
}

const BAR = 24;
/** Earlier than this nobody can tell how long it takes, ms. */
const TELLING = 1000;

/** How much of a sweep is done after `passed` ms, and how long the rest takes; `quick` runs took no time. */
export function barText(done: number, expected: number, quick: number, passed: number): string {
  const bar = '█'.repeat(Math.round((done / expected) * BAR)).padEnd(BAR, '░');
  return `${bar} ${done}/${expected} runs${left(passed, done - quick, expected - done)}`;
}

function left(passed: number, ran: number, rest: number): string {
  if (passed < TELLING || ran === 0) return '';
  return `, about ${duration(Math.max(1, Math.ceil(((passed / ran) * rest) / 1000)) * 1e9)} left`;
}
