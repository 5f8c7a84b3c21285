import { encodeText } from '../kernel/text.ts';
import { type Pages, pages } from '../kernel/units.ts';
import type { Caller, Operation, Result } from '../machine/machine.ts';
import type { Calls, Front } from './front.ts';

/** Somebody at a machine of the recordings: does one thing after the other, each to its end. */

/** The reader's system calls. */
const READ_BLOCK = pages(16);
const MEGABYTE = 256;

export class Operator {
  readonly front: Front;

  constructor(front: Front) {
    this.front = front;
  }

  do(operation: Operation): Result<undefined> {
    return this.front.do(operation);
  }

  /** Lets virtual time pass until what was begun (null) is done. */
  finish(answer: Result<undefined> | null): Result<undefined> {
    return this.front.finish(answer);
  }

  write(path: string, data: Uint8Array | string): Result<undefined> {
    return this.do({ op: 'write', path, data: typeof data === 'string' ? encodeText(data) : data });
  }

  /** The text of a file, or the errno's name. */
  read(path: string): string {
    const text = this.front.read(path);
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
    this.front.pass(milliseconds);
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
    this.front.settle(task, milliseconds);
  }

  lives(task: string): boolean {
    return this.front.tasks().some((each) => each.name === task && !each.killed);
  }

  threads(): { pid: number; state: string; nice: number }[] {
    const alive = this.front.tasks().filter((each) => each.name === 'memcontd' && !each.killed);
    return alive.map(({ pid, state, nice }) => ({ pid, state, nice }));
  }

  /** Whether the cgroup has its memcontd. */
  daemon(cgroup: string): number {
    if (!this.front.cgroups().includes(cgroup)) return 0;
    return this.front.reclaimStat(cgroup).bg_state === 'none' ? 0 : 1;
  }

  calls(caller: Caller = {}): Calls {
    return this.front.calls(caller);
  }
}
