import { addDeviceTimer, clock, sleepOn } from '../kernel/sched.ts';
import { UNINTERRUPTIBLE } from '../kernel/thread.ts';
import { nameTimer } from '../kernel/timer.ts';
import { TIME_0 } from '../kernel/units.ts';
import type { Costs } from './costs.ts';
import { endPageWriteback, writesEnded } from './dirty.ts';
import type { Mm } from './kernel.ts';
import { PG_WRITEBACK } from './page-flags.ts';
import { addWaiter, newPageWaiters, wakeWaiters } from './page-waiters.ts';
import type { Device, Task } from './types.ts';

/**
 * The disk and the swap device: each reads and writes through a FIFO of its own
 * (an elevator that never lets reads wait for writes), with a latency, a cost a
 * request and a throughput.
 */

export const DISK_READ = 0;
export const DISK_WRITE = 1;
export const SWAP_READ = 2;
export const SWAP_WRITE = 3;

/** block/ll_rw_blk.c: a queue has 128 requests and is congested from 113 on. */
const NR_REQUESTS = 128;
const CONGESTED = 113;
/** Largest request that neighbours are merged into, pages (512 KiB). */
const MAX_REQUEST = 128;
/** A power of two, and so are its doubles: rings wrap by a mask. */
const FIRST_CAPACITY = 256;

type Speed = Pick<Device, 'latency' | 'perRequest' | 'perPage'>;

export function newDevices(costs: Costs): Device[] {
  const disk = { latency: costs.diskLatency, perRequest: costs.diskRequest, perPage: costs.diskPage };
  const swap = { latency: costs.swapLatency, perRequest: costs.swapRequest, perPage: costs.swapPage };
  return [disk, disk, swap, swap].map(newDevice);
}

const newDevice = ({ latency, perRequest, perPage }: Speed, index: number): Device => ({
  index,
  write: index % 2 === 1,
  latency,
  perRequest,
  perPage,
  freeAt: TIME_0,
  submitted: 0,
  completed: 0,
  head: 0,
  length: 0,
  start: new Int32Array(FIRST_CAPACITY),
  count: new Int32Array(FIRST_CAPACITY),
  doneAt: new Float64Array(FIRST_CAPACITY),
  timerAt: new Float64Array(FIRST_CAPACITY),
  timerName: new Float64Array(FIRST_CAPACITY),
  waiters: newPageWaiters(),
});

/** Who wants one request more has to wait. */
export const isFull = (device: Device): boolean => device.length >= NR_REQUESTS;
export const isCongested = (device: Device): boolean => device.length >= CONGESTED;

/** When a request of `count` pages that is made at `now` (ns) leaves the device free for the next. */
export const servedAt = (device: Device, now: number, count: number): number =>
  Math.max(device.freeAt, now) + device.perRequest + count * device.perPage;

/** Queues the transfer of `count` neighbouring slots (disk) or swap entries from `start` on. */
export function submit(mm: Mm, index: number, start: number, count: number): void {
  const device = mm.devices[index];
  device.submitted += count;
  const now = clock(mm.sched);
  if (device.write && merge(device, start, count, now)) return;
  if (device.length === device.start.length) grow(device);
  const at = (device.head + device.length) & (device.start.length - 1);
  device.length += 1;
  device.freeAt = servedAt(device, now, count);
  device.start[at] = start;
  device.count[at] = count;
  device.doneAt[at] = device.freeAt + device.latency;
  device.timerAt[at] = device.doneAt[at];
  device.timerName[at] = nameTimer(mm.sched.timers);
  if (device.length === 1) setTimer(mm, device);
}

/** The oldest request's. */
function setTimer(mm: Mm, { index, head, timerAt, timerName }: Device): void {
  addDeviceTimer(mm.sched, index, timerAt[head], timerName[head]);
}

/** Back merge: the last request in the queue grows, if it isn't being served yet. */
function merge(device: Device, start: number, count: number, now: number): boolean {
  if (device.length < 2) return false;
  const last = (device.head + device.length - 1) & (device.start.length - 1);
  const total = device.count[last] + count;
  const untouched = device.freeAt - device.perRequest - device.count[last] * device.perPage > now;
  if (!untouched || total > MAX_REQUEST || device.start[last] + device.count[last] !== start) return false;
  device.count[last] = total;
  device.freeAt += count * device.perPage;
  device.doneAt[last] = device.freeAt + device.latency;
  return true;
}

function grow(device: Device): void {
  const size = device.start.length;
  const start = new Int32Array(2 * size);
  const count = new Int32Array(2 * size);
  const doneAt = new Float64Array(2 * size);
  const timerAt = new Float64Array(2 * size);
  const timerName = new Float64Array(2 * size);
  for (let i = 0; i < device.length; i += 1) {
    const from = (device.head + i) & (size - 1);
    start[i] = device.start[from];
    count[i] = device.count[from];
    doneAt[i] = device.doneAt[from];
    timerAt[i] = device.timerAt[from];
    timerName[i] = device.timerName[from];
  }
  Object.assign(device, { start, count, doneAt, timerAt, timerName, head: 0 });
}

/** The timer of the device's oldest request went off. */
export function deviceTimer(mm: Mm, index: number): void {
  const device = mm.devices[index];
  const at = device.head;
  if (device.doneAt[at] > mm.sched.now) {
    // It was merged into after its timer was set.
    addDeviceTimer(mm.sched, index, device.doneAt[at]);
    return;
  }
  const start = device.start[at];
  const count = device.count[at];
  takeOldest(device);
  if (device.length > 0) setTimer(mm, device);
  device.completed += count;
  if (index === DISK_READ) mm.core.unlockRun(start, count);
  else if (index === DISK_WRITE) diskWriteEnded(mm, start, count);
  else if (index === SWAP_READ) mm.kernel.swapRead(mm, start, count);
  else {
    mm.kernel.swapWritten(mm, start, count);
    writesEnded(mm, count);
  }
  wakeWaiters(mm.sched, device.waiters, start, count);
}

function diskWriteEnded(mm: Mm, start: number, count: number): void {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  for (let slot = start; slot < start + count; slot += 1) {
    const pfn = slots[slot];
    if (pfn <= 0 || (flags[pfn] & PG_WRITEBACK) === 0) continue;
    endPageWriteback(mm, pfn);
    mm.kernel.rotateReclaimable?.(mm, pfn);
  }
  mm.kernel.countWriteout(mm, count);
  writesEnded(mm, count);
}

/** Its place is empty again, and a ring of no requests as it began: what is over leaves no trace in the state. */
function takeOldest(device: Device): void {
  const at = device.head;
  device.start[at] = 0;
  device.count[at] = 0;
  device.doneAt[at] = 0;
  device.timerAt[at] = 0;
  device.timerName[at] = 0;
  device.length -= 1;
  device.head = device.length === 0 ? 0 : (at + 1) & (device.start.length - 1);
}

/** wait_on_page_locked(): until the transfer of that slot or swap entry ends. */
export function waitFor(mm: Mm, task: Task, index: number, slot: number): void {
  addWaiter(mm.devices[index].waiters, task, slot);
  sleepOn(mm.sched, task, UNINTERRUPTIBLE);
}
