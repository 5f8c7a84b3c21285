import type { Costs } from './costs.ts';
import type { Mm } from './kernel.ts';
import type { Device, Task } from './types.ts';
/**
 * The disk and the swap device: each reads and writes through a FIFO of its own
 * (an elevator that never lets reads wait for writes), with a latency, a cost a
 * request and a throughput.
 */
export declare const DISK_READ = 0;
export declare const DISK_WRITE = 1;
export declare const SWAP_READ = 2;
export declare const SWAP_WRITE = 3;
export declare function newDevices(costs: Costs): Device[];
/** Who wants one request more has to wait. */
export declare const isFull: (device: Device) => boolean;
export declare const isCongested: (device: Device) => boolean;
/** When a request of `count` pages that is made at `now` (ns) leaves the device free for the next. */
export declare const servedAt: (device: Device, now: number, count: number) => number;
/** Queues the transfer of `count` neighbouring slots (disk) or swap entries from `start` on. */
export declare function submit(mm: Mm, index: number, start: number, count: number): void;
/** The timer of the device's oldest request went off. */
export declare function deviceTimer(mm: Mm, index: number): void;
/** wait_on_page_locked(): until the transfer of that slot or swap entry ends. */
export declare function waitFor(mm: Mm, task: Task, index: number, slot: number): void;
