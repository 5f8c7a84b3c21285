import { numberOf, type PropertyName } from './properties.ts';
import { BLOCK, BUFFER, BUFFER_DEPTH, blockOf, IS_FIELD, PC, V } from './state.ts';

/** `sc`: sequential consistency. `tso`: x86's store buffers, first in, first out, of two entries. */
export type MemoryModel = 'sc' | 'tso';

const LAST = BUFFER + 2 * (BUFFER_DEPTH - 1);

/** One thread that takes one step on a state: how lines reach memory. */
export class Execution {
  state: Int32Array = new Int32Array(0);
  /** The thread, and where its block begins. */
  me = 0;
  block = 0;
  readonly #buffered: boolean;

  constructor(model: MemoryModel) {
    this.#buffered = model === 'tso';
  }

  enter(state: Int32Array, thread: number): void {
    this.state = state;
    this.me = thread;
    this.block = blockOf(thread);
  }

  load(at: number): number {
    this.#touch(at);
    if (this.#buffered) {
      for (let entry = LAST; entry >= BUFFER; entry -= 2)
        if (this.state[this.block + entry] === at + 1) return this.state[this.block + entry + 1];
    }
    return this.state[at];
  }

  /** A plain store: under tso it waits in the thread's buffer. */
  store(at: number, value: number): void {
    this.#touch(at);
    if (!this.#buffered) {
      this.state[at] = value;
      return;
    }
    const entry = this.block + (this.state[this.block + BUFFER] === 0 ? BUFFER : LAST);
    if (this.state[entry] !== 0)
      throw new Error('a store buffer of two entries is too small for this program');
    this.state[entry] = at + 1;
    this.state[entry + 1] = value;
  }

  /** What a locked instruction writes. */
  set(at: number, value: number): void {
    this.#touch(at);
    this.state[at] = value;
  }

  /** css_get(). */
  get(): void {
    this.set(V.refs, this.state[V.refs] + 1);
  }

  /** css_put(). */
  put(): void {
    if (this.state[V.refs] === 0) this.fail('double-put');
    else this.set(V.refs, this.state[V.refs] - 1);
  }

  register(register: number): number {
    return this.state[this.block + 1 + register];
  }

  setRegister(register: number, value: number): void {
    this.state[this.block + 1 + register] = value;
  }

  /** dput() of the directory. */
  dput(): void {
    const left = this.load(V.dentry) - 1;
    this.set(V.dentry, left);
    if (left === 0) this.set(V.freed, 1);
  }

  /** mutex_lock(): `when` has seen that it is free. */
  lock(mutex: number): void {
    this.set(mutex, this.me + 1);
  }

  unlock(mutex: number): void {
    if (this.state[mutex] !== this.me + 1) this.fail('mutex-misuse');
    else this.set(mutex, 0);
  }

  fail(property: PropertyName): void {
    if (this.state[V.broken] === 0) this.state[V.broken] = numberOf(property);
  }

  get hasBuffered(): boolean {
    return this.#buffered && this.state[this.block + BUFFER] !== 0;
  }

  /** The oldest store of a thread reaches memory. */
  drain(): void {
    const { state, block } = this;
    this.#touch(state[block + BUFFER] - 1);
    state[state[block + BUFFER] - 1] = state[block + BUFFER + 1];
    state.copyWithin(block + BUFFER, block + BUFFER + 2, block + BLOCK);
    state.fill(0, block + LAST, block + BLOCK);
  }

  goTo(place: number): void {
    this.state[this.block + PC] = place;
  }

  #touch(at: number): void {
    if (IS_FIELD[at] && this.state[V.freed] === 1) this.fail('use-after-free');
  }
}
