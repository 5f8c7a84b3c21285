import { makeRoomForLists } from './arena.ts';
import type { Mm } from './kernel.ts';
import type { MemCgroup } from './types.ts';

/** The memory cgroups of a machine by their ids: 0 is nobody, 1 the root. */

/** Cgroups that there are lists for: an id fits 16 bits. */
const MAX_MEMCGS = 1 << 16;
export const ROOT_MEMCG = 1;

export function memcgOf<M extends MemCgroup>(
  { memcgs }: { readonly memcgs: readonly (M | null)[] },
  id: number,
): M {
  const memcg = memcgs[id];
  if (memcg === null || memcg === undefined) throw new Error(`no memory cgroup ${id}`);
  return memcg;
}

/** A new one, which the kernel makes as the id and the order say. */
export function addMemcg<M extends MemCgroup>(
  mm: Mm & { readonly memcgs: (M | null)[] },
  make: (id: number, order: number) => M,
): M {
  const id = nextId(mm);
  mm.memcgsMade += 1;
  const memcg = make(id, mm.memcgsMade);
  mm.memcgs[id] = memcg;
  makeRoomForLists(mm);
  return memcg;
}

/** The next id that is free, round the 16 bits. */
function nextId(mm: Mm): number {
  let id = mm.nextMemcg;
  while (mm.memcgs[id] !== null && mm.memcgs[id] !== undefined) id = (id + 1) % MAX_MEMCGS;
  mm.nextMemcg = (id + 1) % MAX_MEMCGS;
  return id;
}
