import { type Sched } from '../kernel/sched.ts';
import type { Thread } from '../kernel/thread.ts';
/** The slot of the page that it waits for; -1 for none. */
export interface Waiter extends Thread {
    waitSlot: number;
}
/**
 * Those who wait for a page to be read or written: mm/filemap.c, page_waitqueue(), hashes pages
 * to wait queues, so that the end of a transfer wakes its own waiters without asking all of them.
 * Waits stand in parallel arrays: neither who comes nor who wakes makes an object, or looks at
 * tasks that wait for something else.
 */
export interface PageWaiters<T extends Waiter> {
    /** The only one who waits, as there mostly is: then nobody is in a queue. */
    sole: T | null;
    /** By slot (or swap entry) >> QUEUE_SHIFT: the wait of who came last; NONE for nobody. */
    queues: Int32Array;
    /** By wait: who waits (null: nobody, it is free), for which slot, and as which that ever did. */
    readonly tasks: (T | null)[];
    slot: Int32Array;
    order: Float64Array;
    /** By wait: who came before in the same queue; among the free ones the next. */
    next: Int32Array;
    free: number;
    /** Waits in queues, and that were ever there. */
    length: number;
    waits: number;
}
export declare const newPageWaiters: <T extends Waiter>() => PageWaiters<T>;
export declare function addWaiter<T extends Waiter>(waiters: PageWaiters<T>, task: T, slot: number): void;
/** A task that is gone waits for nothing any more. */
export declare function forgetWaiter<T extends Waiter>(waiters: PageWaiters<T>, task: T): void;
/** The transfer of `count` slots from `start` on has ended: who waits for one of them wakes, first come first. */
export declare function wakeWaiters<T extends Waiter>(sched: Sched<T>, waiters: PageWaiters<T>, start: number, count: number): void;
