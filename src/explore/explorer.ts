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
  const add = (from: Int32Array): boolean => {
    if (reductions.symmetry) system.canonicalise(from);
    layout.pack(from, key);
    const size = table.size;
    return table.add(key) === size;
  };
  const follow = (move: Move): boolean => {
    after.set(state);
    system.take(after, move);
    transitions += 1;
    return add(after);
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
    const alone = reductions.partialOrder && moves.length > 1 ? ample(system, state, moves) : null;
    if (alone !== null) {
      const fresh = follow(alone);
      // Were its successor an old one, the others might be put off for ever.
      if ((fresh || !system.threads[alone.thread].program.repeats) && after[V.broken] === 0) continue;
    }
    for (const move of moves) if (move !== alone) follow(move);
  }
  const endless = trapped(system, table, reductions.symmetry);
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

/**
 * The first state from which no way leads to one where all but daemons have ended; -1: there is none.
 * So it is what never ends under any fair schedule; a thread that merely may be put off for ever is not found.
 */
function trapped(system: System, table: StateTable, symmetry: boolean): number {
  const { layout } = system;
  const leads = new Uint8Array(table.size);
  const state = new Int32Array(system.initial.length);
  const after = new Int32Array(system.initial.length);
  const key = new Int32Array(layout.words);
  const moves: Move[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (let number = table.size - 1; number >= 0; number -= 1) {
      if (leads[number] === 1) continue;
      table.read(number, key);
      layout.unpack(key, state);
      const ends = system.isDone(state) || state[V.broken] !== 0;
      if (!ends && !system.moves(state, moves).some((move) => leads[successor(move)] === 1)) continue;
      leads[number] = 1;
      changed = true;
    }
  }
  return leads.indexOf(0);

  function successor(move: Move): number {
    after.set(state);
    system.take(after, move);
    if (symmetry) system.canonicalise(after);
    layout.pack(after, key);
    return table.numberOf(key);
  }
}
