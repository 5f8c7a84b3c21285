import { join } from 'node:path';
import { size } from '../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { numberAfter, ProcFile, textOnce } from './proc-file.ts';
import type { Source } from './sample.ts';
import { NOTHING_YET, type Sample } from './sample.ts';

/** A cgroup of the host's, of version 1 or 2, read from its memory.stat. */

/** A memory.stat as both versions tell it: bytes now, and pages since the cgroup was made. */
interface Stat {
  readonly anon: number;
  readonly file: number;
  /** Dirty, or on its way to storage. */
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
  /** Why it is under pressure already, in one sentence; null: it is not, as far as one sees. */
  readonly pressed: string | null;
  readonly version: 1 | 2;
  readonly #stat: ProcFile;
  readonly #swap: ProcFile | null;
  readonly #io: ProcFile | null;
  #before: Stat | null = null;
  #devicesBefore: Devices | null = null;
  #last: Sample = NOTHING_YET;
  /** Bytes that came in as file pages, by reading and by writing, and what of it was there before. */
  #in = { read: 0, written: 0, again: 0 };
  #mostFile = 0;
  /** What became dirty. */
  #dirtied = 0;

  private constructor(directory: string, stat: ProcFile, version: 1 | 2) {
    this.version = version;
    this.pressed = pressure(directory, version);
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
    const fetched = this.#move(stat, devices);
    const moved = this.#in;
    // A page that is refaulted was evicted before: of the first so many as there is room for, each another.
    const files = moved.read + Math.min(moved.again, this.#mostFile);
    const anon = stat.anon + stat.swap;
    this.#last = {
      time,
      anon,
      peak: anon,
      mapped: 0,
      cached: null,
      read: files,
      written: moved.written,
      calls: { read: moved.read + moved.again, written: Math.max(moved.written, this.#dirtied) },
      fetched: this.#last.fetched + fetched,
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

  /** Adds what came in since the look before; answers the bytes that devices delivered. */
  #move(stat: Stat, devices: Devices | null): number {
    const before = this.#before;
    this.#mostFile = Math.max(this.#mostFile, stat.file);
    // What was there at the beginning has to be read to be there again.
    if (before === null) {
      this.#in.read = stat.file;
      return 0;
    }
    const gain = (name: keyof Stat): number => Math.max(0, this.#since(name, stat, before));
    const past = this.#devicesBefore;
    const known = devices !== null && past !== null;
    const stored = known ? Math.max(0, devices.written - past.written) : 0;
    const dirtied = Math.max(0, stat.dirty - before.dirty + stored);
    const again = gain('refaults') * PAGE_SIZE;
    const growth = stat.file - before.file;
    const cameIn =
      this.version === 2
        ? growth + gain('reclaimed') * PAGE_SIZE - gain('swap')
        : (gain('pagesIn') - Math.max(gain('faults'), gain('anon') / PAGE_SIZE)) * PAGE_SIZE;
    const fresh = Math.max(0, Math.max(cameIn, growth) - again);
    const written = Math.min(fresh, dirtied);
    this.#in.read += fresh - written;
    this.#in.written += written;
    this.#in.again += again;
    this.#dirtied += dirtied;
    if (again > 0) this.notes.add(REFAULTED);
    return known ? Math.max(0, devices.read - past.read) : 0;
  }

  #since(name: keyof Stat, stat: Stat, before: Stat): number {
    const difference = stat[name] - before[name];
    if (difference < 0 && COUNTERS.has(name)) this.notes.add(`${name} went backwards: counted on from there`);
    return difference;
  }
}

const REFAULTED =
  'pages were reclaimed and read again meanwhile: its files are larger than they look, by how much is unknown; ' +
  'record it without the limit, or with --trace';
/** Of its limit, so much is full. */
const FULL = 0.9;

/** memory.limit_in_bytes and memory.usage_in_bytes, or memory.max, memory.high and memory.current. */
function pressure(directory: string, version: 1 | 2): string | null {
  const value = (name: string): number => {
    const read = textOnce(join(directory, name));
    return typeof read === 'string' ? Number.NaN : Number.parseInt(read.text, 10);
  };
  const usage = value(version === 2 ? 'memory.current' : 'memory.usage_in_bytes');
  const limits = version === 2 ? ['memory.max', 'memory.high'] : ['memory.limit_in_bytes'];
  const limit = Math.min(...limits.map(value).filter((each) => !Number.isNaN(each)));
  if (!(usage >= limit * FULL)) return null;
  return (
    `it was recorded under pressure: ${size(usage)} of ${size(limit)} were in use when it began. What its limit ` +
    'keeps out can not be seen: its files may be larger, and its peak without a limit higher'
  );
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
    dirty: value('dirty') + value('writeback'),
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
    dirty: value('file_dirty') + value('file_writeback'),
    swap: 0,
    pagesIn: 0,
    faults: value('pgfault'),
    reclaimed: value('pgsteal') || value('pgsteal_kswapd') + value('pgsteal_direct'),
    refaults: value('workingset_refault_file') || value('workingset_refault'),
  };
}
