import { DISK_READ, DISK_WRITE, SWAP_WRITE } from './blkdev.ts';
import { pageAtBlock } from './page-table.ts';
import { addDeviceTimer, wakeUp } from './sched.ts';
import type { Mm } from './types.ts';
import { diskWriteEnded, writesEnded } from './writeback.ts';

/** What happens when a transfer has ended. */

/** The oldest request is done, unless it was merged into after its timer was set. */
export function deviceTimer(mm: Mm, index: number): void {
  const device = mm.devices[index];
  const [request] = device.queue;
  if (request.doneAt > mm.sched.now) {
    addDeviceTimer(mm.sched, index, request.doneAt);
    return;
  }
  device.queue.shift();
  const { start, count } = request;
  device.completed += count;
  for (let block = start; block < start + count; block += 1) {
    if (index === DISK_READ) unlockPage(mm, block);
    else if (index === DISK_WRITE) diskWriteEnded(mm, block);
    else if (index === SWAP_WRITE) swapWriteEnded(mm, block);
  }
  if (device.write) writesEnded(mm, count);
  const isMine = ({ block }: { block: number }): boolean => block >= start && block < start + count;
  const woken = device.waiters.filter(isMine);
  device.waiters = device.waiters.filter((waiter) => !isMine(waiter));
  for (const { task } of woken) wakeUp(mm.sched, task);
}

function unlockPage(mm: Mm, block: number): void {
  const page = pageAtBlock(mm, block);
  if (page !== null) page.locked = false;
}

function swapWriteEnded(mm: Mm, entry: number): void {
  const { writing } = mm.swap[entry];
  if (writing !== null) mm.nrFree[writing.node] += 1;
  mm.swap[entry].writing = null;
}
