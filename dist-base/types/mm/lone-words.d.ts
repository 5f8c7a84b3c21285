/**
 * What stands where in `loneTimes` and `loneCounts`, through which the page core (core/read.ts) is told of
 * a task that is the only one about, and tells what it has done for it.
 */
/** Times, ns. Both ways: the clock, the CPU's, the task's, the scheduler's and the disk's. */
export declare const COST = 0;
export declare const NOW = 1;
export declare const CPU_NOW = 2;
export declare const SUM_EXEC = 3;
export declare const VRUNTIME = 4;
export declare const MIN_VRUNTIME = 5;
export declare const FREE_AT = 6;
/** Told by it: when its last step but the one in hand ended. */
export declare const LEFT_AT = 7;
/** Until when it is alone. */
export declare const UNTIL = 8;
/** What things cost (costs.ts); a HIT is a system call that copies a page. */
export declare const HIT = 9;
export declare const SYSCALL = 10;
export declare const CHARGE = 11;
export declare const COPY = 12;
export declare const PER_REQUEST = 13;
export declare const PER_PAGE = 14;
export declare const LATENCY = 15;
export declare const WAKE_LATENCY = 16;
export declare const CONTEXT_SWITCH = 17;
export declare const LONE_TIMES = 18;
/** Counts. Pages that can be charged before somebody else has to do with it. */
export declare const ROOM = 0;
/** What a page that comes in begins with. */
export declare const LIST = 1;
export declare const OWNER = 2;
export declare const FLAGS = 3;
/** System calls in a step. */
export declare const CALLS = 4;
/** The task's weight (kernel/thread.ts). */
export declare const WEIGHT = 5;
/** Told by it: pages that came in, and those of them that its cgroup had lost before. */
export declare const MISSES = 6;
export declare const REFAULTS = 7;
/** Of the last call: where in the window the last page stood that came in, -1 for none; system calls left of the step. */
export declare const LAST = 8;
export declare const LEFT = 9;
/** Of every call: 1 where the kernel itself activates pages, and the core stops at one that is due. */
export declare const STOPS_AT_DUE = 10;
export declare const LONE_COUNTS = 11;
