import { type Result } from '../kernel/errno.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Task } from '../mm/types.ts';
/** A task's behaviour has ended in this way, or the task is gone. */
export interface TaskEnd {
    readonly pid: number;
    readonly how: 'ended' | 'stopped' | 'killed' | 'gone';
    /** Of one that was killed: by what. */
    readonly why: string;
}
/** How a `run` is answered whose task came to this end. */
export declare function endOfRun({ how, why }: Pick<TaskEnd, 'how' | 'why'>, task: string): Result<undefined>;
export declare const endOf: (mm: Mm, task: Task, how: TaskEnd['how']) => TaskEnd;
