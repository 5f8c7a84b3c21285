import { type StepEnd } from '../kernel/sched.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
export declare const ASLEEP = 1;
export declare const IN_PASS = 2;
/** After so many passes in a row that freed nothing it is said to spin, and warned about. */
export declare const SPINNING_PASSES = 10;
export declare function memcontdStep(mm: Mm, thread: Task): StepEnd;
/** From prepare_to_wait() on, until it is woken, it is on the wait queue. */
export declare function goToSleep(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd;
