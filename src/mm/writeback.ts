import { DISK_WRITE, submit } from './blkdev.ts';
import { clearPageDirty } from './dirty.ts';
import type { Mm } from './kernel.ts';
import { SLOTS_PER_CHUNK } from './layout.ts';
import { PG_DIRTY, PG_WRITEBACK } from './page-flags.ts';
import type { Mapping } from './types.ts';

/** Handing dirty pages to the disk: fs/fs-writeback.c and pageout(); when, and which, is the kernel's. */

export function startWriteback(mm: Mm, slot: number, pfn: number): void {
  clearPageDirty(mm, slot, pfn);
  mm.frames.flags[pfn] |= PG_WRITEBACK;
  mm.nrWriteback += 1;
  const memcg = mm.memcgs[mm.frames.memcg[pfn]];
  if (memcg !== null) memcg.stat.writebackPages += 1;
  mm.sched.cost += mm.costs.pageout;
  submit(mm, DISK_WRITE, slot, 1);
}

/** Up to `most` dirty pages of a file, from where the flusher stood, round the end. */
export function writeSome(mm: Mm, mapping: Mapping, most: number): number {
  const { chunkDirty, slots } = mm.tables;
  let written = 0;
  const chunks = mapping.directory.length;
  let at = Math.floor(mapping.writebackPage / SLOTS_PER_CHUNK);
  let offset = mapping.writebackPage % SLOTS_PER_CHUNK;
  for (let visited = 0; visited <= chunks && written < most && mapping.nrDirty > 0; visited += 1) {
    if (at >= chunks) {
      at = 0;
      offset = 0;
    }
    const chunk = mapping.directory[at];
    if (chunk >= 0 && chunkDirty[chunk] > 0) {
      for (; offset < SLOTS_PER_CHUNK && written < most; offset += 1) {
        const slot = chunk * SLOTS_PER_CHUNK + offset;
        const pfn = slots[slot];
        if (pfn > 0 && (mm.frames.flags[pfn] & (PG_DIRTY | PG_WRITEBACK)) === PG_DIRTY) {
          startWriteback(mm, slot, pfn);
          written += 1;
        }
      }
      if (offset < SLOTS_PER_CHUNK) break;
    }
    at += 1;
    offset = 0;
  }
  mapping.writebackPage = at * SLOTS_PER_CHUNK + offset;
  return written;
}
