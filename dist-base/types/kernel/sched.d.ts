import { type RunQueue } from './run-queue.ts';
import { type Thread, type ThreadState } from './thread.ts';
import { type Timers } from './timer.ts';
/**
 * A fair scheduler after CFS of 2.6.26 (kernel/sched_fair.c): threads run in the
 * order of their weighted virtual run time; a sleeper comes back with at most
 * `SCHED_LATENCY` of credit; yield() only puts a thread back by its virtual run
 * time. N CPUs share one queue. Threads give way only where their step says so
 * (CONFIG_PREEMPT off), never inside a step.
 */
/** What a step answers. */
export declare const GO_ON = 0;
/** The end of a system call, or a cond_resched(): the thread may be preempted here. */
export declare const MAY_PREEMPT = 1;
export declare const YIELD = 2;
/** The thread has put itself to sleep. */
export declare const BLOCK = 3;
export declare const EXIT = 4;
export type StepEnd = typeof GO_ON | typeof MAY_PREEMPT | typeof YIELD | typeof BLOCK | typeof EXIT;
export interface Cpu<T extends Thread> {
    /** When this CPU can begin its next step, ns; meaningless while idle. */
    now: number;
    current: T | null;
    /** A woken thread has more right to the CPU than `current`. */
    needResched: boolean;
    /** CPU time that `current` had used when it was put here, for the time slice, ns. */
    sliceStart: number;
    /**
     * Who left it last, by pid (0 for nobody), and the end of its last step, ns: it can't run elsewhere before.
     * Those who left earlier can, since a CPU's steps begin one after the other.
     */
    left: number;
    leftAt: number;
}
export interface Sched<T extends Thread> {
    /** When the step or timer in hand began, ns. */
    now: number;
    /** CPU time that the step in hand has used so far, ns. */
    cost: number;
    /** The thread whose step is in hand. */
    current: T | null;
    minVruntime: number;
    readonly cpus: Cpu<T>[];
    readonly queue: RunQueue<T>;
    readonly timers: Timers;
    /** During an event: up to then (ns) nobody outside asks to be shown what there is between two events. */
    unseenUntil: number;
    /** CPU time of putting another thread on a CPU, and delay until an idle CPU has heard of it, ns. */
    readonly contextSwitch: number;
    readonly wakeLatency: number;
}
export interface SchedHost<T extends Thread> {
    step(thread: T): StepEnd;
    threadOf(pid: number): T | undefined;
    /** A device's timer went off. */
    deviceTimer(index: number): void;
    exited(thread: T): void;
}
export declare function newSched<T extends Thread>(cpus: number, contextSwitch: number, wakeLatency: number): Sched<T>;
/** The present inside a step: its begin and what it has used so far. */
export declare const clock: <T extends Thread>(sched: Sched<T>) => number;
/** try_to_wake_up() for a thread in any sleep (not one stopped by a signal); answers whether it slept. */
export declare function wakeUp<T extends Thread>(sched: Sched<T>, thread: T): boolean;
/** A new thread begins where the others stand. */
export declare function wakeUpNewThread<T extends Thread>(sched: Sched<T>, thread: T): void;
/** need_resched(): the running thread is to give way at its next cond_resched(). */
export declare const needResched: <T extends Thread>(sched: Sched<T>, thread: T) => boolean;
/** Goes to sleep until woken; with `until` (ns) at the latest then. Its step must answer BLOCK. */
export declare function sleepOn<T extends Thread>(sched: Sched<T>, thread: T, state: ThreadState, until?: number | null): void;
/** Takes a thread that does not run off the queue for good (it died, or was stopped, in the queue). */
export declare function removeFromQueue<T extends Thread>(sched: Sched<T>, thread: T): void;
/** Ends a thread from outside, between two of its steps. */
export declare function endThread<T extends Thread>(sched: Sched<T>, thread: T): void;
/** `name`: one that nameTimer() gave before; left out: a new one. */
export declare function addDeviceTimer<T extends Thread>(sched: Sched<T>, index: number, time: number, name?: number): void;
/**
 * Until when, ns, `thread`, whose step is in hand, has the machine to itself: before, nobody else
 * runs or wants to, no timer goes off, and nobody outside looks on. -1: it has it not.
 */
export declare function aloneUntil<T extends Thread>(sched: Sched<T>, thread: T): number;
/** When the earliest timer or step is, ns; Infinity: there is none. */
export declare function nextEvent<T extends Thread>(sched: Sched<T>): number;
/**
 * One event: the earliest timer or step. False, and nothing done, when there is
 * none up to and including `until` (ns).
 */
export declare function runOneEvent<T extends Thread>(sched: Sched<T>, host: SchedHost<T>, until: number): boolean;
