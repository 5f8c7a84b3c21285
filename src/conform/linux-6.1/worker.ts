import { encodeText } from '../../kernel/text.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import { Machine, type Operation } from '../../machine/machine.ts';
import type { Behaviour, Stream } from '../../task/behaviour.ts';

/** A worker in a cgroup of a machine as the recorded 6.1 ran on: one CPU, 2 GiB. */

export const MIB = 256;
const TASK = 'worker';
/** Of the recorded machine. */
const MEMORY = pages(2 ** 19);

/** Where the limits are, by the configuration's name: of the group, or of the parent. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unlimited: {},
  max4: { max: '4M' },
  'high3.5max4': { max: '4M', high: '3584K' },
  parent4: { parent: '4M' },
  max64: { max: '64M' },
  high48: { max: '64M', high: '48M' },
  high56: { max: '64M', high: '56M' },
  high60: { max: '64M', high: '60M' },
  parent64: { parent: '64M' },
  'max64-swapmax0': { max: '64M', swap: '0' },
  'max64-swapmax16M': { max: '64M', swap: '16M' },
};

export const isConfig = (name: string): boolean => Object.hasOwn(LIMITS, name);

/** What files of the cgroup say, by the names of their lines. */
export type Values = Readonly<Record<string, number>>;

export class Worker {
  readonly #machine: Machine;
  readonly #group: string;
  /** Where limits are met. */
  readonly #limited: string;

  /** `first`: nobody was there before. Else the CPU's stock holds bytes of whoever was. */
  constructor(config: string, first: boolean, swap = pages(0)) {
    const { parent, max, high, swap: swapMax } = LIMITS[config] ?? {};
    this.#machine = Machine.boot({ kernel: '6.1', psi: false, cpus: 1, memory: MEMORY, swap });
    if (!first) this.#leaveBytes();
    this.#group = parent === undefined ? '/group' : '/parent/group';
    this.#limited = parent === undefined ? this.#group : '/parent';
    if (parent !== undefined) {
      this.#do({ op: 'mkdir', path: '/parent' });
      this.#write('/parent/cgroup.subtree_control', '+memory');
    }
    this.#do({ op: 'mkdir', path: this.#group });
    if (high !== undefined) this.#write(`${this.#group}/memory.high`, high);
    if (max !== undefined) this.#write(`${this.#group}/memory.max`, max);
    if (swapMax !== undefined) this.#write(`${this.#group}/memory.swap.max`, swapMax);
    if (parent !== undefined) this.#write('/parent/memory.max', parent);
    this.#do({ op: 'spawn', task: TASK, cgroup: this.#group });
  }

  /** A group that is gone, and its file with it: the nodes of its index were given back to the CPU's stock. */
  #leaveBytes(): void {
    this.#do({ op: 'mkdir', path: '/before' });
    this.#do({ op: 'spawn', task: 'before', cgroup: '/before' });
    this.#do({ op: 'run', task: 'before', behaviour: streamOf('before', 0, 600) });
    this.#do({ op: 'kill', task: 'before', signal: 'KILL' });
    this.#do({ op: 'rmdir', path: '/before' });
    this.#do({ op: 'truncate', file: 'before', pages: pages(0) });
  }

  /** The file is so long; else it ends with what is read of it. */
  file(name: string, length: number): void {
    this.#do({ op: 'truncate', file: name, pages: pages(length) });
  }

  read(file: string, at: number, count: number, block = 8, readahead = true): void {
    this.run(streamOf(file, at, count, block, readahead));
  }

  write(file: string, at: number, count: number): void {
    this.run({ ...streamOf(file, at, count), write: true });
  }

  sync(): void {
    this.#do({ op: 'sync' });
  }

  /** False: it died of it. */
  run(behaviour: Behaviour): boolean {
    return this.#try({ op: 'run', task: TASK, behaviour });
  }

  /** Somebody's memory is given back, as by whoever reads a file and ends: what is in a batch goes to its list. */
  settle(): void {
    this.#do({ op: 'spawn', task: 'cat', cgroup: '/' });
    this.#do({ op: 'kill', task: 'cat', signal: 'KILL' });
  }

  stat(): Values {
    return linesOf(this.#text(`${this.#group}/memory.stat`));
  }

  usage(): { readonly current: number; readonly peak: number } {
    return {
      current: Number(this.#text(`${this.#group}/memory.current`)),
      peak: Number(this.#text(`${this.#group}/memory.peak`)),
    };
  }

  swap(): Values {
    const events = linesOf(this.#text(`${this.#group}/memory.swap.events`));
    return {
      swap_current: Number(this.#text(`${this.#group}/memory.swap.current`)),
      swap_max: events['max'] ?? 0,
      swap_fail: events['fail'] ?? 0,
    };
  }

  /** The group's, with `max` where the limit is. */
  events(): Values {
    return {
      ...linesOf(this.#text(`${this.#group}/memory.events`)),
      max: linesOf(this.#text(`${this.#limited}/memory.events`))['max'] ?? 0,
    };
  }

  #write(path: string, text: string): void {
    this.#do({ op: 'write', path, data: encodeText(text) });
  }

  #text(path: string): string {
    const text = this.#machine.read(path);
    if (!text.ok) throw new Error(`${path}: ${text.errno}`);
    return text.value;
  }

  #do(operation: Operation): void {
    if (!this.#try(operation)) throw new Error(`${operation.op} was refused`);
  }

  #try(operation: Operation): boolean {
    const answer = this.#machine.perform(operation);
    if (answer !== null) return answer.ok;
    const stop = this.#machine.run(null);
    return stop.why === 'done' && stop.result.ok;
  }
}

function streamOf(file: string, at: number, count: number, block = 8, readahead = true): Stream {
  const size = (each: number): Pages => pages(each);
  const base = { kind: 'stream', file, write: false, random: false, times: 1, rate: null } as const;
  return { ...base, at: size(at), pages: size(count), block: size(Math.min(block, count)), readahead };
}

function linesOf(text: string): Values {
  const lines = text.trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), Number(line.slice(line.indexOf(' ') + 1))]),
  );
}
