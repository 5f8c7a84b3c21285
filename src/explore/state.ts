/**
 * The state of the model: small unsigned numbers, the shared ones first, then a block for each thread.
 * Unpacked they stand in an Int32Array; packed, each has the bits that it needs (Layout).
 */

interface Number {
  /** The greatest value that it may have. */
  readonly most: number;
  /** As the kernel has it. */
  readonly name: string;
  /** A field of struct mem_cgroup: to touch it after mem_cgroup_destroy() is a use after free. */
  readonly field?: true;
  /** Words for its values. */
  readonly values?: readonly string[];
}

const THREADS = ['NULL', 'memcontd 1', 'memcontd 2'];
const STATES = ['TASK_RUNNING', 'TASK_INTERRUPTIBLE', 'TASK_UNINTERRUPTIBLE'];
const LIVES = ['not made', 'alive', 'ended'];
const NO_YES = ['no', 'yes'];
const OWNERS = ['free', ...Array.from({ length: 7 }, () => 'held')];

/** What more than one thread reaches. */
const SHARED = {
  usage: { most: 15, name: 'usage', field: true },
  low: { most: 15, name: 'low', field: true },
  high: { most: 15, name: 'high', field: true },
  limit: { most: 15, name: 'limit', field: true },
  counterLock: { most: 1, name: 'counter->lock', field: true, values: OWNERS },
  /** One for each page, one for memcontd. */
  refs: { most: 15, name: 'css.refcnt', field: true },
  thread: { most: 2, name: 'daemon.thread', field: true, values: THREADS },
  waitqLock: { most: 1, name: 'waitq.lock', field: true, values: OWNERS },
  queued0: { most: 1, name: 'memcontd 1 on waitq', field: true, values: NO_YES },
  queued1: { most: 1, name: 'memcontd 2 on waitq', field: true, values: NO_YES },
  state0: { most: 2, name: 'memcontd 1', values: STATES },
  state1: { most: 2, name: 'memcontd 2', values: STATES },
  life0: { most: 2, name: 'memcontd 1', values: LIVES },
  life1: { most: 2, name: 'memcontd 2', values: LIVES },
  freeze0: { most: 1, name: 'TIF_FREEZE', values: NO_YES },
  freeze1: { most: 1, name: 'TIF_FREEZE of 2', values: NO_YES },
  frozen0: { most: 1, name: 'PF_FROZEN', values: NO_YES },
  frozen1: { most: 1, name: 'PF_FROZEN of 2', values: NO_YES },
  /** 0, else the owner and 1. */
  daemonLock: { most: 7, name: 'memcont_daemon_lock', values: OWNERS },
  cgroupMutex: { most: 7, name: 'cgroup_mutex', values: OWNERS },
  stopK: { most: 2, name: 'kthread_stop_info.k', values: THREADS },
  stopDone: { most: 1, name: 'kthread_stop_info.done', values: NO_YES },
  userFrozen: { most: 1, name: 'user space frozen', values: NO_YES },
  /** cgrp->count: tasks in the group. */
  count: { most: 3, name: 'cgrp->count' },
  removed: { most: 1, name: 'CGRP_REMOVED', values: NO_YES },
  /** Who holds the directory: itself, and each control file that is open. With the last, mem_cgroup_destroy() runs. */
  dentry: { most: 3, name: 'references of the dentry' },
  freed: { most: 1, name: 'mem_cgroup freed', values: NO_YES },
  answer: { most: 2, name: 'rmdir', values: ['', 'done', 'EBUSY'] },
  /** A flag that one repair adds. */
  dying: { most: 1, name: 'daemon.dying', values: NO_YES },
  /** The property that is broken: 0 none, else its place in PROPERTIES and 1. */
  broken: { most: 15, name: 'broken' },
} as const satisfies Record<string, Number>;

export type SharedName = keyof typeof SHARED;

export const SHARED_NAMES = Object.keys(SHARED) as SharedName[];

/** Where each shared number stands. */
export const V = Object.fromEntries(SHARED_NAMES.map((name, at) => [name, at])) as Record<SharedName, number>;

export const RUNNING = 0;
export const INTERRUPTIBLE = 1;
export const UNINTERRUPTIBLE = 2;
/** Of a kernel thread; 0: it was not made. */
export const ALIVE = 1;
export const DEAD = 2;
export const ANSWER_OK = 1;
export const ANSWER_EBUSY = 2;

const NUMBERS: readonly Number[] = Object.values(SHARED);

export const IS_FIELD = NUMBERS.map(({ field }) => field === true);

/** `daemon.thread = memcontd 1`; empty for what only the explorer knows. */
export function inWords(at: number, value: number): string {
  const { name, values } = NUMBERS[at];
  return at === V.broken ? '' : `${name} = ${values?.[value] ?? value}`;
}

/** A thread's block: where it stands in its program, two registers, a store buffer of two entries. */
export const PC = 0;
export const REGISTERS = 2;
export const BUFFER = 1 + REGISTERS;
/** An entry is the number's place and 1 (0: empty), and its value; the older entry first. */
export const BUFFER_DEPTH = 2;
export const BLOCK = BUFFER + 2 * BUFFER_DEPTH;

export const blockOf = (thread: number): number => SHARED_NAMES.length + thread * BLOCK;

export const maskOf = (names: readonly SharedName[]): number =>
  names.reduce((mask, name) => mask | (1 << V[name]), 0);

const bitsFor = (most: number): number => 32 - Math.clz32(most);

interface Field {
  readonly at: number;
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

/** What a thread's block needs: the greatest values of its place in the program and of its registers. */
export interface BlockSize {
  readonly lines: number;
  readonly registers: readonly number[];
}

/** Packs states into as few 32-bit words as they need. */
export class Layout {
  readonly words: number;
  readonly bits: number;
  readonly #initial: Int32Array;
  readonly #at: Int32Array;
  readonly #word: Int32Array;
  readonly #shift: Int32Array;
  readonly #mask: Int32Array;

  /** `changing`: the shared numbers that ever change (a mask); the others are as in `initial`. */
  constructor(initial: Int32Array, changing: number, blocks: readonly BlockSize[], buffers: boolean) {
    const sizes = SHARED_NAMES.map((name, at) => [at, (changing >>> at) & 1 ? SHARED[name].most : 0]);
    blocks.forEach(({ lines, registers }, thread) => {
      const block = blockOf(thread);
      sizes.push([block + PC, lines]);
      registers.forEach((most, register) => {
        sizes.push([block + 1 + register, most]);
      });
      for (let entry = 0; buffers && entry < BUFFER_DEPTH; entry += 1) {
        sizes.push([block + BUFFER + 2 * entry, SHARED_NAMES.length], [block + BUFFER + 2 * entry + 1, 15]);
      }
    });
    const fields = placed(sizes.map(([at, most]) => ({ at, bits: bitsFor(most) })));
    this.#initial = initial.slice();
    this.#at = Int32Array.from(fields, ({ at }) => at);
    this.#word = Int32Array.from(fields, ({ word }) => word);
    this.#shift = Int32Array.from(fields, ({ shift }) => shift);
    this.#mask = Int32Array.from(fields, ({ mask }) => mask);
    this.words = 1 + Math.max(0, ...fields.map(({ word }) => word));
    this.bits = fields.reduce((sum, { mask }) => sum + bitsFor(mask >>> 0), 0);
  }

  pack(state: Int32Array, packed: Int32Array): void {
    packed.fill(0);
    for (let field = 0; field < this.#at.length; field += 1)
      packed[this.#word[field]] |= state[this.#at[field]] << this.#shift[field];
  }

  unpack(packed: Int32Array, state: Int32Array): void {
    state.set(this.#initial);
    for (let field = 0; field < this.#at.length; field += 1)
      state[this.#at[field]] = (packed[this.#word[field]] >>> this.#shift[field]) & this.#mask[field];
  }
}

/** The widest first, each into the first word that has room. */
function placed(sizes: readonly { readonly at: number; readonly bits: number }[]): Field[] {
  const used: number[] = [];
  return sizes
    .filter(({ bits }) => bits > 0)
    .sort((a, b) => b.bits - a.bits || a.at - b.at)
    .map(({ at, bits }) => {
      const free = used.findIndex((taken) => taken + bits <= 32);
      const word = free < 0 ? used.length : free;
      const shift = used[word] ?? 0;
      used[word] = shift + bits;
      return { at, word, shift, mask: (1 << bits) - 1 };
    });
}
