import { Graph } from './graph.ts';
import { PROPERTY_NAMES, type PropertyName } from './properties.ts';
import { ample } from './reduction.ts';
import { V } from './state.ts';
import { StateTable } from './state-table.ts';
import type { Move, System } from './system.ts';

export interface Reductions {
  /** States that differ in the order of equal tasks are one. */
  readonly symmetry: boolean;
  /** Where one thread's step concerns nobody else, only that is taken. */
  readonly partialOrder: boolean;
}

export interface Violation {
  readonly property: PropertyName;
  /** The number of the state in which it is broken. */
  readonly state: number;
  /** Steps from the beginning. */
  readonly steps: number;
}

export interface Exploration {
  readonly table: StateTable;
  readonly transitions: number;
  /** Steps of the longest shortest way. */
  readonly depth: number;
  /** The first number of each depth. */
  readonly layers: readonly number[];
  /** False: the bound on steps was met. */
  readonly complete: boolean;
  /** The nearest of each property. */
  readonly violations: readonly Violation[];
}

/** Every state that can be reached, breadth first, in at most `most` steps. */
export function explore(
  system: System,
  reductions: Reductions,
  most = Number.POSITIVE_INFINITY,
): Exploration {
  const { layout } = system;
  const table = new StateTable(layout.words);
  const state = new Int32Array(system.initial.length);
  const after = new Int32Array(system.initial.length);
  const key = new Int32Array(layout.words);
  const found = new Map<PropertyName, Violation>();
  const layers = [0];
  const moves: Move[] = [];
  let transitions = 0;
  /** States that lead to no later one. From all others ways go on to these, or to the end: so if these lead there, all do. */
  const turns: number[] = [];
  let latest = 0;
  const add = (from: Int32Array): number => {
    if (reductions.symmetry) system.canonicalise(from);
    layout.pack(from, key);
    return table.add(key);
  };
  const follow = (move: Move): boolean => {
    after.set(state);
    system.take(after, move);
    transitions += 1;
    const size = table.size;
    const number = add(after);
    if (number > latest) latest = number;
    return number === size;
  };
  after.set(system.initial);
  add(after);
  for (let number = 0; number < table.size; number += 1) {
    if (number === layers[layers.length - 1]) {
      if (layers.length > most)
        return {
          table,
          transitions,
          depth: layers.length - 1,
          layers,
          complete: false,
          violations: [...found.values()],
        };
      layers.push(table.size);
    }
    table.read(number, key);
    layout.unpack(key, state);
    system.moves(state, moves);
    const broken =
      state[V.broken] > 0 ? PROPERTY_NAMES[state[V.broken] - 1] : system.wrong(state, moves.length === 0);
    if (broken !== null && !found.has(broken))
      found.set(broken, { property: broken, state: number, steps: layers.length - 2 });
    latest = 0;
    const alone = reductions.partialOrder && moves.length > 1 ? ample(system, state, moves) : null;
    if (alone !== null) {
      const fresh = follow(alone);
      // Were its successor an old one, the others might be put off for ever.
      if ((fresh || !system.threads[alone.thread].program.repeats) && after[V.broken] === 0) moves.length = 0;
    }
    for (const move of moves) if (move !== alone) follow(move);
    if (latest <= number && broken === null && !system.isDone(state)) turns.push(number);
  }
  const graph = new Graph(system, table, reductions.symmetry);
  const endless = turns.every((turn) => graph.leadsToTheEnd(turn)) ? -1 : graph.trapped();
  if (endless >= 0 && !found.has(system.endless)) {
    const steps = layers.findIndex((first) => first > endless) - 1;
    found.set(system.endless, { property: system.endless, state: endless, steps });
  }
  return {
    table,
    transitions,
    depth: layers.length - 2,
    layers,
    complete: true,
    violations: [...found.values()],
  };
}
