import { type StepEnd } from '../kernel/sched.ts';
import { type Status } from '../mm/types.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** try_charge_memcg(): the task will have to answer for these pages above memory.high, its cgroup's or one above. */
export declare function owe(mm: Mm, task: Task, memcg: MemCgroup, count: number): void;
/** It has charged more than a batch above, and does not wait for its return to user mode. */
export declare const isOver: ({ overHigh }: Task) => boolean;
/** mem_cgroup_handle_over_high(). May sleep: call it again. */
export declare function continueOverHigh(mm: Mm, task: Task): Status;
/** The same where nobody may sleep: reclaim, and no throttle. */
export declare function overHighNow(mm: Mm, task: Task): void;
/** calculate_high_delay(), in jiffies: by the square of what is above, in proportion to what this task has charged. */
export declare function highDelay(mm: Mm, memcg: MemCgroup, pages: number): number;
/** On the way back to user mode. How the step ends; null: the task may go on. */
export declare function doNotifyResume(mm: Mm, task: Task): StepEnd | null;
