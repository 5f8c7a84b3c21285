import { randomUUID } from 'node:crypto';
import { namesIn, numberAfter, ProcFile, pidsIn, textOnce } from './proc-file.ts';

const NAME = 'MEMCG_RECORDING';

/**
 * Processes that a command has left (daemon(7) forks twice) are its children no more, but init's, or those of an
 * ancestor that has made itself a reaper (PR_SET_CHILD_SUBREAPER). What they keep is the command's environment
 * (proc_pid_environ(5)), as far as this user may read it. To be made before the command is started.
 */
export class Strays {
  /** NAME=VALUE, of the command and of all that it starts. */
  readonly mark = `${NAME}=${randomUUID()}`;
  /** The children of all who may get them; null: that is not told here. */
  readonly #children = childrenOf([INIT, ...ancestors()]);
  /** Those that were asked already. */
  #asked = new Set(this.#candidates());
  #searched = Number.NEGATIVE_INFINITY;

  /** The pids of those that came since it was asked last; `now` and `every`, how long that has to be ago: ms. */
  found(now: number, every: number): number[] {
    if (now < this.#searched + every) return [];
    this.#searched = now;
    const pids = this.#candidates();
    const fresh = pids.filter((pid) => !this.#asked.has(pid));
    this.#asked = new Set(pids);
    return fresh.filter((pid) => this.#isMarked(pid));
  }

  #candidates(): number[] {
    if (this.#children !== null) return this.#children.flatMap((file) => pidsIn(file.text()));
    return namesIn('/proc').map(Number).filter(Number.isInteger);
  }

  #isMarked(pid: number): boolean {
    const environment = textOnce(`/proc/${pid}/environ`);
    return typeof environment !== 'string' && environment.text.includes(this.mark);
  }
}

const INIT = 1;

/** This program's, init left out: it may have none (in a container that it was brought into). */
function ancestors(): number[] {
  const found: number[] = [];
  for (let pid = process.ppid; pid > INIT; ) {
    found.push(pid);
    const status = textOnce(`/proc/${pid}/status`);
    pid = typeof status === 'string' ? INIT : numberAfter(status.text, '\nPPid:');
  }
  return found;
}

function childrenOf(pids: readonly number[]): readonly ProcFile[] | null {
  const files = pids.map((pid) => ProcFile.open(`/proc/${pid}/task/${pid}/children`));
  const isFile = (file: (typeof files)[number]): file is ProcFile => typeof file !== 'string';
  return files.every(isFile) ? files : null;
}
