import { CHUNK_SHIFT, SLOTS_PER_CHUNK } from '../layout.ts';
import { PG_LOCKED, PG_READAHEAD } from '../page-flags.ts';
import { markPageAccessed } from './access.ts';
import { enter } from './frames.ts';
import { flags, slots } from './memory.ts';

/** Pages of a file that are neighbours, in neighbouring slots. */

/** How many there are without a page, of `most` from `first` on, before one that has one. */
export function countAbsent(first: i32, most: i32): i32 {
  let count = 0;
  while (count < most && slots[first + count] <= 0) count += 1;
  return count;
}

/** What a chunk holds: 2 a page, 1 none but what became of one (a shadow or swap entry), 0 nothing. */
export function heldBy(chunk: i32): i32 {
  const first = chunk << CHUNK_SHIFT;
  let any = 0;
  for (let slot = first; slot < first + SLOTS_PER_CHUNK; slot += 1) {
    const content = slots[slot];
    if (content > 0) return 2;
    any |= content;
  }
  return i32(any !== 0);
}

/** New pages in slots that hold none, see enter(). Answers how many of the slots held `shadow`. */
export function enterRun(first: i32, count: i32, list: i32, owner: i32, bits: i32, shadow: i32): i32 {
  let refaults = 0;
  for (let slot = first; slot < first + count; slot += 1) {
    if (slots[slot] === shadow) refaults += 1;
    enter(slot, list, owner, bits);
  }
  return refaults;
}

/** Pages that have been read in: those of them that are still there. */
export function unlockRun(first: i32, count: i32): void {
  for (let slot = first; slot < first + count; slot += 1) {
    if (slots[slot] > 0) flags[slots[slot]] &= ~PG_LOCKED;
  }
}

/** Not to be read without another look: still being read in, or the marker of a window of read-ahead. */
const BUSY = PG_LOCKED | PG_READAHEAD;

/**
 * Touches pages for a task that reads them, `most` at the most, up to one that is not there or busy; the first
 * only if `marksFirst`. Answers how many were there.
 */
export function touchRun(first: i32, most: i32, marksFirst: bool): i32 {
  let count = 0;
  for (; count < most; count += 1) {
    const page = slots[first + count];
    if (page <= 0 || (flags[page] & BUSY) !== 0) break;
    if (count > 0 || marksFirst) markPageAccessed(page);
  }
  return count;
}
