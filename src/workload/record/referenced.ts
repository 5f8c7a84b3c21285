import { writeFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { isSystemError } from '../../script/script-files.ts';
import { isSharedMemory } from '../syscalls/described.ts';
import type { MappedFiles } from './mapped-files.ts';
import { type Mapping, windowsIn } from './pagemap.ts';
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

  /** null: it is not time yet. What each has of the files that it has mapped goes to `files`. */
  look(pids: readonly number[], files: MappedFiles): Touched | null {
    if (this.#clock() < this.#next) return null;
    const cpu = cpuUsage();
    const touched = { anon: 0, mapped: 0 };
    const now = new Map<number, Memory>();
    for (const pid of pids) {
      const maps = textOnce(`/proc/${pid}/smaps`);
      if (typeof maps === 'string' || !this.#clear(pid)) continue;
      const { had, used, mapped, mappings } = memoryIn(maps.text);
      for (const [path, bytes] of mapped) files.saw(path, bytes);
      for (const [path, windows] of windowsIn(pid, mappings)) files.sawWindows(path, windows);
      now.set(pid, had);
      const before = this.#before.get(pid);
      if (before === undefined) continue;
      // What is new was used because it is new.
      touched.anon += again(used.anon, had.anon, before.anon);
      // Processes of a family map the same files, as a rule.
      touched.mapped = Math.max(touched.mapped, again(used.mapped, had.mapped, before.mapped));
    }
    this.#before = now;
    files.looked();
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

/** Each mapping begins with its addresses, and where it is of which file; of what follows only these matter. */
const LINE =
  /^(?:([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ (\d+) *(.*)|(Rss|Anonymous|Referenced): +(\d+) kB)$/gm;

interface InMemory {
  /** Bytes that are there, and those that were used. What was copied on write counts as anonymous. */
  readonly had: Memory;
  readonly used: Memory;
  /** Bytes of each file; and where it is mapped, as far as any of that is there. */
  readonly mapped: Map<string, number>;
  readonly mappings: Mapping[];
}

export function memoryIn(smaps: string): InMemory {
  const had = { anon: 0, mapped: 0 };
  const used = { anon: 0, mapped: 0 };
  const mapped = new Map<string, number>();
  const mappings: Mapping[] = [];
  let mapping: Mapping | null = null;
  let [rss, anonymous, referenced] = [0, 0, 0];
  const add = (): void => {
    const share = rss === 0 ? 0 : anonymous / rss;
    had.anon += anonymous;
    had.mapped += rss - anonymous;
    used.anon += referenced * share;
    used.mapped += referenced * (1 - share);
    if (mapping !== null) {
      mapped.set(mapping.path, (mapped.get(mapping.path) ?? 0) + rss - anonymous);
      if (rss > 0) mappings.push(mapping);
    }
    [rss, anonymous, referenced] = [0, 0, 0];
  };
  for (const [, start, end, offset, inode, path, name, kib] of smaps.matchAll(LINE)) {
    if (start !== undefined) {
      add();
      const isFile = inode !== '0' && !isSharedMemory(path);
      const [from, to, at] = [start, end, offset].map((text) => Number.parseInt(text, 16));
      mapping = isFile ? { path, start: from, end: to, offset: at } : null;
    } else if (name === 'Rss') rss = Number(kib) * 1024;
    else if (name === 'Anonymous') anonymous = Number(kib) * 1024;
    else referenced = Number(kib) * 1024;
  }
  add();
  return { had, used, mapped, mappings };
}
