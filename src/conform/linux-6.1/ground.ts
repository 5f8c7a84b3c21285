import { encodeText } from '../../kernel/text.ts';
import { ns, type Pages, pages } from '../../kernel/units.ts';
import { Machine, type Operation } from '../../machine/machine.ts';
import type { Behaviour, Stream } from '../../task/behaviour.ts';

/** A machine as the recorded 6.1 ran on: one CPU, 2 GiB; and what the files of its cgroups say. */

export const MIB = 256;
/** The recorded machine. */
export const RECORDED_61 = { kernel: '6.1', psi: false, cpus: 1, memory: pages(2 ** 19) } as const;

/** What files of a cgroup say, by the names of their lines. */
export type Values = Readonly<Record<string, number>>;

export class Ground {
  readonly #machine: Machine;

  constructor(swap = pages(0)) {
    this.#machine = Machine.boot({ ...RECORDED_61, swap });
  }

  /** A group that is gone, and its file with it: the nodes of its index were given back to the CPU's stock. */
  leaveBytes(): void {
    this.mkdir('/before');
    this.spawn('before', '/before');
    this.run('before', streamOf('before', 0, 600));
    this.#do({ op: 'kill', task: 'before', signal: 'KILL' });
    this.#do({ op: 'rmdir', path: '/before' });
    this.file('before', 0);
  }

  mkdir(path: string): void {
    this.#do({ op: 'mkdir', path });
  }

  write(path: string, text: string): void {
    this.#do({ op: 'write', path, data: encodeText(text) });
  }

  spawn(task: string, cgroup: string): void {
    this.#do({ op: 'spawn', task, cgroup });
  }

  /** The file is so long; else it ends with what is read of it. */
  file(name: string, length: number): void {
    this.#do({ op: 'truncate', file: name, pages: pages(length) });
  }

  sync(): void {
    this.#do({ op: 'sync' });
  }

  /** All of them at once, until each is done. */
  together(tasks: readonly (readonly [task: string, behaviour: Behaviour])[]): void {
    for (const [task, behaviour] of tasks) this.#do({ op: 'start', task, behaviour });
    for (const [task] of tasks) this.#do({ op: 'wait-task', task });
  }

  /** False: it died of it. */
  run(task: string, behaviour: Behaviour): boolean {
    return this.#try({ op: 'run', task, behaviour });
  }

  /** Somebody's memory is given back, as by whoever reads a file and ends: what is in a batch goes to its list. */
  settle(): void {
    this.spawn('cat', '/');
    this.#do({ op: 'kill', task: 'cat', signal: 'KILL' });
  }

  /** Statistics are added up, as they are every 2 s. */
  flush(): void {
    this.#do({ op: 'sleep', until: ns(this.#machine.now + 2.1e9) });
  }

  /** memory.stat, memory.events and the counters, under the names of the recordings. */
  all(group: string): Values {
    const stat = this.lines(group, 'memory.stat');
    return {
      ...stat,
      kernel_bytes: stat['kernel'] ?? 0,
      ...this.lines(group, 'memory.events'),
      current: this.number(group, 'memory.current'),
      peak: this.number(group, 'memory.peak'),
    };
  }

  lines(group: string, file: string): Values {
    const lines = this.#text(group, file).trimEnd().split('\n');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(' ')), Number(line.slice(line.indexOf(' ') + 1))]),
    );
  }

  number(group: string, file: string): number {
    return Number(this.#text(group, file));
  }

  #text(group: string, file: string): string {
    const text = this.#machine.read(`${group}/${file}`);
    if (!text.ok) throw new Error(`${group}/${file}: ${text.errno}`);
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

export function streamOf(file: string, at: number, count: number, block = 8, readahead = true): Stream {
  const size = (each: number): Pages => pages(each);
  const base = { kind: 'stream', file, write: false, random: false, times: 1, rate: null } as const;
  return { ...base, at: size(at), pages: size(count), block: size(Math.min(block, count)), readahead };
}
