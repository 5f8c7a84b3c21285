import { encodeText } from '../../kernel/text.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import { type Caller, Machine, type Operation, type Result } from '../../machine/machine.ts';
import type { Behaviour } from '../../task/behaviour.ts';
import { bytesOfText } from '../answers.ts';
import type { Boot, Front } from '../front.ts';
import { InProcess } from '../in-process.ts';
import type { Value } from '../kind.ts';
import { RECORDED_61 } from './ground.ts';

/** Where operations on cgroup files of 6.1 are done: a machine with the recorded one's first pids. */

/** Threads of the recorded kernel whose pids were written, beside the first process. */
const KERNEL_THREADS = [2, 3, 7, 8];

/** Of a recording: what a call returned, or its errno. */
export type Returned = number | string;

/** The kernel's pids are its own; here pid 1 is the task that writes. */
function bootRecorded(swap: Pages): Machine {
  const saved = Machine.boot({ ...RECORDED_61, swap }).save();
  const { mm, sh } = saved.state;
  const rename = (task: object, pid: number): object => Object.assign(task, { pid });
  mm.tasksByPid.delete(sh.pid);
  mm.tasksByPid.set(1, sh);
  rename(sh, 1);
  for (const pid of KERNEL_THREADS) {
    const thread = mm.flusher === null ? null : structuredClone(mm.flusher);
    if (thread === null) continue;
    rename(thread, pid);
    mm.tasks.push(thread);
    mm.tasksByPid.set(pid, thread);
  }
  return Machine.load(saved);
}

/** A character of a recording is a byte; names are UTF-8. */
export const nameOf = (text: string): string => new TextDecoder().decode(bytesOfText(text));

export class Desk {
  readonly front: Front;
  /** Names of tasks by number, oldest first; all that were made. */
  readonly tasks: string[] = [];

  constructor(swap = pages(0), boot?: Boot) {
    this.front = boot?.([], { ...RECORDED_61, swap }) ?? new InProcess(bootRecorded(swap));
  }

  do(operation: Operation): Result<undefined> {
    return this.front.do(operation);
  }

  /** A text, or the bytes of one. */
  write(path: string, text: Uint8Array | string, caller: Caller = {}): Returned {
    const data = typeof text === 'string' ? encodeText(text) : text;
    const calls = this.front.calls(caller);
    const fd = calls.open(path, 1);
    if (!fd.ok) return fd.errno;
    const answer = this.front.finish(calls.write(fd.value, data));
    calls.close(fd.value);
    return answer.ok ? data.length : answer.errno;
  }

  /** [errno of open, or 0; the text, '' when a read is refused; the errno of that] */
  read(path: string): { open: Returned; text: string; errno: string | null } {
    const calls = this.front.calls({});
    const fd = calls.open(path, 0);
    if (!fd.ok) return { open: fd.errno, text: '', errno: null };
    const answer = calls.read(fd.value, 65_536);
    calls.close(fd.value);
    if (!answer.ok) return { open: 0, text: '', errno: answer.errno };
    return { open: 0, text: new TextDecoder().decode(answer.value), errno: null };
  }

  /** A task that does one thing, `anon BYTES` or `cache BYTES`, and stays. */
  task(cgroup: string, what: string): void {
    const name = `t${this.tasks.length + 1}`;
    this.tasks.push(name);
    this.do({ op: 'spawn', task: name, cgroup });
    const [kind, size] = what.split(' ');
    const count = pages(Number(size) / 4096);
    if (count > 0) this.do({ op: 'run', task: name, behaviour: behaviourOf(kind ?? '', name, count) });
  }

  /** Not the pid of who is gone. */
  pidOf(task: string | undefined): number | null {
    return this.front.tasks().find(({ name, killed }) => name === task && !killed)?.pid ?? null;
  }

  lives(task: string | undefined): boolean {
    return this.pidOf(task) !== null;
  }

  killAll(): void {
    for (const task of this.tasks) if (this.lives(task)) this.do({ op: 'kill', task, signal: 'KILL' });
  }
}

function behaviourOf(kind: string, file: string, count: Pages): Behaviour {
  if (kind === 'anon') return { kind: 'alloc', pages: count };
  const base = { kind: 'stream', file, pages: count, at: pages(0), write: false, random: false } as const;
  return { ...base, times: 1, rate: null, block: pages(8), readahead: true };
}

/** A long text is recorded as what repeats: 'x'*N, and + between. */
export function repeated(text: string): string {
  return text
    .split('+')
    .map((part) => {
      const [, quoted, times] = /^'(.*)'(?:\*(\d+))?$/.exec(part) ?? [];
      if (quoted === undefined) throw new Error(`${part} is no text that repeats`);
      return quoted.repeat(Number(times ?? 1));
    })
    .join('');
}

export const valueText = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
