import type { Wall } from '../../../src/session/wall.ts';

/** Each look at the clock takes so long, ms: what waits for time to pass gets there. */
const LOOK = 0.02;

interface Due {
  readonly at: number;
  readonly act: () => void;
}

/** The wall's time and the turns of one process's event loop; of a process that is gone nothing more happens. */
export class SimWall implements Wall {
  #now = 0;
  /** By so much it jumps when somebody looks. */
  #ahead = 0;
  #offset: number;
  #due: Due[] = [];

  /** Ms since 1970. */
  constructor(date = 1e12) {
    this.#offset = date;
  }

  readonly now = (): number => {
    this.#now += LOOK + this.#ahead;
    this.#ahead = 0;
    return this.#now;
  };

  readonly date = (): number => this.#offset + this.#now;

  readonly after = (ms: number, act: () => void): (() => void) => {
    const due = { at: this.#now + ms, act };
    this.#due.push(due);
    return () => {
      this.#due = this.#due.filter((each) => each !== due);
    };
  };

  readonly soon = (act: () => void): void => {
    this.after(0, act);
  };

  /** Forwards for all; `date` alone goes back as well. */
  jump(ms: number): void {
    if (ms > 0) this.#ahead += ms;
    else this.#offset += ms;
  }

  /** Does what is due next if that is within this time, which else goes by; whether anything was. */
  turn(until = Infinity): boolean {
    const next = this.#due.reduce<Due | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
    if (next === null || next.at > until) {
      if (until < Infinity) this.#now = Math.max(this.#now, until);
      return false;
    }
    this.#due = this.#due.filter((each) => each !== next);
    this.#now = Math.max(this.#now, next.at);
    next.act();
    return true;
  }

  /** What `now` is, without a look. */
  get at(): number {
    return this.#now;
  }
}
