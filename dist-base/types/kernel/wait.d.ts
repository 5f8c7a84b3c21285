import { type Sched } from './sched.ts';
import type { Thread } from './thread.ts';
/** Wait queues: threads in the order in which they came. */
export type WaitQueue<T extends Thread> = T[];
export declare function prepareToWait<T extends Thread>(queue: WaitQueue<T>, thread: T): void;
export declare function finishWait<T extends Thread>(queue: WaitQueue<T>, thread: T): void;
/** Wakes all; each leaves the queue itself, when it runs again. */
export declare function wakeUpAll<T extends Thread>(sched: Sched<T>, queue: WaitQueue<T>): void;
