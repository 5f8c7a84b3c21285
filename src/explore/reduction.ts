import type { Footprint } from './program.ts';
import { blockOf, PC } from './state.ts';
import type { Move, System } from './system.ts';

/**
 * A move that may be taken alone: an ample set of one. Nothing that another thread may ever do from here on touches
 * what it touches, so it could as well have come first, and it is not seen by a property: it ends no thread. With
 * sets of one, or all, what is asked of the whole graph (from everywhere a way leads to the end) is kept too
 * (Gerth, Kuiper, Peled and Penczek, A partial order approach to branching time logic model checking, 1995).
 * Null: there is none, and all moves must be tried.
 */
export function ample(system: System, state: Int32Array, moves: readonly Move[]): Move | null {
  return (
    moves.find(({ thread, line }) => line !== null && !line.ends && !concerns(system, state, thread, line)) ??
    null
  );
}

function concerns(system: System, state: Int32Array, thread: number, line: Footprint): boolean {
  // Its store waits in a buffer: when that reaches memory is a move of its own.
  if (system.hasBuffered(state, thread)) return true;
  if (system.model === 'tso' && line.writes !== 0) return true;
  for (let other = 0; other < system.threads.length; other += 1) {
    if (other === thread) continue;
    const later = system.threads[other].program.later[state[blockOf(other) + PC]];
    if (line.writes & (later.reads | later.writes | later.adds)) return true;
    if (line.reads & (later.writes | later.adds)) return true;
    if (line.adds & (later.reads | later.writes)) return true;
  }
  return false;
}
