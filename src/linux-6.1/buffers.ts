import { memcgOf } from '../mm/memcgs.ts';
import { PG_ANON, PG_PRIVATE } from '../mm/page-flags.ts';
import { countSlab, refillObjStock } from './stock.ts';
import { isRoot } from './tree.ts';
import type { Mm } from './types.ts';

/** fs/buffer.c: a page of a file that was written has a buffer head, which is charged to whose the page is. */

/** struct buffer_head (104 bytes), and its owner. */
export const BUFFER_BYTES = 112;

/** try_to_free_buffers(), of a page that is about to go. */
export function freeBuffers(mm: Mm, pfn: number): void {
  const { flags } = mm.frames;
  if ((flags[pfn] & (PG_ANON | PG_PRIVATE)) !== PG_PRIVATE) return;
  flags[pfn] &= ~PG_PRIVATE;
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  if (isRoot(memcg)) return;
  const cpu = mm.own.cpus[mm.sched.current?.cpu ?? 0];
  refillObjStock(mm, cpu, memcg, BUFFER_BYTES, true);
  countSlab(mm, cpu, memcg, -BUFFER_BYTES);
}
