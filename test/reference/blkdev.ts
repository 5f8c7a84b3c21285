import type { Costs } from '../../src/mm/costs.ts';
import { addDeviceTimer, clock, sleepOn } from './sched.ts';
import type { Device, Mm, Task, TaskWork } from './types.ts';

/** The disk and the swap device: FIFOs with a latency, a cost a request and a throughput. */

export const DISK_READ = 0;
export const DISK_WRITE = 1;
export const SWAP_READ = 2;
export const SWAP_WRITE = 3;

export function newDevices(costs: Costs): Device[] {
  const disk = { latency: costs.diskLatency, perRequest: costs.diskRequest, perPage: costs.diskPage };
  const swap = { latency: costs.swapLatency, perRequest: costs.swapRequest, perPage: costs.swapPage };
  return [disk, disk, swap, swap].map((speed, index) => ({
    ...speed,
    index,
    write: index === DISK_WRITE || index === SWAP_WRITE,
    freeAt: 0,
    submitted: 0,
    completed: 0,
    queue: [],
    waiters: [],
  }));
}

/** block/ll_rw_blk.c: a queue has 128 requests and is congested from 113 on. */
export const isFull = (device: Device): boolean => device.queue.length >= 128;
export const isCongested = (device: Device): boolean => device.queue.length >= 113;

/** Largest request that neighbouring writes are merged into: 512 KiB. */
const MAX_REQUEST = 128;

/** Queues the transfer of neighbouring blocks of the disk, or of swap entries. */
export function submit(mm: Mm, index: number, start: number, count: number): void {
  const device = mm.devices[index];
  const now = clock(mm.sched);
  device.submitted += count;
  const last = device.queue.at(-1);
  // Back merge: the last of several requests grows, if it isn't being served yet.
  if (
    device.write &&
    last !== undefined &&
    device.queue.length >= 2 &&
    device.freeAt - device.perRequest - last.count * device.perPage > now &&
    last.start + last.count === start &&
    last.count + count <= MAX_REQUEST
  ) {
    device.freeAt += count * device.perPage;
    last.count += count;
    last.doneAt = device.freeAt + device.latency;
    return;
  }
  device.freeAt = Math.max(device.freeAt, now) + device.perRequest + count * device.perPage;
  const doneAt = device.freeAt + device.latency;
  device.queue.push({ start, count, doneAt });
  addDeviceTimer(mm.sched, index, doneAt);
}

/** wait_on_page_locked(): until the transfer of that block or swap entry ends. */
export function* waitFor(mm: Mm, task: Task, index: number, block: number): TaskWork<void> {
  mm.devices[index].waiters.push({ task, block });
  sleepOn(mm.sched, task, 'uninterruptible');
  yield 'in-call';
}
