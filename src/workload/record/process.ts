import { basename } from 'node:path';
import { type Moved, NOTHING_MOVED } from './moved.ts';
import { linkAt, movedIn, namesIn, numberAfter, ProcFile, pidsIn, textOnce } from './proc-file.ts';
import type { Program } from './self-sizing.ts';

/** One process, looked at through /proc (proc_pid_status(5), proc_pid_io(5)). All sizes in bytes. */

/** Looks between two at the children of all threads; those of the first thread are seen each time. */
const THREADS_EVERY = 10;
/** And between two at a status whose sizes have not changed: its peak may have. */
const STATUS_EVERY = 20;

export class WatchedProcess {
  readonly pid: number;
  /** Who it was found with; null: the one that was asked for. */
  readonly parent: WatchedProcess | null;
  /** Anonymous memory, in memory and swapped out; and of that the copies that others have too. */
  anon = 0;
  copies = 0;
  /** Shared memory, which can't be dropped either; and files that are mapped. */
  sharedMemory = 0;
  mapped = 0;
  /** Its part of that, when all were asked; and when it was asked itself. */
  #part = 0;
  #asked = 0;
  /** Nobody has asked yet what it shares. */
  isUnasked = true;
  /** How much more of it there was, since the look before, than there is now: as far as VmHWM tells. */
  spike = 0;
  moved: Moved = NOTHING_MOVED;
  /** Of its program, as the kernel has it; another once it runs another. */
  comm = '';
  /** What it may not be asked: it became another user's. */
  denied = false;
  /** It has ended, and nobody has asked how. */
  ended = false;
  #highest: number;
  /** What was in memory that is not anonymous. */
  #others = 0;
  #threads = 1;
  #looks = 0;
  /** As they were at the look before. */
  #counted = '';
  #sizes = '';
  #listed = '';
  #statusAt = Number.NEGATIVE_INFINITY;
  readonly #status: ProcFile;
  /** The sizes alone, which cost the kernel a tenth of a status. */
  readonly #statm: ProcFile | null;
  readonly #io: ProcFile | null;
  readonly #children: ProcFile | null;

  /** `late`: it has a past that is not recorded. */
  private constructor(pid: number, parent: WatchedProcess | null, status: ProcFile, late: boolean) {
    this.pid = pid;
    this.parent = parent;
    this.#status = status;
    this.#highest = late ? Number.POSITIVE_INFINITY : 0;
    this.#statm = fileOf(pid, 'statm');
    this.#io = fileOf(pid, 'io');
    this.#children = fileOf(pid, `task/${pid}/children`);
  }

  /** null: there is no such process. */
  static find(pid: number, parent: WatchedProcess | null, late: boolean): WatchedProcess | null {
    const status = ProcFile.open(`/proc/${pid}/status`);
    return typeof status === 'string' ? null : new WatchedProcess(pid, parent, status, late);
  }

  /** The kernel's own threads have a parent, and neither memory nor files (PF_KTHREAD). */
  static isKernelThread(pid: number): boolean {
    const stat = textOnce(`/proc/${pid}/stat`);
    if (typeof stat === 'string') return false;
    const flags = Number(stat.text.slice(stat.text.lastIndexOf(')') + 2).split(' ')[6]);
    return (flags & PF_KTHREAD) !== 0;
  }

  /** Of its program, as `ps` says it. */
  get name(): string {
    const comm = textOnce(`/proc/${this.pid}/comm`);
    return typeof comm === 'string' ? '?' : comm.text.trim();
  }

  /** False when it has ended and its parent knows. */
  look(): boolean {
    const io = this.#io?.text() ?? 'denied';
    if (io === 'gone') return false;
    if (io === 'denied') this.denied = true;
    else if (io.text !== this.#counted) {
      this.#counted = io.text;
      this.moved = movedIn(io.text);
    }
    this.#looks += 1;
    return this.#lookAtSizes();
  }

  #lookAtSizes(): boolean {
    const statm = this.#statm?.text() ?? { text: '' };
    if (typeof statm === 'string') return false;
    this.spike = 0;
    const isSame = statm.text !== '' && statm.text === this.#sizes;
    if (isSame && this.#looks - this.#statusAt < STATUS_EVERY) return true;
    const status = this.#status.text();
    if (typeof status === 'string') return false;
    this.#sizes = statm.text;
    this.#statusAt = this.#looks;
    this.#readStatus(status.text);
    return true;
  }

  /**
   * The pids of its children: those of its first thread, and now and then those of all threads. null: they are the
   * same as the look before, unless they are asked for `anew`.
   */
  children(anew: boolean): number[] | null {
    const listed = this.#children?.text() ?? 'gone';
    const first = pidsIn(listed);
    if (this.#threads === 1 || this.#looks % THREADS_EVERY !== 1) {
      const text = typeof listed === 'string' ? '' : listed.text;
      const isSame = text === this.#listed;
      this.#listed = text;
      return isSame && !anew ? null : first;
    }
    const threads = namesIn(`/proc/${this.pid}/task`).filter((name) => name !== `${this.pid}`);
    const others = threads.flatMap((name) => pidsIn(textOnce(`/proc/${this.pid}/task/${name}/children`)));
    return [...first, ...others];
  }

  get part(): number {
    return Math.min(this.#part, this.sharedMemory);
  }

  /**
   * Asks which of its memory is shared (proc_pid_smaps_rollup): the kernel walks all of it for that. Its part of the
   * shared memory holds if all are asked at one time: `keepPart()` says so.
   */
  measureShared(): void {
    this.isUnasked = false;
    const rollup = textOnce(`/proc/${this.pid}/smaps_rollup`);
    if (typeof rollup === 'string') return;
    const size = (name: string): number => numberAfter(rollup.text, name) * KIB;
    const [anon, part] = [size('\nPss_Anon:'), size('\nPss_Shmem:')];
    if (anon < 0 || part < 0) return;
    this.copies = Math.min(this.anon, Math.max(0, size('\nAnonymous:') - anon));
    this.#asked = part;
  }

  /** How much its shared memory has grown since it was looked at, bytes. */
  sharedGrowth(): number {
    const status = this.#status.text();
    return typeof status === 'string' ? 0 : sizeIn(status.text, '\nRssShmem:') - this.sharedMemory;
  }

  keepPart(): void {
    this.#part = this.#asked;
  }

  /** The program that it runs now; null: it may not be asked, or is gone. */
  program(): Program | null {
    const words = textOnce(`/proc/${this.pid}/cmdline`);
    if (typeof words === 'string' || words.text === '') return null;
    const environment = textOnce(`/proc/${this.pid}/environ`);
    return {
      name: basename(linkAt(`/proc/${this.pid}/exe`) ?? words.text.split('\0')[0]),
      words: words.text.split('\0'),
      environment: typeof environment === 'string' ? [] : environment.text.split('\0'),
    };
  }

  close(): void {
    for (const file of [this.#status, this.#statm, this.#io, this.#children]) file?.close();
  }

  #readStatus(text: string): void {
    this.ended = text.includes('\nState:\tZ');
    this.comm = text.slice(0, text.indexOf('\n'));
    const size = (name: string): number => sizeIn(text, name);
    const resident = size('\nRssAnon:');
    this.sharedMemory = size('\nRssShmem:');
    this.anon = resident + size('\nVmSwap:');
    this.copies = Math.min(this.copies, this.anon);
    this.mapped = size('\nRssFile:');
    const others = this.mapped + this.sharedMemory;
    const highest = size('\nVmHWM:');
    // Higher: it was so since the last look. Lower: it runs another program by now.
    const isNew = highest !== this.#highest && this.#highest !== Number.POSITIVE_INFINITY;
    this.spike = isNew ? Math.max(0, highest - Math.max(others, this.#others) - resident) : 0;
    this.#highest = highest;
    this.#others = others;
    this.#threads = numberAfter(text, '\nThreads:');
  }
}

const KIB = 1024;
/** include/linux/sched.h. */
const PF_KTHREAD = 0x00200000;

/** One that has ended has no memory, and so no such lines. */
const sizeIn = (status: string, name: string): number => Math.max(0, numberAfter(status, name)) * KIB;

function fileOf(pid: number, name: string): ProcFile | null {
  const file = ProcFile.open(`/proc/${pid}/${name}`);
  return typeof file === 'string' ? null : file;
}
