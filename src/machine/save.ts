import { MAX_MEMCGS } from '../mm/frames.ts';
import { FIRST_CHUNKS, SLOTS_PER_CHUNK } from '../mm/page-table.ts';
import type { MachineState } from './state.ts';

/**
 * Saving and loading. A saved machine is the state without what was never used:
 * page frames beyond the highest that ever held a page, list heads of cgroups
 * that never were, unused chunks of the page tables.
 */
export interface SavedMachine {
  readonly format: 3;
  readonly state: MachineState;
}

export function saveState(state: MachineState): SavedMachine {
  const { mm } = state;
  const { frames, tables, observer } = mm;
  const full = { frames: { ...frames }, tables: { ...tables } };
  const lists = mm.memcgs.length * mm.nodes * 2;
  try {
    // Cut, copy, put back: the copy must see the very objects that refer to each other.
    mm.observer = null;
    frames.next = cutFrames(frames.next, frames.fresh, frames.heads, lists);
    frames.prev = cutFrames(frames.prev, frames.fresh, frames.heads, lists);
    frames.slot = frames.slot.slice(0, frames.fresh);
    frames.flags = frames.flags.slice(0, frames.fresh);
    frames.memcg = frames.memcg.slice(0, frames.fresh);
    frames.listLength = frames.listLength.slice(0, lists);
    tables.slots = tables.slots.slice(0, tables.chunks * SLOTS_PER_CHUNK);
    tables.young = tables.young.slice(0, tables.chunks * SLOTS_PER_CHUNK);
    tables.chunkMapping = tables.chunkMapping.slice(0, tables.chunks);
    tables.chunkDirty = tables.chunkDirty.slice(0, tables.chunks);
    return { format: 3, state: structuredClone(state) };
  } finally {
    mm.observer = observer;
    Object.assign(frames, full.frames);
    Object.assign(tables, full.tables);
  }
}

export function loadState(saved: SavedMachine): MachineState {
  const state = structuredClone(saved.state);
  const { mm } = state;
  const { frames, tables } = mm;
  const used = frames.fresh;
  const maxLists = MAX_MEMCGS * mm.nodes * 2;
  frames.next = growFrames(frames.next, used, frames.heads, maxLists);
  frames.prev = growFrames(frames.prev, used, frames.heads, maxLists);
  frames.slot = grown(frames.slot, new Int32Array(frames.heads));
  frames.flags = grown(frames.flags, new Uint16Array(frames.heads));
  frames.memcg = grown(frames.memcg, new Uint16Array(frames.heads));
  frames.listLength = grown(frames.listLength, new Int32Array(maxLists));
  const chunks = Math.max(FIRST_CHUNKS, tables.chunks);
  tables.slots = grown(tables.slots, new Int32Array(chunks * SLOTS_PER_CHUNK));
  tables.young = grown(tables.young, new Uint8Array(chunks * SLOTS_PER_CHUNK));
  tables.chunkMapping = grown(tables.chunkMapping, new Int32Array(chunks).fill(-1));
  tables.chunkDirty = grown(tables.chunkDirty, new Int32Array(chunks));
  return state;
}

/** The used frames, then the used list heads. */
function cutFrames(links: Int32Array, fresh: number, heads: number, lists: number): Int32Array {
  const cut = new Int32Array(fresh + lists);
  cut.set(links.subarray(0, fresh));
  cut.set(links.subarray(heads, heads + lists), fresh);
  return cut;
}

function growFrames(cut: Int32Array, fresh: number, heads: number, maxLists: number): Int32Array {
  const links = new Int32Array(heads + maxLists);
  links.set(cut.subarray(0, fresh));
  links.set(cut.subarray(fresh), heads);
  return links;
}

function grown<A extends Int32Array | Uint16Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
