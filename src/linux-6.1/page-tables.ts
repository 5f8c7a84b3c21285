import { grown } from '../kernel/arrays.ts';
import { CHUNK_SHIFT } from '../mm/layout.ts';
import { chargeKmem, chargeObject } from './charge.ts';
import { countSlab, refillObjStock, refillStock } from './stock.ts';
import { isRoot } from './tree.ts';
import type { MemCgroup, Mm, Task } from './types.ts';

/**
 * mm/memory.c, pte_alloc(), and mm/mmap.c: the page tables of tasks are kernel memory, one for 512 pages; a mapping
 * itself is an object.
 */

/** struct vm_area_struct and struct anon_vma with its chain. */
const VMA_BYTES = 328;

/** Before the first page of a chunk comes in. False: there is no room for its page table. */
export function chargePageTable(mm: Mm, task: Task, memcg: MemCgroup, slot: number): boolean {
  const chunk = slot >> CHUNK_SHIFT;
  const { own, tables } = mm;
  if (own.pageTables.length < tables.chunkMapping.length)
    own.pageTables = grown(own.pageTables, new Uint16Array(tables.chunkMapping.length));
  if (own.pageTables[chunk] > 0 || isRoot(memcg)) return true;
  const first = tables.chunkPlace[chunk] === 0 && isAnonymous(mm, chunk);
  if (first && !chargeObject(mm, task, memcg, VMA_BYTES, false)) return false;
  if (!chargeKmem(mm, task, memcg, false)) return false;
  own.pageTables[chunk] = memcg.id;
  memcg.pageTables += 1;
  return true;
}

const isAnonymous = ({ mappings, tables }: Mm, chunk: number): boolean =>
  mappings[tables.chunkMapping[chunk]]?.anonymous === true;

/** free_pgtables(), of files that nobody has mapped any more. */
export function freeFileTables(mm: Mm): void {
  for (const [chunk, owner] of mm.own.pageTables.entries()) {
    if (owner === 0 || isAnonymous(mm, chunk)) continue;
    if ((mm.mappings[mm.tables.chunkMapping[chunk]]?.mmapped ?? 0) === 0) freePageTable(mm, chunk);
  }
}

/** The chunk is given back. */
export function freePageTable(mm: Mm, chunk: number): void {
  const { own, tables } = mm;
  const memcg = mm.memcgs[own.pageTables[chunk] ?? 0];
  if (memcg === null || memcg === undefined || memcg.id === 0) return;
  const cpu = own.cpus[mm.sched.current?.cpu ?? 0];
  own.pageTables[chunk] = 0;
  memcg.pageTables -= 1;
  memcg.kmem -= 1;
  refillStock(mm, cpu, memcg.id, 1);
  if (tables.chunkPlace[chunk] !== 0 || !isAnonymous(mm, chunk)) return;
  refillObjStock(mm, cpu, memcg, VMA_BYTES, true);
  countSlab(mm, cpu, memcg, -VMA_BYTES);
}
