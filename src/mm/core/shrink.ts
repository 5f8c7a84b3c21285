import { ACTIVE_LIST, CHUNK_SHIFT, SWAP_CLUSTER_MAX } from '../layout.ts';
import {
  NOT_PLAIN,
  PC_ACTIVE,
  PG_ACTIVE,
  PG_ANON,
  PG_MAPPED,
  PG_REFERENCED,
  PG_YOUNG,
} from '../page-flags.ts';
import { giveFrame } from './frames.ts';
import { add, takeOldest } from './lists.ts';
import { chunkEvicted, cluster, flags, frameSlot, slots, young } from './memory.ts';

/** What mm/vmscan.c does with a cluster of pages, as far as it concerns nothing but the pages. */

/**
 * mem_cgroup_isolate_pages() on an inactive list: up to 32 pages from the old end into `cluster`.
 * A page that was activated meanwhile is only put where it belongs, and not counted.
 */
export function isolateInactive(list: i32): i32 {
  let taken = 0;
  let stop = takeOldest(list, SWAP_CLUSTER_MAX, 0);
  while (taken < stop) {
    for (let i = taken; i < stop; i += 1) {
      const page = cluster[i];
      const bits = flags[page];
      if ((bits & PG_ACTIVE) === 0) {
        cluster[taken] = page;
        taken += 1;
      } else {
        flags[page] = bits | PC_ACTIVE;
        add(list | ACTIVE_LIST, page);
      }
    }
    stop = taken + takeOldest(list, SWAP_CLUSTER_MAX - taken, taken);
  }
  return taken;
}

/** The same on an active list, for up to `count` pages; those that are active no longer are put where they belong. */
function isolateActive(list: i32, count: i32): i32 {
  let taken = 0;
  while (taken < count) {
    const stop = taken + takeOldest(list, count - taken, taken);
    if (stop === taken) break;
    for (let i = taken; i < stop; i += 1) {
      const page = cluster[i];
      const bits = flags[page];
      if ((bits & PG_ACTIVE) !== 0) {
        cluster[taken] = page;
        taken += 1;
      } else {
        flags[page] = bits & ~PC_ACTIVE;
        add(list & ~ACTIVE_LIST, page);
      }
    }
  }
  return taken;
}

/**
 * Frees the `taken` pages of the cluster, if all are clean page cache that nobody maps; their slots
 * hold `shadow` from now on, left at the virtual time `now`. Such pages go at once, referenced or not: page_mapping_inuse() is what
 * keeps a page. False, and nothing is done: there is another among them.
 */
export function freePlain(taken: i32, shadow: i32, now: f64): bool {
  let seen = 0;
  for (let i = 0; i < taken; i += 1) seen |= flags[cluster[i]];
  if ((seen & NOT_PLAIN) !== 0) return false;
  for (let i = 0; i < taken; i += 1) {
    const page = cluster[i];
    const slot = frameSlot[page];
    slots[slot] = shadow;
    chunkEvicted[slot >> CHUNK_SHIFT] = now;
    giveFrame(page);
  }
  return true;
}

/**
 * shrink_active_list(): looks at up to `count` pages from the old end of an active list and
 * deactivates those that no task has mapped; mapped ones only when `reclaimMapped`, not touched
 * since the last look, and, being anonymous, there is swap. The others go back to the young end.
 * Answers how many it looked at.
 */
export function shrinkActive(list: i32, count: i32, reclaimMapped: bool, swap: bool): i32 {
  const taken = isolateActive(list, count);
  for (let i = 0; i < taken; i += 1) {
    const page = cluster[i];
    const bits = flags[page];
    if ((bits & (PG_MAPPED | PG_ANON)) !== 0) {
      const held = !reclaimMapped || (!swap && (bits & PG_ANON) !== 0);
      if (held || testAndClearReferenced(page)) {
        add(list, page);
        continue;
      }
    }
    flags[page] &= ~(PG_ACTIVE | PC_ACTIVE);
    add(list & ~ACTIVE_LIST, page);
  }
  return taken;
}

/** page_referenced(): its own flag or the accessed bit of an entry that maps it, or did; all are cleared. */
export function testAndClearReferenced(page: i32): bool {
  const slot = frameSlot[page];
  const referenced = (flags[page] & (PG_REFERENCED | PG_YOUNG)) !== 0 || young[slot] !== 0;
  flags[page] &= ~(PG_REFERENCED | PG_YOUNG);
  young[slot] = 0;
  return referenced;
}
