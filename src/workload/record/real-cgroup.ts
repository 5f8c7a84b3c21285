import { join } from 'node:path';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { numberAfter, ProcFile, textOnce } from './proc-file.ts';
import type { Source } from './sample.ts';
import { NOTHING_YET, type Sample } from './sample.ts';

/** A cgroup of the host's, of version 1 or 2, read from its memory.stat. */

/** A memory.stat as both versions tell it: bytes now, and pages since the cgroup was made. */
interface Stat {
  readonly anon: number;
  readonly file: number;
  readonly dirty: number;
  readonly swap: number;
  /** Pages that came in, faults, file pages that were reclaimed, and those that came back. */
  readonly pagesIn: number;
  readonly faults: number;
  readonly reclaimed: number;
  readonly refaults: number;
}

/** Bytes that devices moved for it (io.stat of version 2); null: not told. */
interface Devices {
  readonly read: number;
  readonly written: number;
}

export class RealCgroup implements Source {
  readonly notes = new Set<string>();
  readonly version: 1 | 2;
  readonly #stat: ProcFile;
  readonly #swap: ProcFile | null;
  readonly #io: ProcFile | null;
  #before: Stat | null = null;
  #devicesBefore: Devices | null = null;
  #last: Sample = NOTHING_YET;

  private constructor(directory: string, stat: ProcFile, version: 1 | 2) {
    this.version = version;
    this.#stat = stat;
    this.#swap = version === 2 ? fileIn(directory, 'memory.swap.current') : null;
    this.#io = version === 2 ? fileIn(directory, 'io.stat') : null;
  }

  /** A sentence when it is none, or may not be read. */
  static at(directory: string): RealCgroup | string {
    const stat = ProcFile.open(join(directory, 'memory.stat'));
    if (stat === 'denied') return `${directory}/memory.stat may not be read: permission denied`;
    if (stat !== 'gone') {
      const isSecond = typeof textOnce(join(directory, 'memory.current')) !== 'string';
      const isFirst = typeof textOnce(join(directory, 'memory.usage_in_bytes')) !== 'string';
      if (isFirst || isSecond) return new RealCgroup(directory, stat, isSecond ? 2 : 1);
      stat.close();
    }
    if (typeof textOnce(join(directory, 'cgroup.procs')) !== 'string')
      return `${directory} is a cgroup without the memory controller: it has no memory.stat`;
    return `there is no cgroup ${directory}`;
  }

  look(time: number): Sample | null {
    const read = this.#stat.text();
    if (typeof read === 'string') return null;
    const swapped = this.#swap?.text();
    const swap = typeof swapped === 'object' ? Number.parseInt(swapped.text, 10) : 0;
    const stat = this.version === 1 ? firstVersion(read.text) : { ...secondVersion(read.text), swap };
    const devices = this.#devices();
    const moved = this.#moved(stat, devices);
    const anon = stat.anon + stat.swap;
    this.#last = {
      time,
      anon,
      peak: anon,
      mapped: 0,
      cached: stat.file,
      read: this.#last.read + moved.read,
      written: this.#last.written + moved.written,
      fetched: this.#last.fetched + moved.fetched,
    };
    this.#before = stat;
    this.#devicesBefore = devices;
    return this.#last;
  }

  close(): void {
    for (const file of [this.#stat, this.#swap, this.#io]) file?.close();
  }

  #devices(): Devices | null {
    const read = this.#io?.text();
    if (typeof read !== 'object') return null;
    const sum = (name: string): number =>
      [...read.text.matchAll(new RegExp(`\\b${name}=(\\d+)`, 'g'))].reduce(
        (all, each) => all + Number(each[1]),
        0,
      );
    return { read: sum('rbytes'), written: sum('wbytes') };
  }

  /** Bytes read and written since the look before: file pages that came in, less those that were written. */
  #moved(stat: Stat, devices: Devices | null): { read: number; written: number; fetched: number } {
    const before = this.#before;
    // What was there at the beginning has to be read to be there again.
    if (before === null) return { read: stat.file, written: 0, fetched: 0 };
    const gain = (name: keyof Stat): number => Math.max(0, this.#since(name, stat, before));
    const past = this.#devicesBefore;
    const known = devices !== null && past !== null;
    const written = known ? Math.max(0, devices.written - past.written) : gain('dirty');
    const growth = stat.file - before.file;
    const cameIn =
      this.version === 2
        ? growth + gain('reclaimed') * PAGE_SIZE - gain('swap')
        : (gain('pagesIn') - Math.max(gain('faults'), gain('anon') / PAGE_SIZE)) * PAGE_SIZE;
    const read = Math.max(0, Math.max(cameIn, growth, gain('refaults') * PAGE_SIZE) - written);
    return { read, written, fetched: known ? Math.max(0, devices.read - past.read) : 0 };
  }

  #since(name: keyof Stat, stat: Stat, before: Stat): number {
    const difference = stat[name] - before[name];
    if (difference < 0 && COUNTERS.has(name)) this.notes.add(`${name} went backwards: counted on from there`);
    return difference;
  }
}

const COUNTERS: ReadonlySet<keyof Stat> = new Set(['pagesIn', 'faults', 'reclaimed', 'refaults']);

function fileIn(directory: string, name: string): ProcFile | null {
  const file = ProcFile.open(join(directory, name));
  return typeof file === 'string' ? null : file;
}

const statValue = (text: string, name: string): number => Math.max(0, numberAfter(text, `\n${name} `));

/**
 * Documentation/admin-guide/cgroup-v1/memory.rst: sizes in bytes, `total_` with those below. Shared memory is
 * charged as cache, but can't be dropped as files can.
 */
function firstVersion(text: string): Stat {
  const total = text.includes('\ntotal_rss ') ? 'total_' : '';
  const value = (name: string): number => statValue(`\n${text}`, `${total}${name}`);
  const shmem = value('shmem');
  return {
    anon: value('rss') + shmem,
    file: Math.max(0, value('cache') - shmem),
    dirty: value('dirty'),
    swap: value('swap'),
    pagesIn: value('pgpgin'),
    faults: value('pgfault'),
    reclaimed: 0,
    refaults: value('workingset_refault_file') || value('workingset_refault'),
  };
}

/** Documentation/admin-guide/cgroup-v2.rst, memory.stat. */
function secondVersion(text: string): Stat {
  const value = (name: string): number => statValue(`\n${text}`, name);
  const shmem = value('shmem');
  return {
    anon: value('anon') + shmem,
    file: Math.max(0, value('file') - shmem),
    dirty: value('file_dirty'),
    swap: 0,
    pagesIn: 0,
    faults: value('pgfault'),
    reclaimed: value('pgsteal') || value('pgsteal_kswapd') + value('pgsteal_direct'),
    refaults: value('workingset_refault_file') || value('workingset_refault'),
  };
}
