import { Execution, type MemoryModel } from './execution.ts';
import type { Variant } from './model/variant.ts';
import type { CompiledLine } from './program.ts';
import type { PropertyName } from './properties.ts';
import type { Scenario, Thread } from './scenarios.ts';
import {
  ALIVE,
  BLOCK,
  blockOf,
  INTERRUPTIBLE,
  Layout,
  maskOf,
  PC,
  SHARED_NAMES,
  type SharedName,
  V,
} from './state.ts';

/** A step that a thread can take now: its line, or, under tso, its oldest store reaches memory (null). */
export interface Move {
  readonly thread: number;
  readonly line: CompiledLine | null;
}

/** A scenario with its variant and memory model: which moves there are, what they do, and what is wrong at the end. */
export class System {
  readonly threads: readonly Thread[];
  readonly initial: Int32Array;
  readonly layout: Layout;
  readonly model: MemoryModel;
  /** A move for each line of each thread, and one for its buffer. */
  readonly #steps: readonly (readonly (Move & { readonly line: CompiledLine })[])[];
  readonly #drains: readonly Move[];
  readonly #execution: Execution;
  /** Equal tasks, which come first. */
  readonly #equal: number;
  readonly #hasDaemon: boolean;
  readonly #swap = new Int32Array(BLOCK);

  constructor(scenario: Scenario, variant: Variant, model: MemoryModel, tasks: number) {
    this.model = model;
    this.threads = scenario.threads(variant, tasks);
    this.#equal = scenario.tasks === undefined ? 0 : tasks;
    this.#steps = this.threads.map(({ program }, thread) => program.lines.map((line) => ({ thread, line })));
    this.#drains = this.threads.map((_, thread) => ({ thread, line: null }));
    this.#execution = new Execution(model);
    this.initial = new Int32Array(SHARED_NAMES.length + this.threads.length * BLOCK);
    for (const [name, value] of Object.entries(scenario.initial(variant)))
      this.initial[V[name as SharedName]] = value;
    this.threads.forEach(({ registers = [] }, thread) => {
      this.initial.set(registers, blockOf(thread) + 1);
    });
    this.#hasDaemon = this.threads.some(({ daemon }) => daemon === true);
    const lines = this.threads.flatMap(({ program }) => program.lines);
    const changing = lines.reduce((mask, line) => mask | line.writes | line.adds, maskOf(['broken']));
    this.layout = new Layout(
      this.initial,
      changing,
      this.threads.map(({ program }) => ({ lines: program.lines.length, registers: program.registers })),
      model === 'tso',
    );
  }

  hasEnded(state: Int32Array, thread: number): boolean {
    return state[blockOf(thread) + PC] === this.#steps[thread].length;
  }

  hasBuffered(state: Int32Array, thread: number): boolean {
    this.#execution.enter(state, thread);
    return this.#execution.hasBuffered;
  }

  /** Takes a move, on `state` itself. */
  take(state: Int32Array, { thread, line }: Move): void {
    const execution = this.#execution;
    execution.enter(state, thread);
    if (line === null) execution.drain();
    else {
      const label = line.line.run(execution);
      execution.goTo(label === undefined ? line.number + 1 : (line.next.get(label) ?? unknown(line)));
    }
  }

  /** The moves that are possible in `state`; into `found`, which is emptied first. */
  moves(state: Int32Array, found: Move[] = []): Move[] {
    found.length = 0;
    if (state[V.broken] !== 0) return found;
    const execution = this.#execution;
    for (let thread = 0; thread < this.#steps.length; thread += 1) {
      execution.enter(state, thread);
      const buffered = execution.hasBuffered;
      const place = state[execution.block + PC];
      const steps = this.#steps[thread];
      if (place < steps.length) {
        const { line } = steps[place].line;
        if (!(line.locked && buffered) && line.when(execution)) found.push(steps[place]);
      }
      if (buffered) found.push(this.#drains[thread]);
    }
    return found;
  }

  /** Equal tasks in the order of their blocks: states that differ in nothing else are the same. */
  canonicalise(state: Int32Array): void {
    for (let at = 1; at < this.#equal; at += 1)
      for (let low = at; low > 0 && this.#greater(state, low - 1, low); low -= 1)
        this.#exchange(state, low - 1, low);
  }

  #greater(state: Int32Array, first: number, second: number): boolean {
    const [a, b] = [blockOf(first), blockOf(second)];
    for (let at = 0; at < BLOCK; at += 1)
      if (state[a + at] !== state[b + at]) return state[a + at] > state[b + at];
    return false;
  }

  #exchange(state: Int32Array, first: number, second: number): void {
    const [a, b] = [blockOf(first), blockOf(second)];
    this.#swap.set(state.subarray(a, a + BLOCK));
    state.copyWithin(a, b, b + BLOCK);
    state.set(this.#swap, b);
  }

  /** All but daemons have ended. */
  isDone(state: Int32Array): boolean {
    for (let thread = 0; thread < this.threads.length; thread += 1)
      if (this.threads[thread].daemon !== true && !this.hasEnded(state, thread)) return false;
    return true;
  }

  /** What is wrong with a state; null: nothing. `stuck`: it has no moves. */
  wrong(state: Int32Array, stuck: boolean): PropertyName | null {
    if (!stuck) return null;
    if (!this.isDone(state)) return 'never-returns';
    const alive = [0, 1].filter((slot) => state[V.life0 + slot] === ALIVE);
    if (state[V.removed] === 1) return alive.length > 0 ? 'outlives-its-cgroup' : null;
    const asleep = alive.some((slot) => state[V.state0 + slot] === INTERRUPTIBLE);
    if (asleep && state[V.usage] > state[V.high]) return 'lost-wake-up';
    if (alive.length === 0 && this.#hasDaemon) return 'without-its-daemon';
    if (state[V.refs] > state[V.usage] + alive.length) return 'leaked-reference';
    return null;
  }

  /** Of a state from which no way leads to where all have ended. */
  get endless(): PropertyName {
    return this.threads.some(({ name }) => name === 'freezer') ? 'never-frozen' : 'never-returns';
  }
}

function unknown({ line }: CompiledLine): never {
  throw new Error(`line ${line.label} went where it does not say`);
}
