import { FRESH, NR_FREED } from '../layout.ts';
import { add } from './lists.ts';
import { flags, frameSlot, freed, heads, memcg, slots } from './memory.ts';

/** Page frames, and the pages in them. */

/** The frame that was freed last; there must be one, and the caller counts it off. */
export function takeFrame(): i32 {
  const left = heads[NR_FREED] - 1;
  if (left >= 0) {
    heads[NR_FREED] = left;
    return freed[left];
  }
  heads[FRESH] += 1;
  return heads[FRESH] - 1;
}

/** The frame must be on no list and in no page table; the caller counts it. */
export function giveFrame(page: i32): void {
  freed[heads[NR_FREED]] = page;
  heads[NR_FREED] += 1;
}

/** A page in a slot that holds none, on its list. */
export function enter(slot: i32, list: i32, owner: i32, bits: i32): void {
  const page = takeFrame();
  slots[slot] = page;
  frameSlot[page] = slot;
  flags[page] = bits;
  memcg[page] = owner;
  add(list, page);
}
