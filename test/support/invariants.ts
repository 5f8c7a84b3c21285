import { RUNNING } from '../../src/kernel/thread.ts';
import type { Mm } from '../../src/linux-2.6.26/types.ts';
import type { MachineState } from '../../src/machine/state.ts';
import { DISK_READ, DISK_WRITE, SWAP_WRITE } from '../../src/mm/blkdev.ts';
import {
  BLOCK_SHIFT,
  BLOCK_WORDS,
  BLOCKS,
  CHUNK_SHIFT,
  END,
  FIRST_PLACE,
  FRESH,
  LIST,
  LIST_SHIFT,
  NR_FREED,
  OLDER,
  OLDEST,
  USED,
  YOUNGER,
} from '../../src/mm/layout.ts';
import { blockOf, lengthOf } from '../../src/mm/lru-lists.ts';
import {
  isCache,
  NODE_SHIFT,
  PC_ACTIVE,
  PG_ANON,
  PG_DIRTY,
  PG_LOCKED,
  PG_MAPPED,
  PG_WRITEBACK,
} from '../../src/mm/page-flags.ts';
import { isSwapped, swapEntryOf } from '../../src/mm/page-table.ts';
import type { Device, Task } from '../../src/mm/types.ts';

/**
 * What must hold between any two events. Takes the state of `save()`, walks every
 * list and table of it, and answers a sentence for each rule that is broken.
 */
export function brokenInvariants(state: MachineState): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, rule: string): void => {
    if (!holds) broken.push(rule);
  };
  const mm = state.mm as Mm;
  const onLists = walkLists(mm, check);
  checkFrames(mm, onLists, check);
  checkPageTables(mm, onLists, check);
  checkDirty(mm, onLists, check);
  checkCounters(mm, onLists, check);
  checkTasks(mm, check);
  checkScheduler(mm, check);
  return broken;
}

type Check = (holds: boolean, rule: string) => void;

/** All pages on lists, after checking each place and block of them. */
function walkLists(mm: Mm, check: Check): Set<number> {
  const { flags, memcg } = mm.frames;
  const { place } = mm.lru;
  const seen = new Set<number>();
  for (const group of mm.memcgs) {
    if (group === null) continue;
    for (let list = 0; list < mm.nodes * 2; list += 1) {
      const index = group.id * mm.nodes * 2 + list;
      const where = `list ${list} of ${group.path || 'nobody'}`;
      const pages = walkBlocks(mm, index, where, check);
      for (const { pfn, at } of pages) {
        check(place[pfn] === at, `${where}: page ${pfn} is at ${at}, and says ${place[pfn]}`);
        check(!seen.has(pfn), `${where}: page ${pfn} is on one list only`);
        seen.add(pfn);
        check(memcg[pfn] === group.id, `${where}: page ${pfn} is charged to the list's cgroup`);
        check(flags[pfn] >> NODE_SHIFT === list >> 1, `${where}: page ${pfn} lies on the list's node`);
        check(((flags[pfn] & PC_ACTIVE) !== 0) === ((list & 1) === 1), `${where}: PC_ACTIVE of page ${pfn}`);
      }
      const length = lengthOf(mm.lru, index);
      check(length === pages.length, `${where}: length ${length}, found ${pages.length}`);
    }
  }
  return seen;
}

/** The pages of a list with their places, the oldest first. */
function walkBlocks(
  { lru: { lists, places }, heads }: Mm,
  list: number,
  where: string,
  check: Check,
): { pfn: number; at: number }[] {
  const pages: { pfn: number; at: number }[] = [];
  let before = 0;
  const oldest = lists[(list << LIST_SHIFT) + OLDEST];
  let block = blockOf(oldest);
  const stop = heads[BLOCKS] << BLOCK_SHIFT;
  for (; block !== 0 && block < stop; before = block, block = places[block + YOUNGER]) {
    const of = places[block + LIST];
    check(of === list, `${where}: block ${block} says that it is of list ${of}`);
    check(places[block + OLDER] === before, `${where}: block ${block} points back to ${before}`);
    const first = block + FIRST_PLACE;
    const found = [...places.subarray(first, block + BLOCK_WORDS)]
      .map((pfn, i) => ({ pfn, at: first + i }))
      .filter(({ pfn }) => pfn !== 0);
    check(found.length > 0, `${where}: block ${block} is not empty`);
    check(found.length === places[block + USED], `${where}: block ${block} counts its pages`);
    check(before !== 0 || found[0].at >= oldest, `${where}: nothing is older than its oldest`);
    pages.push(...found);
  }
  const end = lists[(list << LIST_SHIFT) + END];
  check(end === 0 ? before === 0 : blockOf(end - 1) === before, `${where}: it ends in its last block`);
  check(
    pages.every(({ at }) => blockOf(at) !== before || at < end),
    `${where}: its end is free`,
  );
  return pages;
}

/** Every frame is free, on a list, or being written to swap. */
function checkFrames(mm: Mm, onLists: ReadonlySet<number>, check: Check): void {
  const { frames, heads } = mm;
  const freed = new Set(frames.freed.subarray(0, heads[NR_FREED]));
  const neverUsed = mm.nrPages + 1 - heads[FRESH];
  const inSwapWrite = mm.swap.frame.filter((pfn) => pfn !== 0);
  check(
    freed.size + neverUsed === mm.freePages,
    `freePages ${mm.freePages}, found ${freed.size + neverUsed}`,
  );
  const all = mm.freePages + onLists.size + inSwapWrite.length;
  check(all === mm.nrPages, `free, listed and swap write-out pages are ${all} of ${mm.nrPages}`);
  for (const pfn of freed) check(!onLists.has(pfn), `free page ${pfn} is on no list`);
  for (const pfn of inSwapWrite) {
    check(!onLists.has(pfn) && !freed.has(pfn), `page ${pfn} in swap write-out is on no list and not free`);
  }
  const share = Math.floor(mm.nrPages / mm.nodes);
  for (let node = 0; node < mm.nodes; node += 1) {
    const size = node === 0 ? mm.nrPages - share * (mm.nodes - 1) : share;
    const used = [...onLists, ...inSwapWrite].filter(
      (pfn) => frames.flags[pfn] >> NODE_SHIFT === node,
    ).length;
    check(
      size - used === mm.nrFree[node],
      `free pages of node ${node}: ${mm.nrFree[node]}, found ${size - used}`,
    );
  }
}

/** Slots and frames point to each other, slots and swap entries too. */
function checkPageTables(mm: Mm, onLists: ReadonlySet<number>, check: Check): void {
  const { slots, young, chunkMapping } = mm.tables;
  let resident = 0;
  const entries = new Set<number>();
  for (let slot = 0; slot < slots.length; slot += 1) {
    const content = slots[slot];
    const mapping = mm.mappings[chunkMapping[slot >> CHUNK_SHIFT]];
    const mapped = content > 0 && (mm.frames.flags[content] & (PG_ANON | PG_MAPPED)) !== 0;
    check(young[slot] === 0 || mapped, `slot ${slot}, which is young, holds a page that is mapped`);
    if (content === 0) continue;
    check(mapping !== null && mapping !== undefined, `slot ${slot} holds something and belongs to a mapping`);
    if (content > 0) {
      resident += 1;
      check(onLists.has(content), `page ${content} of slot ${slot} is on a list`);
      check(mm.frames.slot[content] === slot, `page ${content} points back to slot ${slot}`);
      const anonymous = (mm.frames.flags[content] & PG_ANON) !== 0;
      check(anonymous === mapping?.anonymous, `page ${content} is as anonymous as its mapping`);
    } else if (isSwapped(content)) {
      const entry = swapEntryOf(content);
      check(!entries.has(entry), `swap entry ${entry} is in one slot only`);
      check(mm.swap.map[entry] === 1, `swap entry ${entry} of slot ${slot} is in use`);
      check(mapping?.anonymous === true, `swap entry ${entry} belongs to anonymous memory`);
      entries.add(entry);
    }
  }
  check(resident === onLists.size, `${onLists.size} pages on lists, ${resident} in page tables`);
  const inUse = mm.swap.map.reduce((sum, bit) => sum + bit, 0);
  check(mm.swap.used === inUse, `swap.used ${mm.swap.used}, found ${inUse}`);
  check(entries.size === inUse, `${inUse} swap entries in use, ${entries.size} in page tables`);
}

function checkDirty(mm: Mm, onLists: ReadonlySet<number>, check: Check): void {
  const { flags, slot } = mm.frames;
  const byMapping = new Map<number, number>();
  const byChunk = new Map<number, number>();
  let dirty = 0;
  for (const pfn of onLists) {
    if ((flags[pfn] & PG_DIRTY) === 0) continue;
    dirty += 1;
    const chunk = slot[pfn] >> CHUNK_SHIFT;
    const mapping = mm.tables.chunkMapping[chunk];
    byChunk.set(chunk, (byChunk.get(chunk) ?? 0) + 1);
    byMapping.set(mapping, (byMapping.get(mapping) ?? 0) + 1);
  }
  check(mm.nrDirty === dirty, `nrDirty ${mm.nrDirty}, found ${dirty}`);
  for (const mapping of mm.mappings) {
    if (mapping === null) continue;
    const found = byMapping.get(mapping.id) ?? 0;
    check(mapping.nrDirty === found, `nrDirty of ${mapping.name} ${mapping.nrDirty}, found ${found}`);
  }
  for (const [chunk, count] of mm.tables.chunkDirty.entries()) {
    check(
      count === (byChunk.get(chunk) ?? 0),
      `chunkDirty ${chunk}: ${count}, found ${byChunk.get(chunk) ?? 0}`,
    );
  }
  const listed = [...mm.dirtyMappings].sort((a, b) => a - b);
  const found = [...byMapping.keys()].sort((a, b) => a - b);
  check(listed.join() === found.join(), `dirtyMappings ${listed}, found ${found}`);
  checkTransfers(mm, onLists, check);
}

/** What is queued at a device, slot by slot. */
function inFlight(device: Device): Set<number> {
  const slots = new Set<number>();
  for (let i = 0; i < device.length; i += 1) {
    const at = (device.head + i) % device.start.length;
    for (let slot = 0; slot < device.count[at]; slot += 1) slots.add(device.start[at] + slot);
  }
  return slots;
}

/** Pages queued at a device. */
const queued = (device: Device): number => device.submitted - device.completed;

function checkTransfers(mm: Mm, onLists: ReadonlySet<number>, check: Check): void {
  const { flags, slot } = mm.frames;
  const [reads, writes] = [inFlight(mm.devices[DISK_READ]), inFlight(mm.devices[DISK_WRITE])];
  const pending = unsubmitted(mm);
  const writing = queued(mm.devices[DISK_WRITE]) + queued(mm.devices[SWAP_WRITE]);
  check(mm.nrWriteback === writing, `nrWriteback ${mm.nrWriteback}, ${writing} queued`);
  for (const pfn of onLists) {
    if ((flags[pfn] & PG_WRITEBACK) !== 0) check(writes.has(slot[pfn]), `page ${pfn} is being written`);
    if ((flags[pfn] & PG_LOCKED) !== 0) {
      check(reads.has(slot[pfn]) || pending.has(slot[pfn]), `locked page ${pfn} is being read`);
    }
  }
}

/** Slots that a read-ahead in hand has added and not yet handed to the disk. */
function unsubmitted(mm: Mm): Set<number> {
  const slots = new Set<number>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if ('runStart' in value && 'runLength' in value) {
      for (let i = 0; i < Number(value.runLength); i += 1) slots.add(Number(value.runStart) + i);
    }
    for (const each of Object.values(value)) visit(each);
  };
  for (const task of mm.tasks) {
    visit(task.progress);
    visit([...task.openFiles.values()]);
  }
  return slots;
}

/** Usage, statistics and marks of every cgroup. */
function checkCounters(mm: Mm, onLists: ReadonlySet<number>, check: Check): void {
  const cache = new Map<number, number>();
  const rss = new Map<number, number>();
  for (const pfn of onLists) {
    const kind = isCache(mm.frames.flags[pfn]) ? cache : rss;
    kind.set(mm.frames.memcg[pfn], (kind.get(mm.frames.memcg[pfn]) ?? 0) + 1);
  }
  for (const group of mm.memcgs) {
    if (group === null) continue;
    const { id, res, stat } = group;
    const where = group.path || 'nobody';
    const found = { cache: cache.get(id) ?? 0, rss: rss.get(id) ?? 0 };
    check(stat.cache === found.cache, `cache of ${where}: ${stat.cache}, found ${found.cache}`);
    check(stat.rss === found.rss, `rss of ${where}: ${stat.rss}, found ${found.rss}`);
    if (id !== 0) {
      const sum = found.cache + found.rss;
      check(res.usage === sum, `usage of ${where}: ${res.usage}, found ${sum}`);
      check(stat.pgpgin - stat.pgpgout === sum, `pgpgin less pgpgout of ${where} is its usage`);
    }
    check(res.maxUsage >= res.usage, `max usage of ${where} is at least its usage`);
    if (mm.own.wmarks)
      check(res.low <= res.high && res.high <= res.limit, `low <= high <= limit in ${where}`);
    const tasks = mm.tasks.filter((task) => task.memcg === id).length;
    check(group.nrTasks === tasks, `nrTasks of ${where}: ${group.nrTasks}, found ${tasks}`);
    const daemons = mm.tasks.filter((task) => task.kind === 'reclaimer' && task.reclaims === id);
    check(
      daemons.length <= 1 && (daemons[0] ?? null) === group.daemon,
      `the reclaimer of ${where} is its own`,
    );
    check(!group.daemonWaits || group.daemon !== null, `who waits in ${where} is there`);
  }
}

const once = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;

const waitersOf = ({ waiters: { sole, tasks } }: Device): Task[] =>
  [sole, ...tasks].filter((task) => task !== null);

function checkTasks(mm: Mm, check: Check): void {
  const tasks: readonly Task[] = mm.tasks;
  const queues = [mm.congestion, ...mm.devices.map(waitersOf)];
  for (const task of queues.flat()) check(tasks.includes(task), `${task.name}, who waits, lives`);
  for (const task of mm.tasks) {
    check(mm.tasksByPid.get(task.pid) === task, `${task.name} is found by its pid`);
    const anon = mm.mappings[task.anon];
    check(task.anonPages === (anon?.length ?? 0), `anonPages of ${task.name}`);
  }
  check(mm.tasksByPid.size === mm.tasks.length, 'pids and tasks are as many');
  check(mm.nrDying === mm.tasks.filter(({ killed }) => killed).length, 'the dying are counted');
  const named = mm.tasks.filter(({ real }) => real === null);
  for (const { name } of named) {
    const oldest = named.find((task) => task.name === name);
    check(mm.tasksByName.get(name) === oldest, `the oldest ${name} is found by its name`);
  }
}

function checkScheduler(mm: Mm, check: Check): void {
  const { sched } = mm;
  const running: (Task | null)[] = sched.cpus.map((cpu) => cpu.current).filter((task) => task !== null);
  check(once(running), 'a task is on one CPU only');
  for (const [index, task] of sched.queue.entries()) {
    check(task.queueIndex === index && !task.onCpu, `${task.name} knows its place in the run queue`);
  }
  for (const task of mm.tasks) {
    check(task.onCpu === running.includes(task), `onCpu of ${task.name}`);
    check(task.queueIndex >= 0 === sched.queue.includes(task), `queueIndex of ${task.name}`);
    check(
      (task.state === RUNNING) === (task.onCpu || task.queueIndex >= 0),
      `${task.name} runs or is queued`,
    );
  }
  const idle = running.length < sched.cpus.length;
  check(!idle || sched.queue.length === 0, 'no CPU is idle while somebody is queued');
}

/**
 * Who is back in user mode has left nothing behind in the kernel (no charge, no
 * pass, no place in a queue), and nobody waits for a page twice. A sentence for each who has.
 */
export function leftBehind(state: MachineState): string[] {
  const mm = state.mm as Mm;
  const broken: string[] = [];
  const check: Check = (holds, rule) => {
    if (!holds) broken.push(rule);
  };
  check(once(mm.congestion), 'nobody stands in the congestion queue twice');
  for (const device of mm.devices) {
    const waiters = waitersOf(device);
    check(once(waiters), `nobody waits for device ${device.index} twice`);
    for (const task of waiters) check(task.waitSlot >= 0, `${task.name} waits for some page`);
  }
  for (const task of mm.tasks) {
    if ((task.kind !== 'task' && task.kind !== 'real') || task.inKernel) continue;
    check(task.charge === null, `${task.name} in user mode has no charge in hand`);
    check(!task.pass.active && !task.pass.napping, `${task.name} in user mode is in no pass`);
    check(!mm.congestion.includes(task), `${task.name} in user mode does not nap`);
    check(task.waitSlot < 0 && task.faultStage === 0, `${task.name} in user mode waits for no page`);
  }
  return broken;
}
