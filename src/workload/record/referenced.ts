import { writeFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { isSystemError } from '../../script/script-files.ts';
import { textOnce } from './proc-file.ts';

/**
 * How much of the memory of processes is used again, by the bits that the CPU sets in page tables: Referenced of
 * proc_pid_smaps(5), which is cleared each time (proc_pid_clear_refs(5)). How much, not which pages nor how often.
 */

/** Bytes that were there the time before, and were used since. */
export interface Touched {
  readonly anon: number;
  readonly mapped: number;
}

/** Nobody's memory is walked more often, ms; and the walks take at most this share of the time. */
const EVERY = 200;
const SHARE = 0.02;

interface Memory {
  anon: number;
  mapped: number;
}

export class Referenced {
  readonly #clock: () => number;
  /** What each process had the time before, by its pid. */
  #before = new Map<number, Memory>();
  #next = 0;
  /** The kernel does not tell, or does not tell this user. */
  denied = false;

  /** `clock`: the wall's, ms. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** null: it is not time yet. */
  look(pids: readonly number[]): Touched | null {
    if (this.#clock() < this.#next) return null;
    const cpu = cpuUsage();
    const touched = { anon: 0, mapped: 0 };
    const now = new Map<number, Memory>();
    for (const pid of pids) {
      const maps = textOnce(`/proc/${pid}/smaps`);
      if (typeof maps === 'string' || !this.#clear(pid)) continue;
      const { had, used } = memoryIn(maps.text);
      now.set(pid, had);
      const before = this.#before.get(pid);
      if (before === undefined) continue;
      // What is new was used because it is new.
      touched.anon += again(used.anon, had.anon, before.anon);
      // Processes of a family map the same files, as a rule.
      touched.mapped = Math.max(touched.mapped, again(used.mapped, had.mapped, before.mapped));
    }
    this.#before = now;
    const { user, system } = cpuUsage(cpu);
    this.#next = this.#clock() + Math.max(EVERY, (user + system) / 1_000 / SHARE);
    return touched;
  }

  #clear(pid: number): boolean {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, '1');
      return true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.denied ||= error.code === 'EACCES' || error.code === 'EPERM';
      return false;
    }
  }
}

const again = (used: number, had: number, before: number): number =>
  Math.max(0, Math.min(before, used - Math.max(0, had - before)));

/** Each mapping begins with its addresses; of what follows only these matter. */
const LINE = /^(?:([0-9a-f]+-[0-9a-f]+) |(Rss|Anonymous|Referenced): +(\d+) kB)/gm;

/** Bytes that are there, and those that were used. What was copied on write counts as anonymous. */
export function memoryIn(smaps: string): { had: Memory; used: Memory } {
  const had = { anon: 0, mapped: 0 };
  const used = { anon: 0, mapped: 0 };
  let [rss, anonymous, referenced] = [0, 0, 0];
  const add = (): void => {
    const share = rss === 0 ? 0 : anonymous / rss;
    had.anon += anonymous;
    had.mapped += rss - anonymous;
    used.anon += referenced * share;
    used.mapped += referenced * (1 - share);
    [rss, anonymous, referenced] = [0, 0, 0];
  };
  for (const [, begins, name, kib] of smaps.matchAll(LINE)) {
    if (begins !== undefined) add();
    else if (name === 'Rss') rss = Number(kib) * 1024;
    else if (name === 'Anonymous') anonymous = Number(kib) * 1024;
    else referenced = Number(kib) * 1024;
  }
  add();
  return { had, used };
}
