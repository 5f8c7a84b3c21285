import type { MemCgroup, Mm, Pass, Task } from './types.ts';
export declare const newPass: () => Pass;
export declare function beginPass(mm: Mm, task: Task, memcg: MemCgroup, background: boolean): void;
/**
 * Goes on with the pass. Pages freed (0: it did not reach 32 even at priority 0),
 * or -1: the task sleeps, or gives others a turn; call again when it runs.
 */
export declare function continuePass(mm: Mm, task: Task): number;
/** A pass that sleeps is resumed only by itself: whoever kills its task must let go of it. */
export declare function dropPass(mm: Mm, task: Task): void;
