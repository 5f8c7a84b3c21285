import { ACTIVE_LIST, CHUNK_SHIFT, FOLIO_BATCH, LEAF_SHIFT } from '../layout.ts';
import * as at from '../lone-words.ts';
import {
  MARKER,
  NODE_SHIFT,
  NOT_PLAIN,
  PG_ACTIVE,
  PG_ANON,
  PG_LOCKED,
  PG_LRU,
  PG_MAPPED,
  PG_PRIVATE,
  PG_READAHEAD,
  PG_REFERENCED,
  PG_WORKINGSET,
  PG_YOUNG,
} from '../page-flags.ts';
import { giveFrame, takeFrame } from './frames.ts';
import { add, remove, takeOldest } from './lists.ts';
import {
  ages,
  ahead,
  batch,
  chunkEvicted,
  cluster,
  counts,
  flags,
  frameSlot,
  leafOwner,
  leafPages,
  memcg,
  slots,
  young,
} from './memory.ts';

/**
 * Pages by the rules of Linux 6.1, which calls them folios. `counts` says of which cgroup and node they are, and is
 * told what came of it; what concerns others, or more than pages, is left to who asks.
 */

/** Ages have 31 bits. */
const AGE = 0x7fff_ffff;

/** folio_mark_accessed(). False, and nothing is done: it is to be activated, and is of another cgroup or node. */
export function markFolioAccessed(page: i32): bool {
  const bits = flags[page];
  if ((bits & PG_REFERENCED) === 0) {
    flags[page] = bits | PG_REFERENCED;
  } else if ((bits & PG_ACTIVE) === 0) {
    if (!isOwn(page, bits)) return false;
    flags[page] = (bits | PG_ACTIVE) & ~PG_REFERENCED;
    // In a batch it is active when it comes to a list.
    if ((bits & PG_LRU) !== 0) {
      add(remove(page) | ACTIVE_LIST, page);
      counts[at.PGACTIVATE] += 1;
    }
    // workingset_activation()
    counts[at.AGE] = (counts[at.AGE] + 1) & AGE;
  }
  return true;
}

function isOwn(page: i32, bits: i32): bool {
  return memcg[page] === counts[at.OWNER] && (bits ^ counts[at.FLAGS]) >> NODE_SHIFT === 0;
}

/** Its node of the index is there, and what was in the slot is nobody else's, and no page that comes back to the working set. */
export function mayComeIn(slot: i32): bool {
  if (leafOwner[slot >> LEAF_SHIFT] === 0) return false;
  const content = slots[slot];
  if (content === 0) return true;
  return content === -1 - counts[at.OWNER] && ((ages[slot] & 1) === 0 || !isSoon(slot));
}

/** Its leaf of the index holds a page already; else that is on a list of such leaves, and has to be taken off first. */
export function mayFill(slot: i32): bool {
  const leaf = slot >> LEAF_SHIFT;
  return leafPages[leaf] !== 0 || leaf === counts[at.LEAF];
}

/** workingset_refault(): it was away for less than the active list was long when that was last looked at. */
function isSoon(slot: i32): bool {
  const distance = (counts[at.AGE] - (ages[slot] >>> 1)) & AGE;
  return distance <= counts[at.WORKINGSET];
}

/** filemap_add_folio(), of a page that may. */
export function comeIn(slot: i32, given: i32): void {
  let bits = given;
  if (slots[slot] !== 0) {
    counts[at.REFAULTS] += 1;
    if (isSoon(slot)) {
      bits |= PG_ACTIVE;
      counts[at.ACTIVATES] += 1;
      counts[at.AGE] = (counts[at.AGE] + 1) & AGE;
    }
  }
  const page = takeFrame();
  slots[slot] = page;
  frameSlot[page] = slot;
  flags[page] = bits;
  memcg[page] = counts[at.OWNER];
  leafPages[slot >> LEAF_SHIFT] += 1;
  const batched = counts[at.BATCHED];
  batch[batched] = page;
  counts[at.BATCHED] = batched + 1;
  if (batched + 1 === FOLIO_BATCH) drainBatch();
}

/** folio_add_lru(), of a batch that is full. */
function drainBatch(): void {
  const inactive = counts[at.LIST];
  for (let i = 0; i < FOLIO_BATCH; i += 1) {
    const page = batch[i];
    const bits = flags[page];
    add((bits & PG_ACTIVE) === 0 ? inactive : inactive | ACTIVE_LIST, page);
    flags[page] = bits | PG_LRU;
  }
  counts[at.BATCHED] = 0;
}

/** New pages in neighbouring slots, up to one that is not empty, or must not come in. Answers how many. */
export function enterFolios(first: i32, count: i32, bits: i32): i32 {
  let entered = 0;
  for (; entered < count; entered += 1) {
    const slot = first + entered;
    if (slots[slot] > 0 || !mayComeIn(slot)) break;
    comeIn(slot, bits);
  }
  return entered;
}

/**
 * Touches up to `most` pages in neighbouring slots for a task that reads them, the first only if `marksFirst`. Answers how
 * many were there; 0 if they end at a marker, which is to be seen to first; -1, and nothing is done: see markFolioAccessed().
 */
export function touchFolios(first: i32, most: i32, marksFirst: bool): i32 {
  let count = 0;
  for (; count < most; count += 1) {
    const page = slots[first + count];
    if (page <= 0) break;
    const bits = flags[page];
    if ((bits & MARKER) === PG_READAHEAD) return 0;
    if ((bits & PG_LOCKED) !== 0) break;
    if ((bits & (PG_REFERENCED | PG_ACTIVE)) === PG_REFERENCED && !isOwn(page, bits)) return -1;
  }
  for (let i = marksFirst ? 0 : 1; i < count; i += 1) markFolioAccessed(slots[first + i]);
  return count;
}

/**
 * Evicts the `taken` pages of the cluster, if all are clean page cache that nobody maps and without buffers: their slots hold
 * `shadow` and the lists' clock, which goes on from `age`. Answers how many leaves of the index are left without a page;
 * these stand in the cluster. -1, and nothing is done: there is another page among them.
 */
export function evictFolios(taken: i32, shadow: i32, age: i32, now: f64): i32 {
  let seen = 0;
  for (let i = 0; i < taken; i += 1) seen |= flags[cluster[i]];
  if ((seen & (NOT_PLAIN | PG_PRIVATE)) !== 0) return -1;
  // All that is written to below, so that no store waits for its line behind another.
  for (let i = 0; i < taken; i += 1) {
    const slot = frameSlot[cluster[i]];
    seen |= slots[slot] | ages[slot];
  }
  ahead[0] = seen;
  let emptied = 0;
  for (let i = 0; i < taken; i += 1) {
    const page = cluster[i];
    const slot = frameSlot[page];
    const leaf = slot >> LEAF_SHIFT;
    slots[slot] = shadow;
    ages[slot] = ((age + i) << 1) | i32((flags[page] & PG_WORKINGSET) !== 0);
    chunkEvicted[slot >> CHUNK_SHIFT] = now;
    giveFrame(page);
    leafPages[leaf] -= 1;
    if (leafPages[leaf] !== 0) continue;
    cluster[emptied] = leaf;
    emptied += 1;
  }
  return emptied;
}

/** Puts the `taken` pages of the cluster back on the inactive list that they came from, if all are being read, as happens by the million. */
export function keepLocked(list: i32, taken: i32): bool {
  let locked = PG_LOCKED;
  for (let i = 0; i < taken; i += 1) locked &= flags[cluster[i]];
  if (locked === 0) return false;
  for (let i = 0; i < taken; i += 1) add(list, cluster[i]);
  return true;
}

/** shrink_active_list(): all of up to `count` pages from an active list's old end are deactivated. Answers how many. */
export function deactivateFolios(list: i32, count: i32): i32 {
  const taken = takeOldest(list, count, 0);
  for (let i = 0; i < taken; i += 1) {
    const page = cluster[i];
    const bits = flags[page];
    // folio_referenced() has taken the accessed bits with it.
    if ((bits & (PG_MAPPED | PG_ANON)) !== 0) young[frameSlot[page]] = 0;
    flags[page] = (bits & ~(PG_ACTIVE | PG_YOUNG)) | PG_WORKINGSET;
    add(list & ~ACTIVE_LIST, page);
  }
  return taken;
}
