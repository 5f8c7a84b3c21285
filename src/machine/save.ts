import type { Controller } from '../fs/types.ts';
import { grown, type Numbers } from '../kernel/arrays.ts';
import { FIRST_CAPACITY } from '../kernel/timer.ts';
import type { Observer } from '../kernel/trace.ts';
import { layOut, wipe } from '../mm/arena.ts';
import type { Kernel, Mm } from '../mm/kernel.ts';
import {
  BLOCK_SHIFT,
  BLOCKS,
  FRESH,
  HEADS,
  LEAVES_PER_CHUNK,
  LIST_SHIFT,
  NR_FREED,
  SLOTS_PER_CHUNK,
} from '../mm/layout.ts';
import { giveBack, newPageCore, type PageCore } from '../mm/page-core.ts';
import { LEAST_CHUNKS } from '../mm/page-table.ts';
import { KERNELS } from './kernels.ts';
import { type MachineState, watcherOf } from './state.ts';

/** Of saved machines. 5 had no kernel's name, and what is the kernel's own among the rest; 6 kept all shadow entries; 7 directories; 8 knew no faults; 9 had blocks and lists in an array for each field; 10 leaves of the index among what is 6.1's; 11 pressure of memory alone; 12 gave swap back at once. */
export const FORMAT = 13;

/**
 * Saving and loading. A saved machine is the state without what was never used:
 * page frames beyond the highest that ever held a page, lists of cgroups that
 * never were, unused blocks of the lists and chunks of the page tables.
 */
export interface SavedMachine {
  readonly format: typeof FORMAT;
  /** By mapping: how long its directory is, which the chunks fill again. That of 6 TiB has 16 MiB, and hardly a chunk. */
  readonly directories: readonly number[];
  readonly state: MachineState;
}

/** A copy, independent of the machine. */
export function saveState(state: MachineState): SavedMachine {
  return withSaved(state, (saved) => {
    const arrays = bigArrays(saved.state.mm, saved.directories);
    const copy = copyWithout(arrays, saved.state);
    for (const [i, { put }] of bigArrays(copy.mm, saved.directories).entries()) put(arrays[i].array.slice());
    return { ...saved, state: copy };
  });
}

/** Hands the state to `use` without a copy of it: it is not to be kept, nor to be changed. */
export function withSaved<T>(state: MachineState, use: (saved: SavedMachine) => T): T {
  const { mm, fs } = state;
  const { observer, core, kernel } = mm;
  const { controller } = fs;
  const directories = mm.mappings.map((mapping) => mapping?.directory.length ?? 0);
  try {
    bind(state, { observer: null, core: null, kernel: null, controller: null });
    return withArrays(
      bigArrays(mm, directories),
      ({ array, used }) => array.subarray(0, used),
      () => use({ format: FORMAT, directories, state }),
    );
  } finally {
    bind(state, { observer, core, kernel, controller });
  }
}

/** Its core is another's from now on. */
export function retireState(state: MachineState): void {
  const { core } = state.mm;
  wipe(state.mm);
  bind(state, { observer: null, core: null, kernel: null, controller: null });
  giveBack(core);
}

/** What is in a state that runs; in one that is kept there is nothing. */
interface Bindings {
  readonly observer: Observer | null;
  readonly core: PageCore | null;
  readonly kernel: Kernel | null;
  readonly controller: Controller | null;
}

function bind({ mm, fs }: MachineState, { observer, core, kernel, controller }: Bindings): void {
  Object.assign(mm, { observer, core, kernel });
  mm.sched.watcher = watcherOf(mm, kernel);
  Object.assign(fs, { controller });
}

/** `saved` stays as it is, and may be loaded again. Throws a RangeError for what another version saved. */
export function loadState({ format, directories, state }: SavedMachine): MachineState {
  if (format !== FORMAT)
    throw new RangeError(
      `a machine saved in format ${format} can not be loaded: this version reads format ${FORMAT}`,
    );
  const arrays = bigArrays(state.mm, directories);
  const copy = copyWithout(arrays, state);
  const { mm } = copy;
  const { bind: kernelOf, controller } = KERNELS[copy.kernel];
  bind(copy, { observer: null, core: newPageCore(), kernel: kernelOf(mm.own), controller });
  layOut(mm, Math.max(mm.tables.chunks, LEAST_CHUNKS));
  for (const [i, { array, put }] of bigArrays(mm, directories).entries()) {
    const from = arrays[i];
    if (from.whole === null) array.set(from.array);
    else put(wholeAgain(from.array, from.whole, from.blank));
  }
  fillDirectories(mm);
  return copy;
}

function fillDirectories({ mappings, tables: { chunkMapping, chunkPlace, chunks } }: Mm): void {
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const mapping = mappings[chunkMapping[chunk]];
    if (mapping) mapping.directory[chunkPlace[chunk]] = chunk;
  }
}

/** An array that grows with what the machine has: only what is used of it is saved. */
interface BigArray {
  readonly array: Numbers;
  /** How much of it is in use. */
  readonly used: number;
  /** How long it is in a machine that runs, and what stands in the rest; null: the page core's memory holds it. */
  readonly whole: number | null;
  readonly blank: number;
  readonly put: (array: Numbers) => void;
}

function bigArrays(mm: Mm, directories: readonly number[]): BigArray[] {
  const { frames, lru, tables, sched, memcgs, nodes, lists, workingset, heads } = mm;
  const { slot, flags, memcg, freed } = frames;
  const { place } = lru;
  const { slots, young, chunkMapping, chunkPlace, chunkDirty, chunkEvicted, chunks } = tables;
  const { ages, leafOwner, leafPages } = tables;
  const aged = workingset ? chunks : 0;
  const { key, target, length: timers } = sched.timers;
  const roomy = Math.max(chunks, LEAST_CHUNKS);
  const capacity = Math.max(timers, FIRST_CAPACITY);
  return [
    ...of(mm, { heads }, HEADS),
    ...of(frames, { slot, flags, memcg }, heads[FRESH]),
    ...of(frames, { freed }, heads[NR_FREED]),
    ...of(lru, { place }, heads[FRESH]),
    ...of(lru, { places: lru.places }, heads[BLOCKS] << BLOCK_SHIFT),
    ...of(lru, { lists: lru.lists }, (memcgs.length * nodes * lists) << LIST_SHIFT),
    ...of(tables, { slots, young }, chunks * SLOTS_PER_CHUNK),
    ...of(tables, { ages }, aged * SLOTS_PER_CHUNK),
    ...of(tables, { leafOwner, leafPages }, aged * LEAVES_PER_CHUNK),
    ...of(tables, { chunkMapping }, chunks, roomy, -1),
    ...of(tables, { chunkPlace, chunkDirty }, chunks, roomy),
    ...of(tables, { chunkEvicted }, chunks),
    ...of(sched.timers, { key }, 2 * timers, 2 * capacity),
    ...of(sched.timers, { target }, timers, capacity),
    ...mm.mappings.flatMap((mapping, id) =>
      mapping === null ? [] : of(mapping, { directory: mapping.directory }, 0, directories[id], -1),
    ),
  ];
}

const of = (
  holder: object,
  arrays: Readonly<Record<string, Numbers>>,
  used: number,
  whole: number | null = null,
  blank = 0,
): BigArray[] =>
  Object.entries(arrays).map(([name, array]) => ({
    array,
    used,
    whole,
    blank,
    put: (other) => Object.assign(holder, { [name]: other }),
  }));

/** A copy of all but these arrays, which structuredClone would copy twice. */
const copyWithout = (arrays: readonly BigArray[], state: MachineState): MachineState =>
  withArrays(
    arrays,
    ({ array }) => array.slice(0, 0),
    () => structuredClone(state),
  );

/** While `use` runs, other arrays stand in the state: in its own objects, which refer to each other. */
function withArrays<T>(arrays: readonly BigArray[], other: (array: BigArray) => Numbers, use: () => T): T {
  try {
    for (const each of arrays) each.put(other(each));
    return use();
  } finally {
    for (const { array, put } of arrays) put(array);
  }
}

function wholeAgain(array: Numbers, length: number, blank: number): Numbers {
  const all = grown(array, emptyLike(array, length));
  if (blank !== 0) all.fill(blank, array.length);
  return all;
}

function emptyLike(array: Numbers, length: number): Numbers {
  if (array instanceof Float64Array) return new Float64Array(length);
  if (array instanceof Int32Array) return new Int32Array(length);
  return array instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}
