import { randomUUID } from 'node:crypto';
import { namesIn, textOnce } from './proc-file.ts';

const NAME = 'MEMCG_RECORDING';

/**
 * Processes that a command has left to init (daemon(7) forks twice) are its children no more. What they keep is
 * its environment (proc_pid_environ(5)), as far as this user may read it. To be made before the command is started.
 */
export class Strays {
  /** NAME=VALUE, of the command and of all that it starts. */
  readonly mark = `${NAME}=${randomUUID()}`;
  /** Those that were asked already, by their names in /proc. */
  #asked = new Set(namesIn('/proc'));
  #searched = Number.NEGATIVE_INFINITY;

  /** The pids of those that came since it was asked last; `now` and `every`, how long that has to be ago: ms. */
  found(now: number, every: number): number[] {
    if (now < this.#searched + every) return [];
    this.#searched = now;
    const names = namesIn('/proc').filter((name) => /^\d+$/.test(name));
    const fresh = names.filter((name) => !this.#asked.has(name));
    this.#asked = new Set(names);
    return fresh.filter((name) => this.#isMarked(name)).map(Number);
  }

  #isMarked(name: string): boolean {
    const environment = textOnce(`/proc/${name}/environ`);
    return typeof environment !== 'string' && environment.text.includes(this.mark);
  }
}
