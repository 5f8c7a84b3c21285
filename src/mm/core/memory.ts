import { F64s, I32s, U8s, U16s } from './arrays.ts';

/** The arrays of ../types.ts, under the names that they have there. */

/** By the names of ../lone-words.ts: loneTimes, loneCounts. */
export let times = changetype<F64s>(0);
export let counts = changetype<I32s>(0);
/** By the names of ../layout.ts. */
export let heads = changetype<I32s>(0);
/** Pfns that are being looked at; nothing stands there between two calls. */
export let cluster = changetype<I32s>(0);
/** Slots of pages that a task is about to read. */
export let window = changetype<I32s>(0);
/** What was loaded ahead for each of them. */
export let ahead = changetype<I32s>(0);
/** Pages that are not on a list yet: see folio.ts. */
export let batch = changetype<I32s>(0);

// By pfn.
export let frameSlot = changetype<I32s>(0);
export let flags = changetype<U16s>(0);
export let memcg = changetype<U16s>(0);
export let freed = changetype<I32s>(0);
export let place = changetype<I32s>(0);

// By list, see LIST_SHIFT.
export let lists = changetype<I32s>(0);

// By place: the page there, or what its block says; see BLOCK_SHIFT.
export let places = changetype<I32s>(0);
export let nrBlocks = 0;

// By slot.
export let slots = changetype<I32s>(0);
export let young = changetype<U8s>(0);
/** A bit each, 32 in one: see settle(), access.ts. */
export let settled = changetype<I32s>(0);

// By chunk.
export let chunkEvicted = changetype<F64s>(0);

// By slot, and by leaf, see LEAF_SHIFT: of a kernel that has them.
export let ages = changetype<I32s>(0);
export let leafOwner = changetype<U16s>(0);
export let leafPages = changetype<U8s>(0);

/** Where they begin from now on, in the order of ../arena.ts; and how many blocks there are. */
export function setArrays(at: I32s, blocks: i32): void {
  times = changetype<F64s>(at[0]);
  counts = changetype<I32s>(at[1]);
  heads = changetype<I32s>(at[2]);
  cluster = changetype<I32s>(at[3]);
  window = changetype<I32s>(at[4]);
  ahead = changetype<I32s>(at[5]);
  batch = changetype<I32s>(at[6]);
  frameSlot = changetype<I32s>(at[7]);
  flags = changetype<U16s>(at[8]);
  memcg = changetype<U16s>(at[9]);
  freed = changetype<I32s>(at[10]);
  place = changetype<I32s>(at[11]);
  lists = changetype<I32s>(at[12]);
  places = changetype<I32s>(at[13]);
  slots = changetype<I32s>(at[14]);
  young = changetype<U8s>(at[15]);
  settled = changetype<I32s>(at[16]);
  chunkEvicted = changetype<F64s>(at[17]);
  ages = changetype<I32s>(at[18]);
  leafOwner = changetype<U16s>(at[19]);
  leafPages = changetype<U8s>(at[20]);
  nrBlocks = blocks;
}
