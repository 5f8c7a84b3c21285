import { type MemCgroup, type Mm, type Pass, type Task } from './types.ts';
export declare const newPass: () => Pass;
/** At least `wanted` pages are to be freed, and 32 if those are fewer. */
export declare function beginPass(mm: Mm, task: Task, target: MemCgroup, wanted: number): void;
/** do_try_to_free_pages(). Pages freed, or -1: the task sleeps, or gives others a turn; call again when it runs. */
export declare function continuePass(mm: Mm, task: Task): number;
/** A whole pass by whoever may not sleep. Answers what it has freed. */
export declare function runPass(mm: Mm, task: Task, target: MemCgroup, wanted: number): number;
/** Who ends a task lets go of the pass that it was in. */
export declare function dropPass(mm: Mm, task: Task): void;
