/**
 * What stands where in `loneTimes` and `loneCounts`, through which the page core (core/read.ts) is told of
 * a task that is the only one about, and tells what it has done for it.
 */

/** Times, ns. Both ways: the clock, the CPU's, the task's, the scheduler's and the disk's. */
export const COST = 0;
export const NOW = 1;
export const CPU_NOW = 2;
export const SUM_EXEC = 3;
export const VRUNTIME = 4;
export const MIN_VRUNTIME = 5;
export const FREE_AT = 6;
/** Told by it: when its last step but the one in hand ended. */
export const LEFT_AT = 7;
/** Until when it is alone. */
export const UNTIL = 8;
/** What things cost (costs.ts); a HIT is a system call that copies a page. */
export const HIT = 9;
export const SYSCALL = 10;
export const CHARGE = 11;
export const COPY = 12;
export const PER_REQUEST = 13;
export const PER_PAGE = 14;
export const LATENCY = 15;
export const WAKE_LATENCY = 16;
export const CONTEXT_SWITCH = 17;
/** Told by it: how long the task slept until the disk was ready. */
export const WAITED = 18;
export const LONE_TIMES = 19;

/** Counts. Pages that can be charged before somebody else has to do with it. */
export const ROOM = 0;
/** What a page that comes in begins with. */
export const LIST = 1;
export const OWNER = 2;
export const FLAGS = 3;
/** System calls in a step. */
export const CALLS = 4;
/** The task's weight (kernel/thread.ts). */
export const WEIGHT = 5;
/** Told by it: pages that came in, and those of them that its cgroup had lost before. */
export const MISSES = 6;
export const REFAULTS = 7;
/** Of the last call: where in the window the last page stood that came in, -1 for none; system calls left of the step. */
export const LAST = 8;
export const LEFT = 9;
/** Of every call: 1 where pages go by the rules of 6.1 (core/folio.ts), to which the rest belongs. */
export const FOLIOS = 10;
/** The clock of the cgroup's lists on the node, both ways. */
export const AGE = 11;
/** Told by it: pages that were activated on a list, and as they came back. */
export const PGACTIVATE = 12;
export const ACTIVATES = 13;
/** Pages that one competes with that comes back. */
export const WORKINGSET = 14;
/** Pages in `batch`, both ways. */
export const BATCHED = 15;
/** A leaf of the index that may be filled though it holds no page. */
export const LEAF = 16;
export const LONE_COUNTS = 17;
