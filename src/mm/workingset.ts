import type { Mm } from './kernel.ts';
import { CHUNK_SHIFT } from './layout.ts';

/**
 * mm/workingset.c, which 2.6.26 has not: what stays in a page's slot when it is evicted, so that its refault is known,
 * and how much of that is kept. Of the emulated memory alone: the same on every host.
 */

/**
 * What a slot holds besides a pfn (> 0) and nothing (0): the page was here and was
 * evicted from this cgroup, whose refault it is when it comes back (a shadow entry).
 */
export const evictedFrom = (memcg: number): number => -1 - memcg;

/** workingset_eviction(), of a page that leaves the page cache at this virtual time. */
export function leaveShadow({ tables }: Mm, slot: number, memcg: number, now: number): void {
  tables.slots[slot] = evictedFrom(memcg);
  tables.chunkEvicted[slot >> CHUNK_SHIFT] = now;
}

/**
 * count_shadow_nodes(): chunks that hold shadow entries and no page. Linux allows the nodes of its trees one entry in
 * eight that is of use, where as many entries are of use as there are pages of memory: eight entries a page.
 */
export const mostShadowChunks = ({ nrPages }: Pick<Mm, 'nrPages'>): number => nrPages >> (CHUNK_SHIFT - 3);

/**
 * Chunks without a page, to be let go: those that hold nothing, and of those that hold shadow entries the ones beyond
 * so many, those first that lost their last page first (shadow_lru_isolate() takes them off shadow_nodes in that
 * order). One that a device is reading into or writing from is not among them.
 */
export function excessChunks(mm: Mm, kept: number): number[] {
  const { chunkEvicted, chunks } = mm.tables;
  const busy = chunksInTransfer(mm);
  const empty: number[] = [];
  const shadows: number[] = [];
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    if (!isOfFile(mm, chunk) || busy.has(chunk)) continue;
    const held = mm.core.heldBy(chunk);
    if (held === NOTHING) empty.push(chunk);
    else if (held === SHADOWS) shadows.push(chunk);
  }
  const excess = Math.max(0, shadows.length - kept);
  shadows.sort((a, b) => chunkEvicted[a] - chunkEvicted[b] || a - b);
  return [...empty, ...shadows.slice(0, excess)];
}

const isOfFile = ({ tables, mappings }: Mm, chunk: number): boolean =>
  mappings[tables.chunkMapping[chunk]]?.anonymous === false;

/** Of heldBy(), core/runs.ts. */
const NOTHING = 0;
const SHADOWS = 1;

function chunksInTransfer(mm: Mm): Set<number> {
  const busy = new Set<number>();
  for (const { head, length, start, count } of mm.devices.slice(0, 2)) {
    for (let i = 0; i < length; i += 1) {
      const at = (head + i) & (start.length - 1);
      const last = (start[at] + count[at] - 1) >> CHUNK_SHIFT;
      for (let chunk = start[at] >> CHUNK_SHIFT; chunk <= last; chunk += 1) busy.add(chunk);
    }
  }
  return busy;
}
