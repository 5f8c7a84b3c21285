import { grown, type Numbers } from '../kernel/arrays.ts';
import { FIRST_CAPACITY } from '../kernel/timer.ts';
import { MAX_MEMCGS } from '../mm/frames.ts';
import { BLOCK_PLACES, blocksFor } from '../mm/lru-lists.ts';
import { LEAST_CHUNKS, SLOTS_PER_CHUNK } from '../mm/page-table.ts';
import type { Mm } from '../mm/types.ts';
import type { MachineState } from './state.ts';

/**
 * Saving and loading. A saved machine is the state without what was never used:
 * page frames beyond the highest that ever held a page, lists of cgroups that
 * never were, unused blocks of the lists and chunks of the page tables.
 */
export interface SavedMachine {
  readonly format: 4;
  readonly state: MachineState;
}

/** A copy, independent of the machine. */
export const saveState = (state: MachineState): SavedMachine =>
  withSaved(state, (saved) => ({ ...saved, state: copyOf(saved.state, ({ array }) => array.slice()) }));

/** Hands the state to `use` without a copy of it: it is not to be kept, nor to be changed. */
export function withSaved<T>(state: MachineState, use: (saved: SavedMachine) => T): T {
  const { mm } = state;
  const { observer } = mm;
  try {
    mm.observer = null;
    return withArrays(
      bigArrays(mm),
      ({ array, used }) => array.subarray(0, used),
      () => use({ format: 4, state }),
    );
  } finally {
    mm.observer = observer;
  }
}

/** `saved` stays as it is, and may be loaded again. */
export const loadState = (saved: SavedMachine): MachineState => copyOf(saved.state, wholeAgain);

/** An array that grows with what the machine has: only what is used of it is saved. */
interface BigArray {
  readonly array: Numbers;
  /** How much of it is in use; how long it is in a machine that runs, and what stands in the rest. */
  readonly used: number;
  readonly whole: number;
  readonly blank: number;
  readonly put: (array: Numbers) => void;
}

function bigArrays({ frames, lru, tables, sched, memcgs, nodes, nrPages }: Mm): BigArray[] {
  const { slot, flags, memcg, freed, fresh, nrFreed } = frames;
  const { place, pfn, used, older, younger, oldest, end, length } = lru;
  const { slots, young, chunkMapping, chunkDirty, chunks } = tables;
  const { key, target, length: timers } = sched.timers;
  const blocks = Math.max(lru.blocks, blocksFor(nrPages));
  const roomy = Math.max(chunks, LEAST_CHUNKS);
  const capacity = Math.max(timers, FIRST_CAPACITY);
  return [
    ...of(frames, { slot, flags, memcg }, fresh, nrPages + 1),
    ...of(frames, { freed }, nrFreed, nrPages),
    ...of(lru, { place }, fresh, nrPages + 1),
    ...of(lru, { pfn }, lru.blocks * BLOCK_PLACES, blocks * BLOCK_PLACES),
    ...of(lru, { used, older, younger }, lru.blocks, blocks),
    ...of(lru, { oldest, end, length }, memcgs.length * nodes * 2, MAX_MEMCGS * nodes * 2),
    ...of(tables, { slots, young }, chunks * SLOTS_PER_CHUNK, roomy * SLOTS_PER_CHUNK),
    ...of(tables, { chunkMapping }, chunks, roomy, -1),
    ...of(tables, { chunkDirty }, chunks, roomy),
    ...of(sched.timers, { key }, 2 * timers, 2 * capacity),
    ...of(sched.timers, { target }, timers, capacity),
  ];
}

const of = (
  holder: object,
  arrays: Readonly<Record<string, Numbers>>,
  used: number,
  whole: number,
  blank = 0,
): BigArray[] =>
  Object.entries(arrays).map(([name, array]) => ({
    array,
    used,
    whole,
    blank,
    put: (other) => Object.assign(holder, { [name]: other }),
  }));

/** A copy with arrays of its own, which structuredClone would copy twice. */
function copyOf(state: MachineState, make: (from: BigArray) => Numbers): MachineState {
  const from = bigArrays(state.mm);
  const copy = withArrays(
    from,
    ({ array }) => array.slice(0, 0),
    () => structuredClone(state),
  );
  for (const [i, { put }] of bigArrays(copy.mm).entries()) put(make(from[i]));
  return copy;
}

/** While `use` runs, other arrays stand in the state: in its own objects, which refer to each other. */
function withArrays<T>(arrays: readonly BigArray[], other: (array: BigArray) => Numbers, use: () => T): T {
  try {
    for (const each of arrays) each.put(other(each));
    return use();
  } finally {
    for (const { array, put } of arrays) put(array);
  }
}

function wholeAgain({ array, whole, blank }: BigArray): Numbers {
  const all = grown(array, emptyLike(array, whole));
  if (blank !== 0) all.fill(blank, array.length);
  return all;
}

function emptyLike(array: Numbers, length: number): Numbers {
  if (array instanceof Float64Array) return new Float64Array(length);
  if (array instanceof Int32Array) return new Int32Array(length);
  return array instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}
