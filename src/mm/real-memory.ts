import { clock } from '../kernel/sched.ts';
import { ns, pages } from '../kernel/units.ts';
import type { Mm } from './kernel.ts';
import { memcgOf } from './memcgs.ts';
import { freeOwnPages } from './mmap.ts';
import { newMapping, slotOf } from './page-table.ts';
import { DONE, type Mapping, type RealProcess, type Resident, type Status, type Task } from './types.ts';

/**
 * Memory of real processes. A sample says how much a process holds; what it holds
 * more than before it has faulted in, what it holds less it has given back, the
 * youngest first. File pages are its own here: who else maps them is not seen.
 */

type MemoryKind = keyof Resident;
const KINDS: readonly MemoryKind[] = ['anon', 'file', 'shmem'];

/** A process that holds `base` when it joins. */
export function newRealProcess(mm: Mm, name: string, start: number, base: Resident): RealProcess {
  const mapping = (anonymous: boolean): number => newMapping(mm, name, anonymous).id;
  const mappings = { anon: mapping(true), file: mapping(false), shmem: mapping(true) };
  return { start, seen: base, base, mappings, refused: false, spared: false };
}

/** Takes a sample: gives back at once what is held no longer. True: more is wanted than ever since it last fitted. */
export function takeSample(mm: Mm, real: RealProcess, seen: Resident): boolean {
  const before = real.seen;
  real.seen = seen;
  for (const kind of KINDS) {
    const mapping = mappingOf(mm, real, kind);
    const kept = Math.min(mapping.length, wanted(real, kind));
    if (kept < mapping.length) freeOwnPages(mm, mapping, kept);
    mapping.length = kept;
  }
  return !real.refused || KINDS.some((kind) => seen[kind] > before[kind]);
}

/** A kind of memory of which not all that is held is here; null: all is. */
function lacking(mm: Mm, real: RealProcess): MemoryKind | null {
  return KINDS.find((kind) => mappingOf(mm, real, kind).length < wanted(real, kind)) ?? null;
}

/** Pages that it holds and that are charged to nobody, since they were refused or are not faulted in yet. */
export const missingPages = (mm: Mm, real: RealProcess): number =>
  KINDS.reduce((sum, kind) => sum + wanted(real, kind) - mappingOf(mm, real, kind).length, 0);

/** Pages of a kind that it has brought in, resident or swapped or evicted since. */
export const broughtIn = (mm: Mm, real: RealProcess, kind: MemoryKind): number =>
  mappingOf(mm, real, kind).length;

/** One more page, as a fault brings it in. FAILED: it is refused. May sleep: then call it again. */
export function realFault(mm: Mm, task: Task, real: RealProcess): Status {
  const status = mm.kernel.tryCharge(mm, task);
  if (status !== DONE) return status;
  const kind = lacking(mm, real);
  // A sample that came meanwhile may have taken the wish back.
  if (kind === null) return DONE;
  const mapping = mappingOf(mm, real, kind);
  const slot = slotOf(mm, mapping, mapping.length);
  mapping.length += 1;
  mm.sched.cost += mm.costs.fault;
  mm.kernel.addResident(mm, task, slot, kind);
  return DONE;
}

/** Whether there is something to fault in; what was refused before waits, unless it is `eager`, until there is room. */
export function wantsMore(mm: Mm, task: Task, real: RealProcess, eager: boolean): boolean {
  if (lacking(mm, real) === null) {
    real.refused = false;
    real.spared = false;
    return false;
  }
  return eager || mm.kernel.hasRoom(mm, task);
}

/** A real kernel would have killed it here. The process has its pages all the same: said once until all fit again. */
export function refuseReal(mm: Mm, task: Task, real: RealProcess): void {
  if (real.refused) return;
  real.refused = true;
  const { path } = memcgOf(mm, task.memcg);
  const count = missingPages(mm, real);
  mm.observer?.({
    type: 'warning',
    time: ns(clock(mm.sched)),
    cgroup: path,
    text:
      `${task.name} (pid ${task.pid}) holds ${count} pages more than ${path} has room for: ` +
      'they are charged to nobody, and the process, which a kernel would have killed, goes on',
    floor: pages(0),
  });
}

/** exec(2): the old memory is gone, and all that it holds from now on is new. */
export function execReal(mm: Mm, real: RealProcess): void {
  const none: Resident = { anon: 0, file: 0, shmem: 0 };
  real.base = none;
  takeSample(mm, real, none);
}

/** exit_mm() */
export function exitReal(mm: Mm, real: RealProcess): void {
  execReal(mm, real);
  for (const kind of KINDS) {
    mm.mappings[real.mappings[kind]] = null;
    mm.freeMappings.push(real.mappings[kind]);
  }
}

const wanted = (real: RealProcess, kind: MemoryKind): number =>
  Math.max(0, real.seen[kind] - real.base[kind]);

function mappingOf(mm: Mm, real: RealProcess, kind: MemoryKind): Mapping {
  const mapping = mm.mappings[real.mappings[kind]];
  if (mapping === null) throw new Error(`a real process has no ${kind} mapping`);
  return mapping;
}
