import type { Mm } from '../mm/kernel.ts';
import { type Task } from '../mm/types.ts';
import type { Touch } from './behaviour.ts';
import { type Stepped, type TouchProgress } from './progress.ts';
/** Pages that the task can touch: its anonymous memory, then its mapped files. */
export declare function touchable(task: Task): number;
export declare function beginTouch(mm: Mm, task: Task, behaviour: Touch): TouchProgress;
export declare function touchStep(mm: Mm, task: Task, behaviour: Touch, progress: TouchProgress): Stepped;
