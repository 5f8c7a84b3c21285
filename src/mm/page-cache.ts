import { clearPageDirty, endPageWriteback } from './dirty.ts';
import { freeFrame } from './frames.ts';
import type { Mm } from './kernel.ts';
import { SLOTS_PER_CHUNK } from './layout.ts';
import { PG_DIRTY, PG_LOCKED, PG_MAPPED, PG_WRITEBACK } from './page-flags.ts';
import { freeChunks, newMapping } from './page-table.ts';
import type { Mapping } from './types.ts';

/** The page cache: files by name, and taking pages out of it for good (mm/truncate.c). */

/** The mapping of a file; made, and as long as is asked, when it isn't there. */
export function fileMapping(mm: Mm, name: string, length: number): Mapping {
  const id = mm.files.get(name);
  const known = id === undefined ? null : mm.mappings[id];
  const mapping = known ?? newMapping(mm, name, false);
  if (known === null) mm.files.set(name, mapping.id);
  if (mapping.length < length) mapping.length = length;
  return mapping;
}

const KEPT = PG_DIRTY | PG_LOCKED | PG_MAPPED | PG_WRITEBACK;

/** drop_caches: what is clean and in nobody's hands leaves the page cache. */
export function invalidateMapping(mm: Mm, mapping: Mapping, first = 0, end = Number.POSITIVE_INFINITY): void {
  forEachEntry(mm, mapping, first, end, (slot, entry) => {
    if (entry < 0) mm.kernel.clearShadowEntry?.(mm, slot);
    else if ((mm.frames.flags[entry] & KEPT) === 0) removeFromPageCache(mm, slot, entry);
  });
}

/** truncate(2) to a length in pages: what lies beyond is gone, dirty or not. */
export function truncateMapping(mm: Mm, mapping: Mapping, length: number): void {
  forEachEntry(mm, mapping, length, Number.POSITIVE_INFINITY, (slot, entry) => {
    if (entry > 0) removeFromPageCache(mm, slot, entry);
  });
  freeChunks(mm, mapping, length);
  mapping.length = length;
}

/** A page, or what stays of one that was evicted. */
function forEachEntry(
  mm: Mm,
  mapping: Mapping,
  from: number,
  end: number,
  visit: (slot: number, entry: number) => void,
): void {
  const { slots } = mm.tables;
  const chunks = Math.min(mapping.directory.length, Math.ceil(end / SLOTS_PER_CHUNK));
  for (let at = Math.floor(from / SLOTS_PER_CHUNK); at < chunks; at += 1) {
    const chunk = mapping.directory[at];
    if (chunk < 0) continue;
    const first = Math.max(0, from - at * SLOTS_PER_CHUNK);
    const last = Math.min(SLOTS_PER_CHUNK, end - at * SLOTS_PER_CHUNK);
    for (let offset = first; offset < last; offset += 1) {
      const slot = chunk * SLOTS_PER_CHUNK + offset;
      if (slots[slot] !== 0) visit(slot, slots[slot]);
    }
  }
}

/** Takes a page out of its file for good: truncated, or dropped. */
function removeFromPageCache(mm: Mm, slot: number, pfn: number): void {
  clearPageDirty(mm, slot, pfn);
  // A write in flight finds the slot empty when it ends, and counts itself off.
  endPageWriteback(mm, pfn);
  mm.tables.slots[slot] = 0;
  mm.tables.young[slot] = 0;
  mm.kernel.uncharge(mm, pfn);
  freeFrame(mm, pfn);
}
