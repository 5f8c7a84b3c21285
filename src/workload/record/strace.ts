import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type FileAccess, FileAccesses } from '../syscalls/accesses.ts';
import type { AddressSpaces } from '../syscalls/address-spaces.ts';
import { TRACED_CALLS, TracedCalls } from '../syscalls/calls.ts';
import { StraceLines } from '../syscalls/strace-lines.ts';

/**
 * strace(1) round a command that is recorded. It is the command's grandparent (-DD), so the command is this
 * program's own child; a filter in the kernel (--seccomp-bpf) lets all calls but the traced ones pass at once.
 */

const OPTIONS = ['-DD', '-f', '--seccomp-bpf', '-q', '-ttt', '-s', '0', '-yy', '-e', 'signal=none'];
const TRACED = ['-e', `trace=${TRACED_CALLS.join(',')}`];

/** Why calls can't be traced here, in one sentence; null: they can. */
export function whyNoStrace(): string | null {
  const { error, status, stderr } = spawnSync('strace', [
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-e',
    'trace=none',
    'true',
  ]);
  if (error !== undefined) return 'there is no strace: `apt install strace` (or `dnf`, `apk`) brings it';
  if (status === 0) return null;
  const said = stderr.toString().trim().split('\n')[0];
  return `strace can't trace here (${said}): in a container it takes the capability SYS_PTRACE`;
}

/**
 * What a call costs a program that is stopped at it, on this machine as busy as it is now, us: dd(1) makes thousands
 * of calls and little else. The least of some rounds; null: there is no dd, or it is lost among other things.
 */
export function costOfCall(): number | null {
  const [few, many] = [1, BLOCKS].map((blocks) =>
    Math.min(...Array.from({ length: ROUNDS }, () => timeOfDd(blocks))),
  );
  const cost = ((many - few) * 1000) / (2 * BLOCKS);
  return Number.isFinite(cost) && cost > 0 ? cost : null;
}

const ROUNDS = 2;
const BLOCKS = 1_000;

/** ms; each block is a read and a write. */
function timeOfDd(blocks: number): number {
  const began = performance.now();
  const dd = ['dd', 'if=/dev/zero', 'of=/dev/null', 'bs=1', `count=${blocks}`, 'status=none'];
  const { status } = spawnSync('strace', [...OPTIONS.slice(1), ...TRACED, '-o', '/dev/null', '--', ...dd]);
  return status === 0 ? performance.now() - began : Number.NaN;
}

/** Reads on though nobody listens any more: a tracer whose output is closed would take its tracees along. */
const READER = 'exec 4<"$1"; rm -r "$(dirname "$1")"; cat <&4; exec cat <&4 >/dev/null';

/** What strace says of a command that is to be started by `words`. */
export class Strace {
  readonly words: readonly string[];
  readonly memory: AddressSpaces;
  /** Resolves when all that was traced has ended. */
  readonly #ended: Promise<void>;
  /** Asked after each line, until it is so. */
  readonly #waiting = new Set<{ readonly isSo: () => boolean; readonly tell: () => void }>();
  readonly #accesses: FileAccesses;
  readonly #lines: StraceLines;
  readonly #close: () => void;

  /** `environment`: NAME=VALUE, of the command alone. */
  constructor(
    command: readonly string[],
    environment: string,
    tell: (access: FileAccess, name: string) => void,
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'memcg-record-'));
    const fifo = join(folder, 'calls');
    const { status } = spawnSync('mkfifo', ['-m', '600', fifo]);
    if (status !== 0) rmSync(folder, { recursive: true, force: true });
    this.words = ['strace', ...OPTIONS, ...TRACED, '-E', environment, '-o', fifo, '--', ...command];
    // Before the command moves them: it has the same open files.
    const standard = [0, 1, 2].map(position);
    const inherited = (fd: number) => standard[fd] ?? null;
    this.#accesses = new FileAccesses({ sizeOf, inherited }, process.cwd(), (access) =>
      tell(access, this.#accesses.names[access.file]),
    );
    const calls = new TracedCalls(this.#accesses);
    this.memory = calls.memory;
    this.#lines = new StraceLines(calls);
    // In a session of its own: ^C is the command's.
    const reader = spawn('sh', ['-c', READER, 'sh', fifo], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const lines = createInterface({ input: reader.stdout, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => this.#line(line));
    this.#ended = new Promise((resolve) => lines.once('close', resolve));
    this.#close = () => {
      lines.close();
      reader.stdout.destroy();
      reader.unref();
    };
  }

  /** Calls that it was stopped at. */
  get calls(): number {
    return this.#lines.calls;
  }

  /** Things that were seen and can't be followed, a sentence each. */
  get notes(): readonly string[] {
    const { strange } = this.#lines;
    const lost = strange === 0 ? [] : [`${strange} lines of strace could not be read`];
    return [...this.#accesses.notes, ...lost];
  }

  /** Resolves when the command has begun in strace's place, or there is nothing to wait for any more. */
  begun(): Promise<void> {
    return this.#until(() => this.#accesses.tasks.size > 0);
  }

  /** Resolves when all is told that was done up to the end of the task with this pid. */
  async over(pid: number): Promise<void> {
    await this.#until(() => !this.#accesses.tasks.has(pid));
    if (this.#accesses.tasks.size === 0) await this.#ended;
  }

  #line(text: string): void {
    this.#lines.line(text);
    for (const each of this.#waiting) {
      if (!each.isSo()) continue;
      each.tell();
      this.#waiting.delete(each);
    }
  }

  async #until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await Promise.race([new Promise<void>((tell) => this.#waiting.add({ isSo, tell })), this.#ended]);
  }

  /** Listens no longer; what is still traced goes on. */
  close(): void {
    this.#close();
  }
}

/** Bytes of a file; 0: it is none any more, or nobody may know. */
export function sizeOf(path: string): number {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat.size : 0;
  } catch {
    return 0;
  }
}

/** proc_pid_fdinfo(5): where an open file of this program's stands. */
function position(fd: number): { offset: number; append: boolean } | null {
  try {
    const text = readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
    const offset = Number(/^pos:\s*(\d+)/m.exec(text)?.[1] ?? 0);
    const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(text)?.[1] ?? '0', 8);
    return { offset, append: (flags & O_APPEND) !== 0 };
  } catch {
    return null;
  }
}

const O_APPEND = 0o2000;
