import type { Thread } from './thread.ts';
/**
 * The runnable threads that no CPU runs, ordered by virtual run time as in CFS
 * (ties: the lower pid), as a binary heap.
 */
export type RunQueue<T extends Thread> = T[];
export declare function enqueue<T extends Thread>(queue: RunQueue<T>, thread: T): void;
/** The thread with the least virtual run time, taken off the queue. */
export declare function pickNext<T extends Thread>(queue: RunQueue<T>): T | undefined;
export declare function dequeue<T extends Thread>(queue: RunQueue<T>, thread: T): void;
