import { ownLruPages } from './lruvec.ts';
import { PAGE_BYTES } from './stock.ts';
import type { MemCgroup, Mm } from './types.ts';
import { reclaimNodes } from './xarray.ts';

/** mm/workingset.c, the shrinker of nodes that hold nothing but shadow entries; and do_shrink_slab() of mm/vmscan.c. */

/** SHRINK_BATCH */
const BATCH = 128;
/** A node has as many slots; of them one in eight is of use: XA_CHUNK_SHIFT - 3. */
const USEFUL_SHIFT = 3;

/** count_shadow_nodes(): those beyond what the cgroup's pages are worth. */
export function excess(mm: Mm, memcg: MemCgroup, node: number): number {
  const nodes = memcg.shadowNodes.size;
  if (nodes === 0) return 0;
  const pages = ownLruPages(mm, memcg.id, node) + Math.floor(memcg.slab / PAGE_BYTES);
  return Math.max(0, nodes - (pages >> USEFUL_SHIFT));
}

/** do_shrink_slab(): half of the excess, in batches; what does not make a batch is kept in mind. */
export function shrinkShadowNodes(mm: Mm, memcg: MemCgroup, node: number, priority: number): void {
  const freeable = excess(mm, memcg, node);
  if (freeable === 0) return;
  const deferred = memcg.shadowDeferred;
  const delta = Math.floor(freeable / 2);
  let left = Math.min((deferred >>> priority) + delta, 2 * freeable);
  let scanned = 0;
  while (left >= BATCH || left >= freeable) {
    const batch = Math.min(BATCH, left);
    reclaimNodes(mm, memcg, batch);
    left -= batch;
    scanned += batch;
    if (batch === 0) break;
  }
  memcg.shadowDeferred = Math.min(Math.max(0, deferred + delta - scanned), 2 * freeable);
}
