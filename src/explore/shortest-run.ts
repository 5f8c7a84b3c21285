import type { Exploration, Reductions } from './explorer.ts';
import { inWords, SHARED_NAMES } from './state.ts';
import type { Move, System } from './system.ts';

/** A step of a run, in words. */
export interface RunStep {
  /** The number of its thread. */
  readonly thread: number;
  readonly text: string;
  /** The patch's line, or the kernel's function. */
  readonly source: string;
  /** What is another value now, as `usage = 3`. */
  readonly changes: readonly string[];
}

export interface Run {
  /** Up to the state that is broken, or to where a round begins. */
  readonly steps: readonly RunStep[];
  /** What then goes round for ever; empty where the run ends in a state that is broken. */
  readonly forEver: readonly RunStep[];
}

/** A shortest way to a state that was found. Threads are the same ones all along, also where equal ones were taken for one. */
export function runTo(system: System, found: Exploration, target: number, { symmetry }: Reductions): Run {
  const walk = new Walk(system, symmetry);
  for (const number of wayTo(system, found, target, symmetry)) walk.goTo(found, number);
  const forEver = system.moves(walk.state).length === 0 ? [] : walk.round();
  return { steps: walk.steps.slice(0, walk.steps.length - forEver.length), forEver };
}

/** The numbers of the states on the way, without the first. */
function wayTo(system: System, { table, layers }: Exploration, target: number, symmetry: boolean): number[] {
  const way: number[] = [];
  const key = new Int32Array(system.layout.words);
  const state = new Int32Array(system.initial.length);
  let depth = layers.findIndex((first) => first > target) - 1;
  for (let number = target; depth > 0; depth -= 1) {
    way.unshift(number);
    number = previous(number, depth);
  }
  return way;

  function previous(number: number, depth: number): number {
    for (let from = layers[depth - 1]; from < layers[depth]; from += 1) {
      table.read(from, key);
      system.layout.unpack(key, state);
      for (const move of system.moves(state)) if (successor(move) === number) return from;
    }
    throw new Error(`state ${number} has no way to it`);
  }

  function successor(move: Move): number {
    const after = state.slice();
    system.take(after, move);
    if (symmetry) system.canonicalise(after);
    system.layout.pack(after, key);
    return table.numberOf(key);
  }
}

/** A run that is walked on a state as it is, with every thread in its own place. */
class Walk {
  state: Int32Array;
  readonly steps: RunStep[] = [];
  readonly #system: System;
  readonly #symmetry: boolean;

  constructor(system: System, symmetry: boolean) {
    this.#system = system;
    this.#symmetry = symmetry;
    this.state = system.initial.slice();
  }

  goTo({ table }: Exploration, number: number): void {
    const key = new Int32Array(this.#system.layout.words);
    const next = this.#system.moves(this.state).find((move) => {
      const after = this.#after(move);
      if (this.#symmetry) this.#system.canonicalise(after);
      this.#system.layout.pack(after, key);
      return table.numberOf(key) === number;
    });
    if (next === undefined) throw new Error(`no move leads to state ${number}`);
    this.#take(next);
  }

  /** Threads in turn, until a state comes again: the steps of the round, which are the last of all. */
  round(): RunStep[] {
    const seen = new Map<string, number>();
    for (let turn = 0; ; turn += 1) {
      const moves = this.#system.moves(this.state);
      const from = (turn + (this.steps.at(-1)?.thread ?? -1) + 1) % this.#system.threads.length;
      const mark = `${from} ${this.state.join()}`;
      const before = seen.get(mark);
      if (before !== undefined) return this.steps.slice(before);
      seen.set(mark, this.steps.length);
      const move = moves.find(({ thread }) => thread >= from) ?? moves[0];
      if (move === undefined) return [];
      this.#take(move);
    }
  }

  #after(move: Move): Int32Array {
    const after = this.state.slice();
    this.#system.take(after, move);
    return after;
  }

  #take(move: Move): void {
    const { thread, line } = move;
    const after = this.#after(move);
    const changes = SHARED_NAMES.flatMap((_, at) =>
      after[at] === this.state[at] ? [] : [inWords(at, after[at])],
    );
    this.steps.push({
      thread,
      text: line?.line.text ?? 'its store buffer: the oldest store reaches memory',
      source: line?.line.source ?? 'x86',
      changes: changes.filter((change) => change !== ''),
    });
    this.state = after;
  }
}
