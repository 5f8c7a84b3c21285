import { encodeText } from '../kernel/text.ts';
import { ns, type Pages, pages } from '../kernel/units.ts';
import { Machine, type MachineOptions, type Operation, type Result, type Vfs } from '../machine.ts';

/** Somebody at a machine of the recordings: does one thing after the other, each to its end. */

/** One CPU, no swap, and none of the files that the kernel does not have. */
const RECORDED: Partial<MachineOptions> = { cpus: 1, extras: false };
/** The reader's system calls. */
const READ_BLOCK = pages(16);
const MEGABYTE = 256;

export class Operator {
  readonly machine: Machine;

  constructor(errata: MachineOptions['errata']) {
    this.machine = Machine.boot({ ...RECORDED, errata });
  }

  do(operation: Operation): Result<undefined> {
    return this.finish(this.machine.perform(operation));
  }

  /** Lets virtual time pass until what was begun (null) is done. */
  finish(answer: Result<undefined> | null): Result<undefined> {
    if (answer !== null) return answer;
    const stop = this.machine.run(null);
    if (stop.why === 'done') return stop.result;
    throw new Error(`the machine stands still (${stop.why})`);
  }

  write(path: string, data: Uint8Array | string): Result<undefined> {
    return this.do({ op: 'write', path, data: typeof data === 'string' ? encodeText(data) : data });
  }

  /** The text of a file, or the errno's name. */
  read(path: string): string {
    const text = this.machine.read(path);
    return text.ok ? text.value : text.errno;
  }

  /** The same without its newline. */
  value(path: string): string {
    return this.read(path).replace(/\n$/, '');
  }

  /** What the recorder read back of a cgroup, by its names. */
  counters(cgroup: string): Readonly<Record<string, string | number>> {
    const text = (file: string): string => this.value(`${cgroup}/memory.${file}`);
    return {
      limit: text('limit_in_bytes'),
      high: text('high_wmark_in_bytes'),
      low: text('low_wmark_in_bytes'),
      usage: text('usage_in_bytes'),
      max_usage: text('max_usage_in_bytes'),
      failcnt: text('failcnt'),
      daemon: this.daemon(cgroup),
    };
  }

  sleep(milliseconds: number): void {
    this.do({ op: 'sleep', until: ns(this.machine.now + milliseconds * 1e6) });
  }

  /** A task of the cgroup reads a file that is in no cache, and exits. */
  readFile(task: string, cgroup: string, file: string, megabytes: number): void {
    this.do({ op: 'drop', file });
    this.do({ op: 'spawn', task, cgroup });
    this.readAgain(task, file, pages(megabytes * MEGABYTE));
    this.do({ op: 'kill', task, signal: 'KILL' });
  }

  readAgain(task: string, file: string, count: Pages): void {
    const base = { kind: 'stream', file, pages: count, at: pages(0), write: false, random: false } as const;
    const behaviour = { ...base, times: 1, rate: null, block: READ_BLOCK, readahead: true } as const;
    this.do({ op: 'run', task, behaviour });
  }

  /** Begins to touch anonymous memory; waits for its end `milliseconds` at most. */
  touch(task: string, megabytes: number, milliseconds: number): void {
    this.do({ op: 'start', task, behaviour: { kind: 'alloc', pages: pages(megabytes * MEGABYTE) } });
    const idle = (): boolean =>
      (this.machine.tasks().find((each) => each.name === task)?.behaviour ?? null) === null;
    this.do({ op: 'wait-until', test: idle, until: ns(this.machine.now + milliseconds * 1e6) });
  }

  lives(task: string): boolean {
    return this.machine.tasks().some((each) => each.name === task && !each.killed);
  }

  threads(): { pid: number; state: string; nice: number }[] {
    const alive = this.machine.tasks().filter((each) => each.name === 'memcontd' && !each.killed);
    return alive.map(({ pid, state, nice }) => ({ pid, state, nice }));
  }

  /** Whether the cgroup has its memcontd. */
  daemon(cgroup: string): number {
    if (!this.machine.cgroups().includes(cgroup)) return 0;
    return this.machine.reclaimStat(cgroup).bg_state === 'none' ? 0 : 1;
  }

  vfs(caller: Parameters<Machine['vfs']>[0] = {}): Vfs {
    return this.machine.vfs(caller);
  }
}
