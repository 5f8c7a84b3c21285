/**
 * Pending wake-ups of threads and completions of devices, as a heap in parallel
 * arrays (plain state, no allocation per timer). Each timer has four below it, side
 * by side: of thousands of timers a dozen are looked at, in few cache lines. Ties
 * go to the timer that was set first.
 */
export interface Timers {
    length: number;
    /** Order of setting; also the timer's name, so that a sleeper knows its own. */
    sequence: number;
    /** By place: when it goes off, and its order. */
    key: Float64Array;
    /** By place: what it is for, a thread's pid, or ~index of a device. */
    target: Int32Array;
}
export declare const FIRST_CAPACITY = 64;
export declare const newTimers: () => Timers;
export declare const nextTimer: (timers: Timers) => number;
/** The next name, for a timer that is set later as if it had been set now. */
export declare function nameTimer(timers: Timers): number;
/** Sets a timer and answers its name. */
export declare function addTimer(timers: Timers, time: number, target: number, name?: number): number;
/** What the first timer is for, and its name. */
export declare const nextTarget: (timers: Timers) => number;
export declare const nextName: (timers: Timers) => number;
/** Takes the first timer off. */
export declare function takeTimer(timers: Timers): void;
