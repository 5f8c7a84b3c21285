import { type StepEnd } from '../kernel/sched.ts';
import type { MemCgroup, Mm, Task } from './types.ts';
/** How a thread came to ask whether it is to run a pass. */
export type Turn = 'started' | 'woken' | 'passed';
/** Whether a pass is due; after one, `reclaimed` is what it freed. */
type IsDue = (turn: Turn, reclaimed: number) => boolean;
export declare function backgroundStep(mm: Mm, thread: Task, memcg: MemCgroup, isDue: IsDue): StepEnd;
export {};
