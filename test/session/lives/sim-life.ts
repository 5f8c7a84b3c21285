import type { Life } from '../../../src/session/life.ts';

/** So few that they are soon used again. */
const PIDS = 3;

/** The processes of a system. */
export class SimProcesses {
  #begun = 0;
  readonly #alive = new Map<number, string>();

  start(log: (text: string) => void): SimLife {
    this.#begun += 1;
    let pid = 1 + (this.#begun % PIDS);
    while (this.#alive.has(pid)) pid += 1;
    this.#alive.set(pid, `${this.#begun}`);
    return new SimLife(pid, this.#alive, log);
  }

  end({ pid }: Life): void {
    this.#alive.delete(pid);
  }

  endAll(): void {
    this.#alive.clear();
  }
}

export class SimLife implements Life {
  readonly pid: number;
  readonly log: (text: string) => void;
  readonly #alive: ReadonlyMap<number, string>;
  #end: (() => void) | null = null;

  constructor(pid: number, alive: ReadonlyMap<number, string>, log: (text: string) => void) {
    this.pid = pid;
    this.#alive = alive;
    this.log = log;
  }

  began(pid: number): string | null {
    return this.#alive.get(pid) ?? null;
  }

  toldToEnd(act: () => void): void {
    this.#end = act;
  }

  /** SIGTERM. */
  tellToEnd(): void {
    const end = this.#end;
    this.#end = null;
    end?.();
  }
}
