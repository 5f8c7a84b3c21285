import { removeFromPageCache } from './page-cache.ts';
import { PG_DIRTY, PG_LOCKED, PG_MAPPED, PG_WRITEBACK } from './page-flags.ts';
import { freeChunks, SLOTS_PER_CHUNK } from './page-table.ts';
import type { Mapping, Mm } from './types.ts';

/** mm/truncate.c */

const KEPT = PG_DIRTY | PG_LOCKED | PG_MAPPED | PG_WRITEBACK;

/** drop_caches: what is clean and in nobody's hands leaves the page cache. */
export function invalidateMapping(mm: Mm, mapping: Mapping): void {
  forEachResident(mm, mapping, 0, (slot, pfn) => {
    if ((mm.frames.flags[pfn] & KEPT) === 0) removeFromPageCache(mm, slot, pfn);
  });
}

/** truncate(2) to a length in pages: what lies beyond is gone, dirty or not. */
export function truncateMapping(mm: Mm, mapping: Mapping, length: number): void {
  forEachResident(mm, mapping, length, (slot, pfn) => removeFromPageCache(mm, slot, pfn));
  freeChunks(mm, mapping, length);
  mapping.length = length;
}

function forEachResident(
  mm: Mm,
  mapping: Mapping,
  from: number,
  visit: (slot: number, pfn: number) => void,
): void {
  const { slots } = mm.tables;
  for (let at = Math.floor(from / SLOTS_PER_CHUNK); at < mapping.directory.length; at += 1) {
    const chunk = mapping.directory[at];
    if (chunk < 0) continue;
    const first = Math.max(0, from - at * SLOTS_PER_CHUNK);
    for (let offset = first; offset < SLOTS_PER_CHUNK; offset += 1) {
      const slot = chunk * SLOTS_PER_CHUNK + offset;
      if (slots[slot] > 0) visit(slot, slots[slot]);
    }
  }
}
