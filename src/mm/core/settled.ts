import { frameSlot, settled } from './memory.ts';

/**
 * Of the pages on active lists those that a touch leaves as they are, by slot, a bit each: most touches are of such
 * pages, and of ten million slots the bits are in a core's own cache where neither the slots are nor the pages. A page
 * that has a bit is referenced, and is so until it leaves its list: a bit says so, none says nothing.
 */

export function isSettled(slot: i32): bool {
  return ((settled[slot >> 5] >>> (slot & 31)) & 1) !== 0;
}

export function settle(slot: i32): void {
  settled[slot >> 5] |= 1 << (slot & 31);
}

/** A page that leaves an active list. */
export function unsettle(page: i32): void {
  const slot = frameSlot[page];
  settled[slot >> 5] &= ~(1 << (slot & 31));
}
