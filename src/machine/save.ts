import { MAX_MEMCGS } from '../mm/frames.ts';
import { FIRST_CHUNKS, SLOTS_PER_CHUNK } from '../mm/page-table.ts';
import type { Frames, PageTables } from '../mm/types.ts';
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

/** A copy, independent of the machine. */
export const saveState = (state: MachineState): SavedMachine =>
  withSaved(state, (saved) => {
    const copy = cloneRest(saved.state);
    const { frames, tables } = saved.state.mm;
    // The links were cut for this alone.
    Object.assign(copy.mm.frames, {
      next: frames.next,
      prev: frames.prev,
      slot: frames.slot.slice(),
      flags: frames.flags.slice(),
      memcg: frames.memcg.slice(),
      listLength: frames.listLength.slice(),
    });
    Object.assign(copy.mm.tables, {
      slots: tables.slots.slice(),
      young: tables.young.slice(),
      chunkMapping: tables.chunkMapping.slice(),
      chunkDirty: tables.chunkDirty.slice(),
    });
    return { ...saved, state: copy };
  });

/** Hands the state to `use` without a copy of it: it is not to be kept, nor to be changed. */
export function withSaved<T>(state: MachineState, use: (saved: SavedMachine) => T): T {
  const { mm } = state;
  const { frames, tables, observer } = mm;
  const { fresh, heads } = frames;
  const lists = mm.memcgs.length * mm.nodes * 2;
  const slots = tables.chunks * SLOTS_PER_CHUNK;
  const used: Arrays = {
    frames: {
      next: cutFrames(frames.next, fresh, heads, lists),
      prev: cutFrames(frames.prev, fresh, heads, lists),
      slot: frames.slot.subarray(0, fresh),
      flags: frames.flags.subarray(0, fresh),
      memcg: frames.memcg.subarray(0, fresh),
      listLength: frames.listLength.subarray(0, lists),
    },
    tables: {
      slots: tables.slots.subarray(0, slots),
      young: tables.young.subarray(0, slots),
      chunkMapping: tables.chunkMapping.subarray(0, tables.chunks),
      chunkDirty: tables.chunkDirty.subarray(0, tables.chunks),
    },
  };
  try {
    mm.observer = null;
    return withArrays(state, used, () => use({ format: 3, state }));
  } finally {
    mm.observer = observer;
  }
}

/** `saved` stays as it is, and may be loaded again. */
export function loadState(saved: SavedMachine): MachineState {
  const state = cloneRest(saved.state);
  const { nodes } = state.mm;
  const { frames, tables } = saved.state.mm;
  const { fresh, heads } = frames;
  const maxLists = MAX_MEMCGS * nodes * 2;
  const chunks = Math.max(FIRST_CHUNKS, tables.chunks);
  Object.assign(state.mm.frames, {
    next: growFrames(frames.next, fresh, heads, maxLists),
    prev: growFrames(frames.prev, fresh, heads, maxLists),
    slot: grown(frames.slot, new Int32Array(heads)),
    flags: grown(frames.flags, new Uint16Array(heads)),
    memcg: grown(frames.memcg, new Uint16Array(heads)),
    listLength: grown(frames.listLength, new Int32Array(maxLists)),
  });
  Object.assign(state.mm.tables, {
    slots: grown(tables.slots, new Int32Array(chunks * SLOTS_PER_CHUNK)),
    young: grown(tables.young, new Uint8Array(chunks * SLOTS_PER_CHUNK)),
    chunkMapping: grown(tables.chunkMapping, new Int32Array(chunks).fill(-1)),
    chunkDirty: grown(tables.chunkDirty, new Int32Array(chunks)),
  });
  return state;
}

/** Those that grow with the machine's memory, by their names. */
interface Arrays {
  readonly frames: Pick<Frames, 'next' | 'prev' | 'slot' | 'flags' | 'memcg' | 'listLength'>;
  readonly tables: Pick<PageTables, 'slots' | 'young' | 'chunkMapping' | 'chunkDirty'>;
}

const i32 = new Int32Array();
const u16 = new Uint16Array();
const NONE: Arrays = {
  frames: { next: i32, prev: i32, slot: i32, flags: u16, memcg: u16, listLength: i32 },
  tables: { slots: i32, young: new Uint8Array(), chunkMapping: i32, chunkDirty: i32 },
};

/** A copy of all but the arrays, which structuredClone would copy twice. */
const cloneRest = (state: MachineState): MachineState =>
  withArrays(state, NONE, () => structuredClone(state));

/** While `use` runs, other arrays stand in the state: in its own objects, which refer to each other. */
function withArrays<T>({ mm }: MachineState, { frames, tables }: Arrays, use: () => T): T {
  const kept = { frames: { ...mm.frames }, tables: { ...mm.tables } };
  try {
    Object.assign(mm.frames, frames);
    Object.assign(mm.tables, tables);
    return use();
  } finally {
    Object.assign(mm.frames, kept.frames);
    Object.assign(mm.tables, kept.tables);
  }
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
