import { memcgOf } from '../mm/memcgs.ts';
import { unchargeCounter } from './page-counter.ts';
import { changes } from './rstat.ts';
import { isBelow } from './tree.ts';
import type { Cpu, MemCgroup, Mm } from './types.ts';

/**
 * mm/memcontrol.c: a CPU's stock. Pages are charged in batches of 64, and what is over waits here for the next
 * charge of the same cgroup; so do the bytes that objects of kernel memory leave of a page. Whoever comes from another
 * cgroup sends back what is there of the last.
 */

export const CHARGE_BATCH = 64;
export const PAGE_BYTES = 4096;

export const newCpu = (): Cpu => ({
  memcg: 0,
  pages: 0,
  reserved: 0,
  objMemcg: 0,
  objBytes: 0,
  slab: 0,
  batch: [],
});

/** consume_stock() */
export function consumeStock(cpu: Cpu, id: number, pages: number): boolean {
  if (cpu.memcg !== id || cpu.pages < pages) return false;
  cpu.pages -= pages;
  return true;
}

/** refill_stock() */
export function refillStock(mm: Mm, cpu: Cpu, id: number, pages: number): void {
  if (cpu.memcg !== id) {
    drainStock(mm, cpu);
    cpu.memcg = id;
  }
  cpu.pages += pages;
  if (cpu.pages > CHARGE_BATCH) drainStock(mm, cpu);
}

/** drain_stock() */
function drainStock(mm: Mm, cpu: Cpu): void {
  const memcg = mm.memcgs[cpu.memcg];
  if (memcg !== null && memcg !== undefined && cpu.pages > 0) unchargeCounter(memcg.memory, cpu.pages);
  cpu.memcg = 0;
  cpu.pages = 0;
}

/** drain_obj_stock(): whole pages go into the stock, which sends back what is there of another cgroup. */
function drainObjStock(mm: Mm, cpu: Cpu): void {
  const memcg = mm.memcgs[cpu.objMemcg];
  if (memcg !== null && memcg !== undefined && cpu.objBytes > 0) {
    const pages = Math.floor(cpu.objBytes / PAGE_BYTES);
    memcg.objBytes += cpu.objBytes % PAGE_BYTES;
    if (pages > 0) unchargeKmem(mm, cpu, memcg, pages);
  }
  if (memcg !== null && memcg !== undefined && cpu.slab !== 0) addSlab(mm, cpu, memcg);
  cpu.slab = 0;
  cpu.objMemcg = 0;
  cpu.objBytes = 0;
}

/** obj_cgroup_uncharge_pages(): by way of the stock. */
function unchargeKmem(mm: Mm, cpu: Cpu, memcg: MemCgroup, pages: number): void {
  changes(mm, memcg, pages);
  memcg.kmem -= pages;
  refillStock(mm, cpu, memcg.id, pages);
}

/** consume_obj_stock() */
export function consumeObjStock(cpu: Cpu, id: number, bytes: number): boolean {
  if (cpu.objMemcg !== id || cpu.objBytes < bytes) return false;
  cpu.objBytes -= bytes;
  return true;
}

/** refill_obj_stock(): `mayUncharge` where an object was freed, and not where a page was charged for one. */
export function refillObjStock(
  mm: Mm,
  cpu: Cpu,
  memcg: MemCgroup,
  bytes: number,
  mayUncharge: boolean,
): void {
  let uncharges = mayUncharge;
  if (cpu.objMemcg !== memcg.id) {
    drainObjStock(mm, cpu);
    cpu.objMemcg = memcg.id;
    cpu.objBytes = memcg.objBytes;
    memcg.objBytes = 0;
    uncharges = true;
  }
  cpu.objBytes += bytes;
  if (!uncharges || cpu.objBytes <= PAGE_BYTES) return;
  const pages = Math.floor(cpu.objBytes / PAGE_BYTES);
  cpu.objBytes %= PAGE_BYTES;
  unchargeKmem(mm, cpu, memcg, pages);
}

/** mod_objcg_state(), after the object was charged or freed: the statistics hear of a page of it at the least. */
export function countSlab(mm: Mm, cpu: Cpu, memcg: MemCgroup, bytes: number): void {
  const told = tellsOfSlab(cpu, bytes);
  cpu.slab += bytes;
  if (told) addSlab(mm, cpu, memcg);
}

/** So many bytes more would be a page of it. */
export const tellsOfSlab = ({ slab }: Cpu, bytes: number): boolean =>
  slab !== 0 && Math.abs(slab + bytes) > PAGE_BYTES;

/** In bytes: more of them than it takes to have all statistics added up. */
function addSlab(mm: Mm, cpu: Cpu, memcg: MemCgroup): void {
  changes(mm, memcg, Math.abs(cpu.slab));
  memcg.slab += cpu.slab;
  cpu.slab = 0;
}

/** drain_all_stock(): what any CPU has of the cgroup or of one below it. */
export function drainAllStock(mm: Mm, memcg: MemCgroup): void {
  for (const cpu of mm.own.cpus) {
    const pages = cpu.memcg !== 0 && cpu.pages > 0 && isBelow(mm, cpu.memcg, memcg);
    const bytes = cpu.objMemcg !== 0 && isBelow(mm, cpu.objMemcg, memcg);
    if (!pages && !bytes) continue;
    drainObjStock(mm, cpu);
    drainStock(mm, cpu);
  }
}

/** A page that is charged for a task which is about to use it; one that somebody else left is given back. */
export function reserve(mm: Mm, cpu: Cpu, id: number): void {
  giveBackReserved(mm, cpu);
  cpu.reserved = id;
}

/** Takes a page that is charged: the one that was reserved, or one of the stock. */
export function takeCharged(mm: Mm, cpu: Cpu, id: number): void {
  if (cpu.reserved === id) cpu.reserved = 0;
  else if (!consumeStock(cpu, id, 1)) throw new Error(`no page is charged to ${memcgOf(mm, id).path}`);
}

export function giveBackReserved(mm: Mm, cpu: Cpu): void {
  const memcg = mm.memcgs[cpu.reserved];
  if (cpu.reserved !== 0 && memcg !== null && memcg !== undefined) unchargeCounter(memcg.memory, 1);
  cpu.reserved = 0;
}
