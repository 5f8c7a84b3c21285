/**
 * task_struct, as far as the scheduler looks at it. A thread is an explicit step
 * function over plain state: the scheduler knows nothing of what a step does.
 */
export declare const RUNNING = 0;
export declare const INTERRUPTIBLE = 1;
export declare const UNINTERRUPTIBLE = 2;
/** After SIGSTOP. */
export declare const STOPPED = 3;
export declare const DEAD = 4;
export type ThreadState = typeof RUNNING | typeof INTERRUPTIBLE | typeof UNINTERRUPTIBLE | typeof STOPPED | typeof DEAD;
export interface Thread {
    readonly pid: number;
    state: ThreadState;
    nice: number;
    /** CFS weight of `nice`. */
    weight: number;
    /** Weighted virtual run time, ns. */
    vruntime: number;
    /** CPU time used, ns. */
    sumExec: number;
    /** Place in the run queue's heap, -1 when not queued. */
    queueIndex: number;
    /** The CPU it runs on, or ran on last. */
    cpu: number;
    onCpu: boolean;
    /** Name of the timer that will wake it, 0 for none. */
    timer: number;
}
export declare const MIN_NICE = -20;
export declare const MAX_NICE = 19;
export declare function setUserNice(thread: Thread, nice: number): void;
